package casebook

import (
	"context"
	"encoding/binary"
	"fmt"

	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/office"
	"jiesu/backend/store"
)

// catchUp applies what the logs have and the database does not.
func (b *Book) catchUp(ctx context.Context) error {
	heads, err := b.db.Heads()
	if err != nil {
		return err
	}
	mark, ok := decodeMark(heads[headShared])
	local, ok2 := decodeMark(heads[headLocal])
	if !ok || !ok2 || b.db.Unclean() && b.countsOff() {
		return store.ErrDamaged.Wrap(fmt.Errorf("heads or counts do not fit"))
	}
	if err := b.replayLocal(ctx, local); err != nil {
		return err
	}
	if mark.Count > b.shared.Head().Count {
		return store.ErrDamaged.Wrap(fmt.Errorf("database ahead of the log"))
	}
	if err := b.loadOffice(); err != nil {
		return err
	}
	in, err := b.tail(ctx, mark)
	if err != nil {
		return err
	}
	if len(in) > 0 {
		b.report = append(b.report, fmt.Sprintf("上次关闭前有 %d 条内容尚未写入数据库，已补上", len(in)))
	}
	forget := func(*changed) {} // the memory is filled after this
	if _, err := b.applyAll(in, forget); err != nil {
		return err
	}
	now := b.opts.Rules.fingerprint()
	if string(heads[headRules]) != now { // the program brought other rulebooks or a new calendar
		if err := b.db.Update(func(t *store.Txn) error { return t.Set(officeOwed, []byte{1}) }); err != nil {
			return err
		}
	}
	if err := firstOf(b.payOffice(ctx, forget), b.settleCounted(ctx)); err != nil {
		return err
	}
	return b.db.Update(func(t *store.Txn) error { return t.PutHead(headRules, []byte(now)) })
}

// payOffice does what applied entries of the office still call for.
func (b *Book) payOffice(ctx context.Context, remember func(*changed)) error {
	owed := false
	if err := b.db.View(func(t *store.Txn) (err error) { _, owed, err = t.Get(officeOwed); return err }); err != nil || !owed {
		return err
	}
	if err := b.loadOffice(); err != nil {
		return err
	}
	for _, prefix := range []byte{prefixRow, prefixParked} {
		if err := b.refoldWhere(ctx, prefix, newChanged(), remember); err != nil {
			return err
		}
	}
	return b.db.Update(func(t *store.Txn) error { return t.Delete(officeOwed) })
}

// countsOff compares the counted prefixes after an unclean end: Badger drops
// the rest of a damaged log or table without an error.
func (b *Book) countsOff() bool {
	off := false
	err := b.db.View(func(t *store.Txn) error {
		for _, prefix := range []byte{prefixEntry, prefixItem, prefixRow, prefixColumn} {
			want, err := t.Count([]byte{prefix})
			if err != nil {
				return err
			}
			var have int64
			if err := t.Scan([]byte{prefix}, store.ScanOptions{KeysOnly: true}, func(_, _ []byte) error { have++; return nil }); err != nil {
				return err
			}
			off = off || have != want
		}
		return nil
	})
	return err != nil || off
}

// tail reads the records behind a mark.
func (b *Book) tail(ctx context.Context, after journalfile.Mark) ([]arrival, error) {
	var in []arrival
	_, err := b.shared.Scan(ctx, after, func(r journalfile.Record) error {
		a, err := reread(r)
		if err != nil {
			b.opts.Log("record " + r.Pos.String() + ": " + err.Error())
			return nil
		}
		in = append(in, a)
		return nil
	})
	if err != nil {
		return nil, store.ErrDamaged.Wrap(err)
	}
	return in, nil
}

func reread(r journalfile.Record) (arrival, error) {
	rec, err := journal.DecodeRecord(r.Payload)
	if err != nil {
		return arrival{}, err
	}
	e, err := journal.Reread(rec.Entry)
	return arrival{record: rec, entry: e, pos: r.Pos}, err
}

