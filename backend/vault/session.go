package vault

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

const (
	freeTries = 5
	maxDelay  = time.Minute
)

// Session is an unlocked vault. Lock wipes the officer's keys; the data key
// stays, so that exchange goes on under the replica's keys.
type Session struct {
	vault   *Vault
	officer string
	public  ed25519.PublicKey

	mu       sync.Mutex
	dataKey  seal.Key
	sign     ed25519.PrivateKey // nil when locked
	identity seal.Identity
}

// Unlock opens the vault with an officer's password. After five wrong ones in
// a row each further try waits longer.
func (v *Vault) Unlock(officer string, password []byte) (*Session, error) {
	defer seal.Wipe(password)
	v.mu.Lock()
	defer v.mu.Unlock()
	i := v.find(officer)
	if i < 0 {
		return nil, ErrNoOfficer
	}
	v.slowDown()
	s, err := v.open(v.file.Officers[i], password)
	if err != nil {
		v.failures++
		return nil, err
	}
	if !v.whole(s.dataKey) {
		return nil, errFile
	}
	v.failures = 0
	return s, nil
}

// slowDown waits 1, 2, 4 … seconds once there were too many wrong tries.
func (v *Vault) slowDown() {
	if over := v.failures - freeTries; over >= 0 {
		v.opts.Sleep(min(time.Second<<min(over, 10), maxDelay))
	}
}

// whole checks the file's MAC, so that no slot was added, removed or altered
// behind the program's back.
func (v *Vault) whole(dataKey seal.Key) bool {
	return hmac.Equal(v.file.MAC, v.file.mac(dataKey))
}

func (s slot) ad() []byte {
	k, _ := json.Marshal(s.KDF)
	return []byte(strings.Join([]string{format, s.Name, string(k), string(s.Sign), s.Recipient}, "\x00"))
}

func (v *Vault) open(sl slot, password []byte) (*Session, error) {
	kek := sl.KDF.key(password)
	defer kek.Wipe()
	raw, err := seal.Open(kek, seal.ContextVaultKey, sl.DataKey, sl.ad())
	if err != nil {
		return nil, ErrWrongPassword
	}
	dataKey, err := seal.KeyFrom(raw)
	if err != nil {
		return nil, errFile.Wrap(err)
	}
	keys, err := seal.Open(kek, seal.ContextVaultOfficer, sl.Keys, sl.ad())
	if err != nil {
		return nil, errFile.Wrap(err)
	}
	sign, identity, err := openKeys(keys)
	if err != nil {
		return nil, err
	}
	return &Session{vault: v, officer: sl.Name, public: sl.Sign, dataKey: dataKey, sign: sign, identity: identity}, nil
}

func openKeys(keys []byte) (ed25519.PrivateKey, seal.Identity, error) {
	defer seal.Wipe(keys)
	if len(keys) < ed25519.SeedSize {
		return nil, seal.Identity{}, errFile
	}
	identity, err := seal.ParseIdentity(string(keys[ed25519.SeedSize:]))
	if err != nil {
		return nil, seal.Identity{}, errFile.Wrap(err)
	}
	return ed25519.NewKeyFromSeed(keys[:ed25519.SeedSize]), identity, nil
}

// newKeys makes the private keys of an officer or a machine.
func newKeys() (plain []byte, sign ed25519.PrivateKey, identity seal.Identity) {
	seed := make([]byte, ed25519.SeedSize)
	rand.Read(seed)
	identity = seal.NewIdentity()
	return append(seed, identity.Secret()...), ed25519.NewKeyFromSeed(seed), identity
}

// addSlot adds an officer with new keys to the file; the caller saves it.
func (v *Vault) addSlot(name string, password []byte, dataKey seal.Key) (*Session, error) {
	name, err := checkName(name)
	if err != nil {
		return nil, err
	}
	if v.find(name) >= 0 {
		return nil, errOfficerExists
	}
	plain, sign, identity := newKeys()
	defer seal.Wipe(plain)
	sl := slot{Name: name, Sign: sign.Public().(ed25519.PublicKey), Recipient: identity.Recipient().String()}
	if sl, err = v.lockSlot(sl, password, plain, dataKey); err != nil {
		return nil, err
	}
	v.file.Officers = append(v.file.Officers, sl)
	return &Session{vault: v, officer: name, public: sl.Sign, dataKey: dataKey, sign: sign, identity: identity}, nil
}

