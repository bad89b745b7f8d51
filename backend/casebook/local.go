package casebook

import (
	"bytes"
	"context"
	"encoding/json"

	"jiesu/backend/fault"
	"jiesu/backend/store"
)

// localRecord is one thing this machine keeps for itself: drafts, the mail
// ledger, accounts, saved views, settings. The latest of a kind and id counts;
// a null value takes it away. In the local log a payload is a JSON array of
// these, format 0.
type localRecord struct {
	Kind  string          `json:"kind"`
	ID    string          `json:"id"`
	Value json.RawMessage `json:"value"`
}

// Local is a change to what this machine keeps for itself.
type Local struct {
	Kind, ID string
	Value    any // nil: take it away
}

// PutLocal saves local records: on disk before it returns, all or nothing.
func (b *Book) PutLocal(_ context.Context, changes ...Local) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.db == nil {
		return errClosed
	}
	return b.putLocal(changes...)
}

func (b *Book) putLocal(changes ...Local) error {
	records := make([]localRecord, 0, len(changes))
	for _, c := range changes {
		raw, err := json.Marshal(c.Value)
		if err != nil {
			return err
		}
		if len(raw) > store.MaxValue-1024 {
			return fault.New(fault.Refused, "local-too-large", "内容太长，无法保存草稿", "请减少内容，长材料请作为附件添加")
		}
		records = append(records, localRecord{c.Kind, c.ID, raw})
	}
	payload, err := json.Marshal(records)
	if err != nil {
		return err
	}
	if _, err := b.local.Append(payload); err != nil {
		return err
	}
	head := b.local.Head()
	return b.db.Update(func(t *store.Txn) error {
		if err := applyLocal(t, records); err != nil {
			return err
		}
		return t.PutHead(headLocal, encodeMark(head))
	})
}

func decodeLocal(payload []byte) (records []localRecord, err error) {
	return records, json.Unmarshal(payload, &records)
}

func applyLocal(t *store.Txn, records []localRecord) error {
	for _, r := range records {
		k := localKey(r.Kind, r.ID)
		if bytes.Equal(r.Value, []byte("null")) {
			if err := setOrDelete(t, k, nil, false); err != nil {
				return err
			}
			continue
		}
		if err := t.Set(k, r.Value); err != nil {
			return err
		}
	}
	return nil
}

// Local reads one local record into out; false if there is none.
func (b *Book) Local(kind, id string, out any) (bool, error) {
	db := b.database()
	if db == nil {
		return false, errClosed
	}
	return readLocal(db, kind, id, out)
}

func readLocal(db *store.DB, kind, id string, out any) (found bool, err error) {
	err = db.View(func(t *store.Txn) error {
		raw, ok, err := t.Get(localKey(kind, id))
		if err != nil || !ok {
			return err
		}
		found = true
		return json.Unmarshal(raw, out)
	})
	return found, err
}

// Locals calls fn for every local record of a kind.
func (b *Book) Locals(kind string, fn func(id string, raw json.RawMessage) error) error {
	db := b.database()
	if db == nil {
		return errClosed
	}
	prefix := localKey(kind, "")
	return db.View(func(t *store.Txn) error {
		return t.Scan(prefix, store.ScanOptions{}, func(k, v []byte) error {
			return fn(string(k[len(prefix):]), append(json.RawMessage(nil), v...))
		})
	})
}

func (b *Book) localString(kind, id string) (string, bool) {
	var s string
	found, err := readLocal(b.db, kind, id, &s)
	return s, found && err == nil
}

func (b *Book) database() *store.DB {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.db
}
