package casebook

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
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
	if err != nil || len(in) == 0 {
		return err
	}
	b.report = append(b.report, fmt.Sprintf("上次关闭前有 %d 条内容尚未写入数据库，已补上", len(in)))
	return b.apply(ctx, in)
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
	if err := b.fillRows(ctx); err != nil {
		return err
	}
	return b.db.Update(func(t *store.Txn) error { return t.PutHead(headShared, encodeMark(head)) })
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
	_, err := b.shared.Scan(ctx, journalfile.Mark{}, func(r journalfile.Record) error {
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
	return flush()
}

// fillRows folds every case and message once, in one walk over the items.
func (b *Book) fillRows(ctx context.Context) error {
	var queue []stream
	flush := func() error {
		err := b.db.Update(func(t *store.Txn) error {
			for _, s := range queue {
				if err := b.putStream(t, s); err != nil {
					return err
				}
			}
			return nil
		})
		queue = queue[:0]
		if err == nil {
			err = b.maintain(ctx)
		}
		return firstOf(err, ctx.Err())
	}
	err := b.db.View(func(r *store.Txn) error {
		return r.Scan([]byte{prefixItem}, store.ScanOptions{}, func(k, v []byte) error {
			var it Item
			if err := json.Unmarshal(v, &it); err != nil {
				return store.ErrDamaged.Wrap(err)
			}
			key := string(k[1:18])
			if n := len(queue); n == 0 || queue[n-1].key != key {
				if n >= 100 {
					if err := flush(); err != nil {
						return err
					}
				}
				queue = append(queue, stream{key: key})
			}
			last := &queue[len(queue)-1]
			last.items = append(last.items, &it)
			return nil
		})
	})
	if err != nil {
		return err
	}
	return flush()
}

// stream is all items of one stream.
type stream struct {
	key   string // kind and id
	items []*Item
}

func (b *Book) putStream(t *store.Txn, s stream) error {
	id := hex.EncodeToString([]byte(s.key[1:]))
	for _, it := range s.items {
		if len(it.Act) == 0 && it.Pos != 0 {
			b.reread(t, it)
		}
	}
	switch s.key[0] {
	case kindCase:
		c, parked := b.foldItems(id, s.items)
		return b.putCase(t, id, c, parked, newChanged())
	case kindMessage:
		return b.putMessage(t, id, s.items)
	}
	return nil
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
func (b *Book) Rebuild(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.db == nil {
		return errClosed
	}
	b.background.Wait()
	b.state.Lock()
	defer b.state.Unlock()
	b.table = nil
	if err := b.startOver(ctx, fmt.Errorf("rebuild asked for")); err != nil {
		return err
	}
	b.readErr = nil
	return b.openMemory(ctx)
}

// Verify reads everything and compares: the log's records, every signature and
// chain, the database's sums, and every row with a fresh fold.
func (b *Book) Verify(ctx context.Context) (entries, cases int, problems []string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.db == nil {
		return 0, 0, nil, errClosed
	}
	entries, problems, err = b.verifyLog(ctx)
	if err != nil {
		return entries, 0, problems, err
	}
	verdict, err := b.db.Verify(ctx)
	if err != nil {
		return entries, 0, problems, err
	}
	for range verdict.Problems {
		problems = append(problems, "本机数据库有损坏，请运行 rebuild 重建")
	}
	for _, p := range verdict.Problems {
		b.opts.Log("verify: " + p)
	}
	cases, more, err := b.verifyRows(ctx)
	return entries, cases, append(problems, more...), err
}

func (b *Book) verifyLog(ctx context.Context) (n int, problems []string, err error) {
	type link struct {
		seq uint64
		id  journal.ID
	}
	chain := map[string]link{}
	damaged, err := b.shared.Scan(ctx, journalfile.Mark{}, func(r journalfile.Record) error {
		n++
		rec, err := journal.DecodeRecord(r.Payload)
		if err != nil {
			problems = append(problems, fmt.Sprintf("记录 %s 无法读出", r.Pos))
			return nil
		}
		e, err := journal.Parse(rec.Entry)
		if err != nil {
			problems = append(problems, fmt.Sprintf("记录 %s 的签名或内容不对", r.Pos))
			return nil
		}
		last := chain[e.ReplicaID()]
		if e.Seq == last.seq+1 && e.Prev != last.id {
			problems = append(problems, fmt.Sprintf("记录 %s 与前一条接不上", r.Pos))
		}
		chain[e.ReplicaID()] = link{e.Seq, e.ID}
		return nil
	})
	for _, d := range damaged {
		problems = append(problems, fmt.Sprintf("记录文件 %s 处有 %d 条损坏", d.Pos, d.Records))
	}
	return n, problems, err
}

func (b *Book) verifyRows(ctx context.Context) (n int, problems []string, err error) {
	err = b.db.View(func(t *store.Txn) error {
		var ids []string
		if err := t.Scan([]byte{prefixRow}, store.ScanOptions{KeysOnly: true}, func(k, _ []byte) error {
			ids = append(ids, hex.EncodeToString(k[1:]))
			return nil
		}); err != nil {
			return err
		}
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			n++
			c, _, err := b.foldCase(t, id)
			if err != nil {
				return err
			}
			row, _, err := b.row(t, id)
			if err != nil {
				return err
			}
			if row.Number != c.Number || len(c.History) == 0 || row.Acts != len(c.History) {
				problems = append(problems, "案件 "+row.Number+" 的列表内容与记录不一致，请运行 rebuild 重建")
			}
		}
		return nil
	})
	return n, problems, err
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
