package casebook

import (
	"slices"
	"strings"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// maxViewers limits the officers one act names: their grants travel with it.
const maxViewers = 100

// identityOf is the key that a new identity part of a case is sealed under.
// A case keeps the key of its first such part. One whose viewers are named has
// a key of its own, wrapped for each of them; the others have the unit's.
func (s *sealer) identityOf(c CaseWrite) (seal.Key, error) {
	key, found, err := s.b.caseIdentity(s.t, c.ID)
	switch {
	case err != nil:
		return key, err
	case !found && len(c.Viewers) == 0:
		key, _, err = s.b.identityKey()
		return key, err
	case !found:
		key = seal.New()
	}
	return key, s.wrap(key, c.Viewers)
}

// wrap grants an identity key to officers.
func (s *sealer) wrap(key seal.Key, to []*office.Officer) error {
	if len(to) > maxViewers {
		return fault.New(fault.Refused, "too-many-viewers", "指定可见的人员太多", "请只指定确需知道的人员")
	}
	for _, o := range to {
		recipient, err := seal.ParseRecipient(o.Age)
		if err != nil {
			return err
		}
		wrapped, err := seal.WrapFor([]seal.Recipient{recipient}, key[:])
		if err != nil {
			return err
		}
		*s.grants = append(*s.grants, journal.KeyGrant{ID: seal.ID(key) + "-" + o.ID, Age: wrapped})
		if string(o.Sign) == string(s.b.session.SigningPublic()) {
			s.b.ring.AddIdentity(key)
		}
	}
	return nil
}

// caseIdentity is the key of a case's identity parts, where it has any. An
// officer without it cannot write what only its holders may read.
func (b *Book) caseIdentity(t *store.Txn, id string) (key seal.Key, found bool, err error) {
	sk, ok := streamKey(CaseStream(id))
	if !ok {
		return key, false, errNoCase
	}
	items, err := b.items(t, sk)
	if err != nil {
		return key, false, err
	}
	names := identityNames(items)
	for _, name := range names {
		if k, ok := b.ring.Get(name); ok {
			return k, true, nil
		}
	}
	if len(names) > 0 {
		return key, false, errIdentity
	}
	return key, false, nil
}

var errIdentity = fault.New(fault.Forbidden, "identity-key", "您没有查看受保护人员身份的权限，不能登记或更正保密案件的人员", "请由有权限的人员办理")

func identityNames(items []*Item) (names []string) {
	first := slices.SortedFunc(slices.Values(items), func(a, b *Item) int {
		if a.Clock != b.Clock {
			return map[bool]int{true: -1, false: 1}[a.Clock.Less(b.Clock)]
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	for _, it := range first {
		if len(it.Hidden) > 0 && !slices.Contains(names, it.HideKey) {
			names = append(names, it.HideKey)
		}
	}
	return names
}

// hears opens identity keys that arrive while their officer is at the desk.
func (b *Book) hears(g journal.KeyGrant) {
	if b.session != nil && !b.session.Locked() {
		b.ring.AddWrapped(b.session, g.Age) // not for him: he stays without
	}
}