// fill builds the whole database from the logs: first every entry, then every
// case once.
func (b *Book) fill(ctx context.Context) error {
	err := b.db.Update(func(t *store.Txn) error {
		if err := t.PutHead(headLocal, encodeMark(journalfile.Mark{})); err != nil {
			return err
		}
		return t.PutHead(headLayout, []byte(layout))
	})
	if err != nil {
		return err
	}
	if err := b.replayLocal(ctx, journalfile.Mark{}); err != nil {
		return err
	}
	head := b.shared.Head()
	if err := b.fillEntries(ctx, newChanged()); err != nil {
		return err
	}
	b.office = nil
	if err := b.loadOffice(); err != nil {
		return err
	}
	if err := firstOf(b.fillRows(ctx), b.keepCounted()); err != nil {
		return err
	}
	return b.db.Update(func(t *store.Txn) error {
		if err := t.PutHead(headRules, []byte(b.opts.Rules.fingerprint())); err != nil {
			return err
		}
		return t.PutHead(headShared, encodeMark(head))
	})
}

func (b *Book) fillEntries(ctx context.Context, touched *changed) error {
	var batch []arrival
	size := 0
	flush := func() error {
		err := b.db.Update(func(t *store.Txn) error {
			for _, a := range batch {
				if err := b.place(t, a, touched); err != nil {
					return err
				}
			}
			return nil
		})
		batch, size = batch[:0], 0
		return err
	}
	damaged, err := b.shared.Scan(ctx, journalfile.Mark{}, func(r journalfile.Record) error {
		a, err := reread(r)
		if err != nil {
			b.opts.Log("record " + r.Pos.String() + ": " + err.Error())
			return nil
		}
		a.record.Entry = append([]byte(nil), a.record.Entry...)
		batch = append(batch, a)
		size += len(a.record.Entry)
		if len(batch) >= 300 || size > 300<<10 {
			return flush()
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.holes = b.holes || len(damaged) > 0
	return flush()
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// Rebuild throws the database away and makes it anew from the logs.
func (b *Book) Rebuild(ctx context.Context) error { return b.rebuild(ctx, b.database()) }

// rebuild replaces a database; another call may have done so already.
func (b *Book) rebuild(ctx context.Context, old *store.DB) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.db {
	case nil:
		return errClosed
	case old:
	default:
		return nil
	}
	b.background.Wait()
	b.state.Lock()
	defer b.state.Unlock()
	b.table = nil
	if err := b.startOver(ctx, fmt.Errorf("rebuild asked for")); err != nil {
		return err
	}
	if b.shared.Err() == nil && b.local.Err() == nil {
		b.readErr = nil
	}
	return b.openMemory(ctx)
}

// replayLocal applies the local log behind a mark.
func (b *Book) replayLocal(ctx context.Context, after journalfile.Mark) error {
	if after.Count > b.local.Head().Count {
		return store.ErrDamaged.Wrap(fmt.Errorf("database ahead of the local log"))
	}
	head := b.local.Head()
	var records []localRecord
	if _, err := b.local.Scan(ctx, after, func(r journalfile.Record) error {
		rec, err := decodeLocal(r.Payload)
		if err == nil {
			records = append(records, rec...)
		}
		return nil
	}); err != nil {
		return store.ErrDamaged.Wrap(err)
	}
	for len(records) > 0 {
		n := min(len(records), 500)
		if err := b.db.Update(func(t *store.Txn) error { return applyLocal(t, records[:n]) }); err != nil {
			return err
		}
		records = records[n:]
	}
	return b.db.Update(func(t *store.Txn) error { return t.PutHead(headLocal, encodeMark(head)) })
}

// officeEntries reads the office stream inside a transaction.
func (b *Book) officeEntries(t *store.Txn) ([]office.Entry, error) {
	stream, _ := streamKey(office.Stream)
	items, err := b.items(t, stream)
	var entries []office.Entry
	for _, it := range items {
		entries = append(entries, it.officeEntry())
	}
	return entries, err
}

func beUint64(b []byte) uint64 { return binary.BigEndian.Uint64(b) }

func (b *Book) allOffice() (entries []office.Entry, err error) {
	err = b.db.View(func(t *store.Txn) error {
		entries, err = b.officeEntries(t)
		return err
	})
	return entries, err
}
