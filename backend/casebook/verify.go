package casebook

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/store"
	"jiesu/backend/view"
)

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
			items, err := b.items(t, key(kindCase, hexBytes(id)))
			if err != nil {
				return err
			}
			row, _, err := b.row(t, id)
			if err != nil {
				return err
			}
			f := b.foldRow(id, items)
			if f.row.Doc = row.Doc; !sameRow(row, f.row) || len(f.c.History) == 0 {
				problems = append(problems, "案件 "+row.Number+" 的列表内容与记录不一致，请运行 rebuild 重建")
			}
		}
		return nil
	})
	return n, problems, err
}

// sameRow compares as stored: times may be in other zones.
func sameRow(a, b view.Row) bool {
	one, err := json.Marshal(a)
	two, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(one, two)
}
