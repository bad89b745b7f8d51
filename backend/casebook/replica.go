package casebook

import (
	"context"
	"encoding/json"

	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// NewReplica goes on under a new replica key, after a fork or a restore: the
// first entry names where it continues, and makes the key known.
func (b *Book) NewReplica(ctx context.Context) error {
	if _, err := b.Me(); err != nil {
		return err
	}
	suits := b.freeCode()
	b.mu.Lock()
	var from *journal.Origin
	if b.seq > 0 {
		from = &journal.Origin{Replica: b.replica.Public().KeyID(), Seq: b.seq, ID: b.prev}
	}
	replica, err := b.session.NewReplica(suits)
	if err != nil {
		b.mu.Unlock()
		return err
	}
	b.replica, b.seq, b.prev, b.torn = replica, 0, "", false
	b.mu.Unlock()
	return b.introduce(ctx, from)
}

// freeCode says whether a key's two characters are in no number of this unit
// yet: what two machines number apart must not come out the same.
func (b *Book) freeCode() func(journal.PublicKey) bool {
	b.state.RLock()
	unit := b.unit
	b.state.RUnlock()
	taken := map[string]bool{}
	for _, r := range b.Office().Replicas {
		if r.Unit == unit {
			taken[office.ReplicaCode(r.Key)] = true
		}
	}
	return func(key journal.PublicKey) bool { return !taken[office.ReplicaCode(key)] }
}

// introduce makes the present key known to the office.
func (b *Book) introduce(ctx context.Context, from *journal.Origin) error {
	me, err := b.Me()
	if err != nil {
		return err
	}
	now := b.Now()
	_, err = b.Append(ctx, Write{From: from, Office: &office.Act{At: now, Recorded: now, Unit: me.Unit.ID, Officer: me.Officer.ID,
		Effects: office.Effects{&office.SetReplica{Replica: office.Replica{Key: b.replica.Public(), Age: b.replica.Recipient().String()}}}}})
	return err
}

// ReplicaKeys sign and open for this machine while nobody is at the desk.
func (b *Book) ReplicaKeys() (journal.Signer, func(wrapped []byte) ([]byte, error), string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.replica, b.replica.Unwrap, b.replica.Recipient().String()
}

// Founding is the record that founded the own unit.
func (b *Book) Founding(ctx context.Context) (journal.Record, error) {
	b.state.RLock()
	unit := b.office.Units[b.unit]
	b.state.RUnlock()
	var replica string
	for id, r := range b.Office().Replicas {
		if r.Unit == unit.ID {
			if recs, err := b.Records(ctx, id, 1, 1); err == nil && len(recs) == 1 {
				if e, err := journal.Reread(recs[0].Entry); err == nil && e.ID == unit.Founded {
					return recs[0], nil
				}
			}
			replica = id
		}
	}
	return journal.Record{}, errNoFounding(replica)
}

// Unit is the own unit's id.
func (b *Book) Unit() string {
	b.state.RLock()
	defer b.state.RUnlock()
	return b.unit
}

// TrustRoot makes another unit the root of the space, once it and this unit's
// admission are here; until then the own unit stays its own root, so that the
// desk works while it waits. It reports whether the root is now that one.
func (b *Book) TrustRoot(ctx context.Context, fingerprint string) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var root string
	for id, u := range b.office.Units {
		if u.RootKey.KeyID() == fingerprint {
			root = id
		}
	}
	if root == "" || root == b.office.Root {
		return root != "", nil
	}
	entries, err := b.allOffice()
	if err != nil {
		return false, err
	}
	if own := office.Fold(root, entries).Units[b.unit]; own == nil || !own.Counts {
		return false, nil
	}
	if err := b.db.Update(func(t *store.Txn) error { return t.Set(officeOwed, []byte{1}) }); err != nil {
		return false, err
	}
	if err := b.putLocal(Local{"setting", "root", root}); err != nil {
		return false, err
	}
	return true, b.officeChanged(ctx, newChanged())
}

// EpochKeys are the space's keys kept on this machine, by id, and which one is
// current; empty before admission.
type EpochKeys struct {
	Now  string            `json:"now"`
	Keys map[string][]byte `json:"keys"`
}

// Current is the key segments are sealed under now.
func (k EpochKeys) Current() (string, seal.Key) {
	key, ok := k.Epoch(k.Now)
	if !ok {
		return "", seal.Key{}
	}
	return k.Now, key
}

// Epoch finds a key by its id.
func (k EpochKeys) Epoch(id string) (seal.Key, bool) {
	key, err := seal.KeyFrom(k.Keys[id])
	return key, err == nil && id != ""
}

// Encode is the ring as it is wrapped for a newcomer.
func (k EpochKeys) Encode() ([]byte, error) { return json.Marshal(k) }
