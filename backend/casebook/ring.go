package casebook

import (
	"context"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// identitySetting names the unit's identity key among the local settings.
const identitySetting = "identity-key"

// keyIn finds a content key by its id.
func (b *Book) keyIn(t *store.Txn, id string) (seal.Key, bool) {
	if k, ok := b.ring.Get(id); ok {
		return k, true
	}
	raw, found, err := t.Get(key(prefixKey, []byte(id)))
	if err != nil || !found {
		return seal.Key{}, false
	}
	k, err := seal.KeyFrom(raw)
	return k, err == nil
}

// streamContentKey is the key new acts of a stream are sealed under: that of
// its first item.
func (b *Book) streamContentKey(t *store.Txn, stream []byte) (seal.Key, bool, error) {
	var id []byte
	id, found, err := t.Get(key(prefixMeta, stream))
	if err != nil || !found {
		return seal.Key{}, false, err
	}
	k, ok := b.keyIn(t, string(id))
	if !ok {
		return k, false, fault.New(fault.Retry, "key-missing", "这件的密钥还没有送到本机，暂时只能查看", "请等待下一次同步")
	}
	return k, true, nil
}

// grant takes the keys that came with a record.
func (b *Book) grant(t *store.Txn, grants []journal.KeyGrant) error {
	for _, g := range grants {
		switch {
		case len(g.Key) > 0:
			k, err := seal.KeyFrom(g.Key)
			if err != nil || seal.ID(k) != g.ID { // a wrong key is as good as none
				continue
			}
			if err := t.Set(key(prefixKey, []byte(g.ID)), g.Key); err != nil {
				return err
			}
		case len(g.Age) > 0:
			if err := t.Set(localKey("identity", g.ID), g.Age); err != nil {
				return err
			}
			b.hears(g)
		}
	}
	return nil
}

// identityKey is the unit's key for protected persons.
func (b *Book) identityKey() (seal.Key, string, error) {
	id, set := b.localString("setting", identitySetting)
	if !set { // the local log is gone: the unit's founding names it, bare; a key of one case never stands so
		b.db.View(func(t *store.Txn) error {
			return t.Scan(localKey("identity", ""), store.ScanOptions{KeysOnly: true}, func(k, _ []byte) error {
				name := string(k[len(localKey("identity", "")):])
				if _, ok := b.ring.Get(name); ok {
					id = name
				}
				return nil
			})
		})
	}
	if k, ok := b.ring.Get(id); ok && id != "" {
		return k, id, nil
	}
	return seal.Key{}, "", errIdentity
}

// openIdentity gives the officer the identity keys that were wrapped for him.
func (b *Book) openIdentity(_ context.Context) error {
	if b.session.Locked() {
		return nil
	}
	return b.db.View(func(t *store.Txn) error {
		return t.Scan(localKey("identity", ""), store.ScanOptions{}, func(_, wrapped []byte) error {
			b.ring.AddWrapped(b.session, append([]byte(nil), wrapped...)) // not for him: he stays without
			return nil
		})
	})
}

// LocalKey is a key of this machine's own for one purpose of package seal.
func (b *Book) LocalKey(context string) seal.Key {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.dataKey(context)
}
