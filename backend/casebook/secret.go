package casebook

import (
	"crypto/sha256"
	"encoding/json"
	"slices"

	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// Closed folds a case as those see it who may not see its protected person.
func (b *Book) Closed(id string) (c *complaint.Case, err error) {
	sk, ok := streamKey(CaseStream(id))
	if !ok {
		return nil, errNoCase
	}
	err = b.read(func(t *store.Txn) error {
		b.state.RLock()
		defer b.state.RUnlock()
		items, err := b.items(t, sk)
		c, _ = b.foldItems(items, id, (*Item).closedEntry)
		return err
	})
	if err == nil && len(c.History) == 0 {
		return nil, errNoCase
	}
	return c, err
}

// Sees reports whether the officer at the desk may see the person of a case.
func (b *Book) Sees(id string) bool {
	c, err := b.Case(id)
	return err == nil && !c.Sealed
}

// ownKey is a key that only the officer at the desk has.
func (b *Book) ownKey() (seal.Key, error) {
	b.mu.Lock()
	session := b.session
	b.mu.Unlock()
	if session == nil || session.Locked() {
		return seal.Key{}, errClosed
	}
	identity, err := session.AgeIdentity()
	if err != nil {
		return seal.Key{}, err
	}
	sum := sha256.Sum256([]byte(identity.Secret()))
	return seal.Derive(sum, seal.ContextLocalOwn), nil
}

// SealOwn seals what only the officer at the desk is to read again here.
func (b *Book) SealOwn(plain []byte) ([]byte, error) {
	k, err := b.ownKey()
	if err != nil {
		return nil, err
	}
	return seal.Seal(k, seal.ContextLocalOwn, plain, nil), nil
}

// OpenOwn opens what SealOwn sealed for the same officer.
func (b *Book) OpenOwn(sealed []byte) ([]byte, error) {
	k, err := b.ownKey()
	if err != nil {
		return nil, err
	}
	return seal.Open(k, seal.ContextLocalOwn, sealed, nil)
}

// sealMail puts what a mail says of its writer into an identity part: under the
// unit's key, or where the officer at the desk has not got it, under a new one
// wrapped for everybody in the unit who may see protected persons.
func (s *sealer) sealMail(content seal.Key, plain []byte) error {
	key, _, err := s.b.identityKey()
	if err != nil {
		key = seal.New()
		to := s.b.mayIdentify()
		if len(to) == 0 {
			return fault.New(fault.Forbidden, "identity-key", "本单位没有可见受保护人员身份的人员，举报邮件暂时不能收取", "请管理员先指定人员")
		}
		if err := s.wrap(key, to); err != nil {
			return err
		}
	}
	n := len(s.d.Parts)
	k := seal.Combine(content, key, seal.ContextEntryIdentity)
	sealed := seal.Seal(k, seal.ContextEntryIdentity, plain, journal.PartAD(s.b.replica.Public(), s.d.Seq, n))
	s.d.Parts = append(s.d.Parts, journal.SealedPart{Of: len(s.d.Streams) - 1, Identity: true, Key: seal.ID(key), Bytes: sealed})
	return nil
}

// mayIdentify are the officers of the unit who may see protected persons.
func (b *Book) mayIdentify() (out []*office.Officer) {
	unit := b.office.Units[b.unit]
	if unit == nil {
		return nil
	}
	for _, id := range sortedNames(unit.Officers) {
		if o := unit.Officers[id]; !o.Retired && slices.Contains(o.Roles, office.IdentityRole) {
			out = append(out, o)
		}
	}
	return out
}

// openMail fills in what the identity part of a sealed mail says, for those who
// may read it.
func (b *Book) openMail(t *store.Txn, m *inbox.Message) error {
	if !m.Received.Sealed {
		return nil
	}
	items, err := b.items(t, key(kindMessage, hexBytes(m.ID)))
	if err != nil {
		return err
	}
	for _, it := range items {
		var full inbox.Received
		if len(it.Hidden) > 0 && json.Unmarshal(b.openHidden(t, it), &full) == nil {
			m.Received = full
			return nil
		}
	}
	return nil
}
