package casebook

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/store"
	"jiesu/backend/view"
)

var errNoCase = fault.New(fault.NotFound, "case-not-found", "没有找到这个案件", "请核对编号，或用搜索查找")

// whole runs a read of the database. If what it reads turns out damaged the
// database is made anew from the logs, and it runs once more.
func (b *Book) whole(fn func(*store.DB) error) error {
	db := b.database()
	if db == nil {
		return errClosed
	}
	err := fn(db)
	if !errors.Is(err, store.ErrDamaged) {
		return err
	}
	b.opts.Log("damaged: " + err.Error())
	if err := b.rebuild(context.Background(), db); err != nil {
		return err
	}
	if db = b.database(); db == nil {
		return errClosed
	}
	return fn(db)
}

func (b *Book) read(fn func(*store.Txn) error) error {
	return b.whole(func(db *store.DB) error { return db.View(fn) })
}

// Resolve turns a case number or id into an id. A number that two cases carry
// is refused with both named.
func (b *Book) Resolve(number string) (id string, err error) {
	err = b.read(func(t *store.Txn) error {
		ids, err := numberIDs(t, number)
		switch {
		case err != nil:
			return err
		case len(ids) == 1:
			id = ids[0]
			return nil
		case len(ids) > 1:
			return fault.New(fault.Refused, "number-ambiguous", "编号 "+number+" 有两个案件", "请改用内部编号："+ids[0]+" 或 "+ids[1])
		}
		if _, ok := streamKey(CaseStream(number)); ok && len(number) == 32 {
			if _, found, err := b.row(t, number); err != nil || found {
				id = number
				return err
			}
		}
		return errNoCase
	})
	return id, err
}

// Case folds one case.
func (b *Book) Case(id string) (c *complaint.Case, err error) {
	err = b.whole(func(db *store.DB) error {
		b.state.RLock()
		defer b.state.RUnlock()
		return db.View(func(t *store.Txn) error {
			c, _, err = b.foldCase(t, id)
			return err
		})
	})
	if err == nil && len(c.History) == 0 {
		return nil, errNoCase
	}
	return c, err
}

// Row is the list line of one case.
func (b *Book) Row(id string) (r view.Row, err error) {
	err = b.read(func(t *store.Txn) error {
		var found bool
		if r, found, err = b.row(t, id); err == nil && !found {
			return errNoCase
		}
		return err
	})
	return r, err
}

// Select gives a window of the cases a query asks for, and how many there are.
func (b *Book) Select(ctx context.Context, q view.Query, from, count int) (rows []view.Row, total int, err error) {
	err = b.whole(func(db *store.DB) error {
		rows, total, err = b.selectIn(ctx, db, q, from, count)
		return err
	})
	return rows, total, err
}

func (b *Book) selectIn(ctx context.Context, db *store.DB, q view.Query, from, count int) (rows []view.Row, total int, err error) {
	var within []uint32
	if q.Words != "" {
		if within, err = b.Find(ctx, q.Words, 0); err != nil {
			return nil, 0, err
		}
	}
	b.state.RLock()
	if b.table == nil {
		b.state.RUnlock()
		return nil, 0, errClosed
	}
	ids, total := b.table.Select(q, within, b.opts.Now(), from, count)
	b.state.RUnlock()
	err = db.View(func(t *store.Txn) error {
		for _, id := range ids {
			r, found, err := b.row(t, id)
			if err != nil {
				return err
			}
			if found {
				rows = append(rows, r)
			}
		}
		return nil
	})
	return rows, total, err
}

// Counts are the figures over all cases for the work list.
func (b *Book) Counts(now time.Time) view.Counts {
	b.state.RLock()
	defer b.state.RUnlock()
	if b.table == nil {
		return view.Counts{}
	}
	return b.table.Count(now)
}

// NextSerial is the number after the last this replica gave.
func (b *Book) NextSerial(kind string, year int) (n int, err error) {
	me, err := b.Me()
	if err != nil {
		return 0, err
	}
	err = b.read(func(t *store.Txn) error {
		raw, _, err := t.Get(serialKey(me.Unit.Code, me.Code, kind, year))
		if len(raw) == 8 {
			n = int(beUint64(raw))
		}
		return err
	})
	return n + 1, err
}

// Message is one received mail.
func (b *Book) Message(id string) (m *inbox.Message, err error) {
	sk, ok := streamKey(MessageStream(id))
	if !ok {
		return nil, errNoMessage
	}
	err = b.read(func(t *store.Txn) error {
		raw, found, err := t.Get(key(prefixMail, sk[1:]))
		if err != nil {
			return err
		}
		if !found {
			return errNoMessage
		}
		m = &inbox.Message{}
		return firstOf(json.Unmarshal(raw, m), b.openMail(t, m))
	})
	return m, err
}

var errNoMessage = fault.New(fault.NotFound, "message-not-found", "没有找到这封邮件", "请刷新邮件列表")

// Messages calls fn for every received mail.
func (b *Book) Messages(fn func(*inbox.Message) error) error {
	db := b.database()
	if db == nil {
		return errClosed
	}
	return db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixMail}, store.ScanOptions{}, func(_, v []byte) error {
			var m inbox.Message
			if err := json.Unmarshal(v, &m); err != nil {
				return store.ErrDamaged.Wrap(err)
			}
			if err := b.openMail(t, &m); err != nil {
				return err
			}
			return fn(&m)
		})
	})
}
