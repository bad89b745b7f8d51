package casebook

import (
	"context"
	"encoding/json"

	"jiesu/backend/journal"
	"jiesu/backend/store"
)

// togetherKind are entries that must be saved all or none, written down in the
// local log before they go into the journal and forgotten afterwards.
const togetherKind = "together"

// AppendTogether saves commands whose entries must not name each other (the
// halves of a letter of which one is protected) all or none, also when the
// program dies in the middle: the next start finishes what was begun.
func (b *Book) AppendTogether(ctx context.Context, writes []Write) ([]journal.ID, error) {
	return b.appendWith(ctx, writes, b.commitTogether)
}

func (b *Book) commitTogether(ctx context.Context, records []journal.Record, entries []*journal.Entry) error {
	if err := b.noteTogether(records, entries); err != nil {
		return err
	}
	id := string(entries[0].ID)
	if err := b.commit(ctx, records, entries); err != nil {
		if b.readErr == nil { // refused whole: nothing of it is on the disk
			b.forgetTogether(id)
		}
		return err
	}
	b.forgetTogether(id)
	return nil
}

// noteTogether writes down what is about to be saved.
func (b *Book) noteTogether(records []journal.Record, entries []*journal.Entry) error {
	payloads := make([][]byte, len(records))
	for i, r := range records {
		raw, err := r.Encode()
		if err != nil {
			return err
		}
		payloads[i] = raw
	}
	return b.putLocal(Local{togetherKind, string(entries[0].ID), payloads})
}

// forgetTogether may fail: what is in the journal already is passed over later.
func (b *Book) forgetTogether(id string) {
	if err := b.putLocal(Local{togetherKind, id, nil}); err != nil {
		b.opts.Log("together: " + err.Error())
	}
}

// finishTogether appends what is missing of entries that were begun. Where
// nothing of them arrived, nothing was promised and they are forgotten. The
// caller holds b.mu.
func (b *Book) finishTogether(ctx context.Context) error {
	begun := map[string][][]byte{}
	err := b.db.View(func(t *store.Txn) error {
		prefix := localKey(togetherKind, "")
		return t.Scan(prefix, store.ScanOptions{}, func(k, v []byte) error {
			var payloads [][]byte
			if json.Unmarshal(v, &payloads) == nil {
				begun[string(k[len(prefix):])] = payloads
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, id := range sortedNames(begun) {
		if err := b.finish(ctx, begun[id]); err != nil {
			return err
		}
		b.forgetTogether(id)
	}
	return nil
}

func (b *Book) finish(ctx context.Context, payloads [][]byte) error {
	var records []journal.Record
	var entries []*journal.Entry
	arrived := false
	seq, prev := b.seq, b.prev
	for _, p := range payloads {
		rec, err := journal.DecodeRecord(p)
		if err != nil {
			return nil // never written by this program
		}
		e, err := journal.Reread(rec.Entry)
		if err != nil {
			return nil
		}
		if b.holds(e.ID) {
			arrived = true
			continue
		}
		if e.Seq != seq+1 || e.Prev != prev { // the chain went on without it
			b.opts.Log("together: entry " + e.ID.Short() + " no longer fits")
			return nil
		}
		seq, prev = e.Seq, e.ID
		records, entries = append(records, rec), append(entries, e)
	}
	if !arrived || len(records) == 0 {
		return nil
	}
	b.seq, b.prev = seq, prev
	b.report = append(b.report, "上次关闭前有一次分案只保存了一半，已补全")
	return b.commit(ctx, records, entries)
}

func (b *Book) holds(id journal.ID) (held bool) {
	b.db.View(func(t *store.Txn) error {
		var err error
		_, held, err = t.Get(idKey(id))
		return err
	})
	return held
}
