package casebook

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/store"
)

// Head is the last entry of a replica's unbroken row.
type Head struct {
	Seq uint64
	ID  journal.ID
}

// Heads gives for every replica the last entry up to which all are here.
func (b *Book) Heads() map[string]Head {
	b.state.RLock()
	defer b.state.RUnlock()
	out := make(map[string]Head, len(b.rowEnd))
	for r, h := range b.rowEnd {
		out[r] = h
	}
	return out
}

// vector is Heads as numbers.
func (b *Book) vector() map[string]uint64 {
	out := map[string]uint64{}
	for r, h := range b.Heads() {
		out[r] = h.Seq
	}
	return out
}

func (b *Book) readHeads() (map[string]Head, error) {
	heads := map[string]Head{}
	err := b.db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixHead}, store.ScanOptions{}, func(k, v []byte) error {
			heads[hex.EncodeToString(k[1:])] = decodeHead(v)
			return nil
		})
	})
	return heads, err
}

func decodeHead(v []byte) Head {
	if len(v) != 40 {
		return Head{}
	}
	return Head{Seq: binary.BigEndian.Uint64(v), ID: journal.ID(hex.EncodeToString(v[8:]))}
}

// advance moves the row's head over an entry that continues it, and over what
// came earlier and waited.
func (b *Book) advance(t *store.Txn, e *journal.Entry, touched *changed) error {
	replica := e.ReplicaID()
	k, early := key(prefixHead, hexBytes(replica)), localKey("early", replica)
	raw, _, err := t.Get(k)
	if err != nil {
		return err
	}
	head := decodeHead(raw)
	if e.Seq != head.Seq+1 || e.Prev != head.ID {
		if e.Seq <= head.Seq+1 {
			return nil // another branch
		}
		return t.Set(early, []byte{1})
	}
	head = Head{e.Seq, e.ID}
	_, waits, err := t.Get(early)
	for next := head; waits && err == nil && next.Seq > 0; {
		if next, err = b.after(t, replica, head); next.Seq > 0 {
			head = next
		}
	}
	if err != nil {
		return err
	}
	touched.heads[replica] = head
	return t.Set(k, append(binary.BigEndian.AppendUint64(nil, head.Seq), hexBytes(string(head.ID))...))
}

// after finds the entry held already that continues a row.
func (b *Book) after(t *store.Txn, replica string, head Head) (next Head, err error) {
	var found []placed
	prefix := binary.BigEndian.AppendUint64(key(prefixEntry, hexBytes(replica)), head.Seq+1)
	err = t.Scan(prefix, store.ScanOptions{}, func(k, v []byte) error {
		found = append(found, placed{head.Seq + 1, journal.ID(hex.EncodeToString(k[25:])), journalfile.PosFrom(binary.BigEndian.Uint64(v))})
		return nil
	})
	for _, p := range found {
		if e, err := b.entryAt(p.pos); err == nil && e.Prev == head.ID {
			return Head{p.seq, p.id}, nil
		}
	}
	return next, err
}

func (b *Book) entryAt(pos journalfile.Pos) (*journal.Entry, error) {
	payload, err := b.shared.Read(pos)
	if err != nil {
		return nil, err
	}
	rec, err := journal.DecodeRecord(payload)
	if err != nil {
		return nil, err
	}
	return journal.Reread(rec.Entry)
}

// Holds reports whether an entry is here, in whatever branch.
func (b *Book) Holds(id journal.ID) bool {
	db := b.database()
	if db == nil {
		return false
	}
	held := false
	db.View(func(t *store.Txn) error {
		var err error
		_, held, err = t.Get(idKey(id))
		return err
	})
	return held
}

// Records reads entries of a replica's row with the keys granted with them.
func (b *Book) Records(ctx context.Context, replica string, from uint64, limit int) ([]journal.Record, error) {
	head := b.Heads()[replica]
	db := b.database()
	if db == nil || head.Seq < from {
		return nil, nil
	}
	positions, err := rowPositions(db, replica, from, min(head.Seq, from+uint64(limit)-1))
	if err != nil {
		return nil, err
	}
	return b.readRow(ctx, positions)
}

type placed struct {
	seq uint64
	id  journal.ID
	pos journalfile.Pos
}

func rowPositions(db *store.DB, replica string, from, to uint64) ([]placed, error) {
	var out []placed
	prefix := key(prefixEntry, hexBytes(replica))
	start := append(append([]byte(nil), prefix...), binary.BigEndian.AppendUint64(nil, from)...)
	err := db.View(func(t *store.Txn) error {
		return t.Scan(prefix, store.ScanOptions{From: start}, func(k, v []byte) error {
			seq := binary.BigEndian.Uint64(k[17:25])
			if seq > to {
				return store.ErrStop
			}
			out = append(out, placed{seq, journal.ID(hex.EncodeToString(k[25:])), journalfile.PosFrom(binary.BigEndian.Uint64(v))})
			return nil
		})
	})
	return out, err
}

