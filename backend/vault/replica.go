package vault

import (
	"crypto/ed25519"
	"strings"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

// Replica holds this machine's private keys: it signs and opens while no
// officer is there.
type Replica struct {
	sign       ed25519.PrivateKey
	identities []seal.Identity
}

func (m machine) ad() []byte {
	return []byte(strings.Join([]string{format, string(m.Sign), m.Recipient}, "\x00"))
}

func newMachine(dataKey seal.Key) machine {
	plain, sign, identity := newKeys()
	defer seal.Wipe(plain)
	m := machine{Sign: sign.Public().(ed25519.PublicKey), Recipient: identity.Recipient().String()}
	m.Keys = seal.Seal(dataKey, seal.ContextVaultReplica, plain, m.ad())
	return m
}

// Replica opens this machine's keys; a locked session can.
func (s *Session) Replica() (*Replica, error) {
	s.vault.mu.Lock()
	machines := s.vault.file.Replicas
	s.vault.mu.Unlock()
	dataKey := s.DataKey()
	r := &Replica{}
	for _, m := range machines {
		plain, err := seal.Open(dataKey, seal.ContextVaultReplica, m.Keys, m.ad())
		if err != nil {
			return nil, errFile.Wrap(err)
		}
		sign, identity, err := openKeys(plain)
		if err != nil {
			return nil, err
		}
		r.sign = sign
		r.identities = append([]seal.Identity{identity}, r.identities...)
	}
	return r, nil
}

// NewReplica makes new keys for this machine, after a fork or a restore. The
// old ones remain, to open what was wrapped for them, and sign no more. A key
// that does not suit is made anew a few times; nil takes the first.
func (s *Session) NewReplica(suits func(journal.PublicKey) bool) (*Replica, error) {
	v := s.vault
	v.mu.Lock()
	f := v.snapshot()
	dataKey := s.DataKey()
	made := newMachine(dataKey)
	for tries := 0; suits != nil && !suits(journal.PublicKey(made.Sign)) && tries < 20; tries++ {
		made = newMachine(dataKey)
	}
	f.Replicas = append(f.Replicas, made)
	err := v.save(dataKey, f)
	v.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return s.Replica()
}

// Public is the machine's public key: the replica's name in the journal.
func (r *Replica) Public() journal.PublicKey {
	return journal.PublicKey(r.sign.Public().(ed25519.PublicKey))
}

// Sign signs raw bytes; it makes *Replica a journal.Signer.
func (r *Replica) Sign(message []byte) ([]byte, error) {
	return ed25519.Sign(r.sign, message), nil
}

// SignFor signs for one context of package seal.
func (r *Replica) SignFor(context string, message []byte) []byte {
	return ed25519.Sign(r.sign, seal.SignedBytes(context, message))
}

// Recipient is for whom others wrap keys.
func (r *Replica) Recipient() seal.Recipient { return r.identities[0].Recipient() }

// Unwrap opens what was wrapped for this machine, now or before a new key.
func (r *Replica) Unwrap(wrapped []byte) ([]byte, error) {
	for _, id := range r.identities {
		if plain, err := seal.Unwrap(id, wrapped); err == nil {
			return plain, nil
		}
	}
	return nil, seal.ErrBroken
}
