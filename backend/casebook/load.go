package casebook

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jiesu/backend/blobfile"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
	"jiesu/backend/vault"
	"jiesu/backend/view"
)

// layout names the projection's layout; a database with another is rebuilt.
const layout = "9"

const (
	headShared = "shared"
	headLocal  = "local"
	headLayout = "layout"
	headRules  = "rules" // what the rows were computed by: see fingerprint
)

func randomID() string {
	var id [16]byte
	rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

// load opens everything behind the data key and brings the database up to the
// logs. The caller holds b.mu.
func (b *Book) load(ctx context.Context) error {
	b.state.Lock()
	defer b.state.Unlock()
	b.report = nil
	for _, sub := range []string{"journal", "local", "db", "blobs"} {
		if err := os.MkdirAll(filepath.Join(b.opts.Dir, sub), 0o700); err != nil {
			return fault.New(fault.Failed, "data-folder", "数据文件夹无法写入", "请检查磁盘和文件夹权限").Wrap(err)
		}
	}
	free, err := b.disk("journal").Free()
	if err == nil && free < minFree {
		return errFull
	}
	if b.replica, err = b.session.Replica(); err != nil {
		return err
	}
	if b.blobs, err = blobfile.Open(filepath.Join(b.opts.Dir, "blobs")); err != nil {
		return err
	}
	b.ring = vault.NewRing()
	fresh, err := b.openDB()
	if err != nil {
		return err
	}
	if err := b.openLogs(ctx, fresh); err != nil {
		return err
	}
	bring := b.catchUp
	if fresh {
		bring = b.fill
	}
	err = inTurn(ctx, b.openIndex, bring, b.openMemory)
	if !fresh && errors.Is(err, store.ErrDamaged) {
		err = inTurn(ctx, func(ctx context.Context) error { return b.startOver(ctx, err) }, b.openMemory)
	}
	return err
}

func inTurn(ctx context.Context, steps ...func(context.Context) error) error {
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// minFree is what must be free to open the database: it maps files into memory,
// and a full disk kills the process. Writing stops earlier (journalfile).
const minFree = 100 << 20

var errFull = fault.New(fault.Retry, "disk-full", "磁盘快满了，数据暂时打不开，内容都还在", "请先腾出至少 200 MB 空间，再重新打开")

func (b *Book) disk(sub string) journalfile.Disk {
	d := journalfile.Folder(filepath.Join(b.opts.Dir, sub))
	if b.opts.Disk != nil {
		d = b.opts.Disk(d)
	}
	return d
}

func (b *Book) dataKey(context string) seal.Key { return seal.Derive(b.session.DataKey(), context) }

// openDB opens the database, or sets it aside and begins a new one. fresh
// means that it must be filled from the logs.
func (b *Book) openDB() (fresh bool, err error) {
	dir := filepath.Join(b.opts.Dir, "db")
	opts := store.Options{Log: func(level, text string) {
		if level != "info" {
			b.opts.Log("db " + level + ": " + text)
		}
	}}
	b.db, err = store.Open(dir, b.session.DataKey(), opts)
	if err == nil {
		heads, err := b.db.Heads()
		if err == nil && string(heads[headLayout]) == layout {
			return false, nil
		}
		empty := err == nil && len(heads) == 0
		b.db.Close()
		if empty {
			b.db, err = store.Open(dir, b.session.DataKey(), opts)
			return true, err
		}
	} else if !errors.Is(err, store.ErrDamaged) {
		return false, err
	}
	b.report = append(b.report, "本机数据库需要重建，正在用记录文件恢复")
	if _, err := store.SetAside(dir, b.opts.Now()); err != nil {
		return false, err
	}
	b.db, err = store.Open(dir, b.session.DataKey(), opts)
	return true, err
}

func (b *Book) openLogs(ctx context.Context, fresh bool) (err error) {
	heads, err := b.db.Heads()
	if err != nil {
		heads = nil
	}
	open := func(name, context string) (*journalfile.Log, error) {
		dir := map[string]string{headShared: "journal", headLocal: "local"}[name]
		opts := b.opts.Journal
		opts.Now, opts.Disk = b.opts.Now, b.disk(dir)
		if mark, ok := decodeMark(heads[name]); ok && !fresh {
			opts.Trust, opts.Known = mark, []journalfile.Mark{mark}
		}
		log, report, err := journalfile.Open(ctx, filepath.Join(b.opts.Dir, dir), b.dataKey(context), opts)
		if err == nil && !report.Whole() {
			b.report = append(b.report, fmt.Sprintf("记录文件 %s 有 %d 处损坏；完好的部分已读出，损坏部分会从其他网点补回", dir, len(report.Damaged)+int(report.Lost)))
		}
		return log, err
	}
	if b.shared, err = open(headShared, seal.ContextJournalShared); err != nil {
		return err
	}
	b.local, err = open(headLocal, seal.ContextJournalLocal)
	return err
}

// startOver rebuilds after catching up found the database not to be relied on.
func (b *Book) startOver(ctx context.Context, cause error) error {
	b.opts.Log("db set aside: " + cause.Error())
	b.db.Close()
	dir := filepath.Join(b.opts.Dir, "db")
	if _, err := store.SetAside(dir, b.opts.Now()); err != nil {
		return err
	}
	b.report = append(b.report, "本机数据库已损坏，已用记录文件重建")
	var err error
	if b.db, err = store.Open(dir, b.session.DataKey(), store.Options{}); err != nil {
		return err
	}
	if err := b.openIndex(ctx); err != nil {
		return err
	}
	return b.fill(ctx)
}

func (b *Book) openMemory(ctx context.Context) error {
	if err := b.loadOwn(); err != nil {
		return err
	}
	if err := b.loadOffice(); err != nil {
		return err
	}
	b.table = view.NewTable()
	err := b.db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixColumn}, store.ScanOptions{}, func(k, v []byte) error {
			b.table.Load(binary.BigEndian.Uint32(k[1:]), v)
			return nil
		})
	})
	if err != nil {
		return err
	}
	b.table.Sort()
	return b.openIdentity(ctx)
}