// readRow reads the records; where a number is held twice (a fork) it follows
// the chain: the branch of the later entry that is in the row.
func (b *Book) readRow(ctx context.Context, row []placed) ([]journal.Record, error) {
	var out []journal.Record
	next := journal.ID("")
	for i := len(row) - 1; i >= 0; i-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		twice := i > 0 && row[i-1].seq == row[i].seq || i+1 < len(row) && row[i+1].seq == row[i].seq
		if twice && next != "" && row[i].id != next {
			continue
		}
		payload, err := b.shared.Read(row[i].pos)
		if err != nil {
			return nil, err
		}
		rec, err := journal.DecodeRecord(payload)
		if err != nil {
			return nil, err
		}
		e, err := journal.Reread(rec.Entry)
		if err != nil {
			return nil, err
		}
		next = e.Prev
		out = append(out, rec)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out, nil
}

// Receive takes entries of other replicas: verified again, appended and
// synced, then applied. Known ones are passed over.
func (b *Book) Receive(ctx context.Context, records []journal.Record) (accepted int, err error) {
	var fresh []journal.Record
	var entries []*journal.Entry
	for _, r := range records {
		e, err := journal.Parse(r.Entry)
		if err != nil {
			return 0, fmt.Errorf("casebook: received: %w", err)
		}
		if !b.Holds(e.ID) {
			fresh, entries = append(fresh, r), append(entries, e)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.db == nil {
		return 0, errClosed
	}
	if b.readErr != nil {
		return 0, b.readErr
	}
	if len(fresh) == 0 {
		return 0, nil
	}
	now := b.opts.Now()
	for _, e := range entries {
		b.clock.Observe(e.Clock, now)
	}
	if err := b.commit(ctx, fresh, entries); err != nil {
		return 0, err
	}
	return len(fresh), b.maintain(ctx)
}

// TakeHoles reports, once, that entries are missing here because the log was
// damaged: what was read from the shared folder before must be read again.
func (b *Book) TakeHoles() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	holes := b.holes
	b.holes = false
	return holes
}

// Replica is this machine's name in the space.
func (b *Book) Replica() string { return b.replica.Public().KeyID() }

// BlobQueue names files in a state: to be offered, or wanted.
func (b *Book) blobQueue(state byte, limit int) (hashes []string) {
	db := b.database()
	if db == nil {
		return nil
	}
	db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixBlob}, store.ScanOptions{}, func(k, v []byte) error {
			if len(v) == 1 && v[0] == state {
				hashes = append(hashes, hex.EncodeToString(k[1:]))
			}
			if len(hashes) >= limit {
				return store.ErrStop
			}
			return nil
		})
	})
	return hashes
}

// Offer names files that go to the shared folder.
func (b *Book) Offer(limit int) []string { return b.blobQueue(blobOffer, limit) }

// Want names files that entries speak of and that are not here.
func (b *Book) Want(limit int) []string { return b.blobQueue(blobWant, limit) }

// Sent notes that a file is in the shared folder.
func (b *Book) Sent(hash string) { b.setBlob(hash, blobSent) }

// Reoffer lets a file that was sent be sent again: it is gone or spoilt there.
func (b *Book) Reoffer(hash string) { b.setBlob(hash, blobOffer) }

// SentAfter names files that lie in the own folder, in turn.
func (b *Book) SentAfter(hash string, limit int) (hashes []string) {
	db := b.database()
	if db == nil || len(hash) != 0 && len(hash) != 64 {
		return nil
	}
	start := key(prefixBlob, hexBytes(hash))
	db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixBlob}, store.ScanOptions{From: start}, func(k, v []byte) error {
			if next := hex.EncodeToString(k[1:]); len(v) == 1 && v[0] == blobSent && next != hash {
				hashes = append(hashes, next)
			}
			if len(hashes) >= limit {
				return store.ErrStop
			}
			return nil
		})
	})
	return hashes
}

func (b *Book) setBlob(hash string, state byte) {
	if db := b.database(); db != nil && len(hash) == 64 {
		err := db.Update(func(t *store.Txn) error { return t.Set(key(prefixBlob, hexBytes(hash)), []byte{state}) })
		if err != nil { // the file is moved once more; that harms nobody
			b.opts.Log("state of a file: " + err.Error())
		}
	}
}

// Export reads a file's ciphertext.
func (b *Book) Export(_ context.Context, hash string) ([]byte, error) {
	r, size, err := b.blobs.Export(hash)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var buf bytes.Buffer
	buf.Grow(int(size))
	_, err = io.Copy(&buf, r)
	return buf.Bytes(), err
}

// Import keeps a file's ciphertext that came from another office.
func (b *Book) Import(ctx context.Context, hash string, ciphertext []byte) error {
	if err := b.blobs.Import(ctx, hash, bytes.NewReader(ciphertext), int64(len(ciphertext))); err != nil {
		return err
	}
	b.setBlob(hash, blobSettled)
	return nil
}

// Stamp is the clock reading of a replica's last entry here.
func (b *Book) Stamp(replica string) (time.Time, bool) {
	head, ok := b.Heads()[replica]
	db := b.database()
	if !ok || db == nil {
		return time.Time{}, false
	}
	var at time.Time
	db.View(func(t *store.Txn) error {
		v, _, err := t.Get(entryKey(replica, head.Seq, head.ID))
		if len(v) >= 16 {
			at = time.UnixMilli(int64(binary.BigEndian.Uint64(v[8:])))
		}
		return err
	})
	return at, !at.IsZero()
}