// lockSlot seals keys and data key of a slot under a password.
func (v *Vault) lockSlot(sl slot, password, keys []byte, dataKey seal.Key) (slot, error) {
	if err := checkPassword(password); err != nil {
		return sl, err
	}
	sl.KDF = newKDF(v.opts)
	kek := sl.KDF.key(password)
	defer kek.Wipe()
	sl.Keys = seal.Seal(kek, seal.ContextVaultOfficer, keys, sl.ad())
	sl.DataKey = seal.Seal(kek, seal.ContextVaultKey, dataKey[:], sl.ad())
	return sl, nil
}

// AddOfficer gives another officer a password for this machine. Roles are a
// matter of package office.
func (s *Session) AddOfficer(name string, password []byte) (Officer, error) {
	defer seal.Wipe(password)
	v := s.vault
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := s.unlocked(); err != nil {
		return Officer{}, err
	}
	old := v.file
	v.file = v.snapshot()
	added, err := v.addSlot(name, password, s.dataKey)
	if err == nil {
		err = v.save(s.dataKey, v.file)
	}
	if err != nil {
		v.file = old
		return Officer{}, err
	}
	defer added.Close()
	return Officer{Name: added.officer, Sign: added.public, Recipient: added.identity.Recipient()}, nil
}

// RetireOfficer removes an officer's slot. The last one stays.
func (s *Session) RetireOfficer(name string) error {
	v := s.vault
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := s.unlocked(); err != nil {
		return err
	}
	i := v.find(name)
	if i < 0 {
		return ErrNoOfficer
	}
	if len(v.file.Officers) == 1 {
		return errLastOfficer
	}
	f := v.snapshot()
	f.Officers = append(f.Officers[:i], f.Officers[i+1:]...)
	return v.save(s.dataKey, f)
}

// ChangePassword replaces an officer's password; the keys stay the same.
func (v *Vault) ChangePassword(officer string, old, password []byte) error {
	defer seal.Wipe(old)
	defer seal.Wipe(password)
	if err := checkPassword(password); err != nil {
		return err
	}
	s, err := v.Unlock(officer, old)
	if err != nil {
		return err
	}
	defer s.Close()
	v.mu.Lock()
	defer v.mu.Unlock()
	i := v.find(officer)
	if i < 0 {
		return ErrNoOfficer
	}
	f := v.snapshot()
	plain := append(s.sign.Seed(), s.identity.Secret()...)
	defer seal.Wipe(plain)
	if f.Officers[i], err = v.lockSlot(f.Officers[i], password, plain, s.dataKey); err != nil {
		return err
	}
	return v.save(s.dataKey, f)
}

func (s *Session) unlocked() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sign == nil {
		return ErrLocked
	}
	return nil
}

// Officer is the name of who unlocked.
func (s *Session) Officer() string { return s.officer }

// Vault is where the session came from.
func (s *Session) Vault() *Vault { return s.vault }

// DataKey opens the data folder. It stays after Lock.
func (s *Session) DataKey() seal.Key {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dataKey
}

// SigningPublic is the officer's public key for signatures.
func (s *Session) SigningPublic() ed25519.PublicKey { return s.public }

// Sign signs as the officer, for one context of package seal.
func (s *Session) Sign(context string, message []byte) ([]byte, error) {
	return s.Signer().Sign(seal.SignedBytes(context, message))
}

// Signer signs journal entries as the officer, while unlocked.
func (s *Session) Signer() journal.Signer { return officerSigner{s} }

type officerSigner struct{ s *Session }

func (o officerSigner) Public() journal.PublicKey { return journal.PublicKey(o.s.public) }

func (o officerSigner) Sign(message []byte) ([]byte, error) {
	o.s.mu.Lock()
	defer o.s.mu.Unlock()
	if o.s.sign == nil {
		return nil, ErrLocked
	}
	return ed25519.Sign(o.s.sign, message), nil
}

// AgeIdentity opens what was wrapped for the officer.
func (s *Session) AgeIdentity() (seal.Identity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sign == nil {
		return seal.Identity{}, ErrLocked
	}
	return s.identity, nil
}

// Locked reports whether the officer's keys are wiped.
func (s *Session) Locked() bool { return s.unlocked() != nil }

// Lock wipes the officer's keys; Unlock of the vault gives a new session.
func (s *Session) Lock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	seal.Wipe(s.sign)
	s.sign, s.identity = nil, seal.Identity{}
}

// Close wipes the data key too.
func (s *Session) Close() {
	s.Lock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dataKey.Wipe()
}