// loadOwn finds where this replica's own chain stands. A chain with a hole, from
// a damaged log, must not be continued: its numbers were given already.
func (b *Book) loadOwn() error {
	heads, err := b.readHeads()
	if err != nil {
		return err
	}
	b.rowEnd = heads
	self := b.replica.Public().KeyID()
	own := heads[self]
	last := journal.Stamp{}
	err = b.db.View(func(t *store.Txn) error {
		return t.Scan(key(prefixEntry, hexBytes(self)), store.ScanOptions{Reverse: true, Limit: 1}, func(k, v []byte) error {
			if held := (Head{binary.BigEndian.Uint64(k[17:25]), journal.ID(hex.EncodeToString(k[25:]))}); held.Seq > own.Seq {
				own, b.torn = held, true
			}
			if len(v) >= 20 {
				last.Millis, last.Counter = int64(binary.BigEndian.Uint64(v[8:])), binary.BigEndian.Uint32(v[16:])
			}
			return nil
		})
	})
	b.seq, b.prev = own.Seq, own.ID
	b.clock = journal.NewClock(last)
	return err
}

// loadOffice folds the office stream and with it the rules in force.
func (b *Book) loadOffice() error {
	entries, err := b.allOffice()
	if err != nil {
		return err
	}
	root, _ := b.localString("setting", "root")
	b.unit, _ = b.localString("setting", "unit")
	if b.unit == "" { // the local log is gone: the founding names the unit
		if r := office.Fold("", entries).Replicas[b.replica.Public().KeyID()]; r != nil {
			b.unit = r.Unit
		}
	}
	if root == "" {
		root = b.unit
	}
	b.office = office.Fold(root, entries)
	b.rules = b.adoptedRules()
	b.days = b.calendarsNow(b.rules.Calendar)
	return nil
}

func encodeMark(m journalfile.Mark) []byte {
	raw, _ := json.Marshal(m)
	return raw
}

func decodeMark(raw []byte) (m journalfile.Mark, ok bool) {
	return m, len(raw) > 0 && json.Unmarshal(raw, &m) == nil
}
