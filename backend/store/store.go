// Package store is the desk's database: Badger v4, of which it is the only
// importer, made safe to lean on, and the search index kept in it.
//
// It is not the truth. Everything in it is rebuilt from the journal, so it
// answers any doubt with ErrDamaged, and the caller sets the folder aside
// (SetAside) and rebuilds. Doubt is raised by
//
//   - the folder: tables without MANIFEST, a torn MANIFEST, a table missing,
//     or, after a clean close, any file that is not as it was (CLEAN);
//   - the marker OPENING, left when the process died inside Badger;
//   - Badger: an error or a panic;
//   - values: each ends in a keyed checksum over key and value;
//   - heads: the caller compares Heads with the journal's;
//   - counts: Verify compares AddCount's sums with what is there, because
//     Badger's iterators end without an error at a damaged table.
//
// # Format (v0)
//
// A value is stored as value ‖ first 8 bytes of HMAC-SHA256(subkey, length of
// key as 2 bytes big-endian ‖ key ‖ value), with subkey = seal.Derive(key,
// "store/checksum"). Badger's files are encrypted by Badger (AES-256-CTR) under
// seal.Derive(key, "store/files"). Keys with a first byte below 0x10 are the
// package's own. There is no promise to old data but this: a folder that this
// version does not understand is reported damaged, and rebuilt.
package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"jiesu/backend/fault"
	"jiesu/backend/seal"
)

const (
	// MaxValue is the longest value; longer things are blobs.
	MaxValue = 200 << 10
	// FirstKey is the lowest first byte of a caller's key.
	FirstKey = 0x10

	settleTime = 30 * time.Second
)

var (
	// ErrDamaged says that the database cannot be relied on: set it aside and
	// rebuild it from the journal.
	ErrDamaged = fault.New(fault.Damaged, "store-damaged",
		"本机数据库已损坏，正在用记录文件重建", "已登记的内容都在记录文件里，不会丢失；请等待重建完成")
	errLocked = fault.New(fault.Retry, "data-locked",
		"数据文件夹正在被另一个窗口使用", "请先关闭另一个窗口")
	errTooLarge = fault.New(fault.Usage, "store-too-large",
		"一次写入数据库的内容太大", "请把操作分成几次")
	errKey = fault.New(fault.Usage, "store-bad-key",
		"程序内部出错：数据库键不合规定", "请把错误编号告诉技术支持")
	errClosed = fault.New(fault.Failed, "store-closed",
		"数据库已关闭", "请重新打开程序")
	errCommit = fault.New(fault.Failed, "store-write-failed",
		"写入数据库没有成功", "内容已在记录文件中；请重新启动程序")
)

// Options are what the database may be told; the zero value is right.
type Options struct {
	// Log receives what Badger has to say; levels are error, warning, info.
	Log func(level, text string)
	// Settle is how long after Open a crash is still blamed on the folder.
	Settle time.Duration
}

// DB is an open database. Its methods may be called concurrently; updates are
// carried out one after the other.
type DB struct {
	dir     string
	key     seal.Key
	badger  *badger.DB
	sums    checksums
	unclean bool

	write  sync.Mutex // one writer at a time, so conflicts cannot happen
	life   sync.RWMutex
	closed bool
	settle *time.Timer
}

// Open opens or makes the database in dir. Any doubt gives ErrDamaged.
func Open(dir string, key seal.Key, opts Options) (*DB, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, errCommit.Wrap(err)
	}
	if opts.Settle == 0 {
		opts.Settle = settleTime
	}
	bopts := tuned(dir, key, opts.Log)
	crashes, err := readMarker(dir)
	if err != nil {
		return nil, err
	}
	clean, err := inspect(dir, key, bopts)
	if err != nil {
		return nil, err
	}
	if err := writeMarker(dir, openingMarker); err != nil {
		return nil, errCommit.Wrap(err)
	}
	os.Remove(filepath.Join(dir, cleanName))
	b, err := openBadger(bopts)
	if err != nil {
		os.Remove(filepath.Join(dir, markerName))
		return nil, err
	}
	if !clean {
		crashes++
	}
	if err := writeMarker(dir, settlingMarker(crashes)); err != nil {
		b.Close()
		return nil, errCommit.Wrap(err)
	}
	d := &DB{dir: dir, key: key, badger: b, sums: newChecksums(key), unclean: !clean}
	d.settle = time.AfterFunc(opts.Settle, func() { os.Remove(filepath.Join(dir, markerName)) })
	return d, nil
}

// openBadger turns every way in which Badger can fail to open into a fault.
func openBadger(opts badger.Options) (b *badger.DB, err error) {
	defer func() {
		if p := recover(); p != nil {
			b, err = nil, ErrDamaged.Wrap(fmt.Errorf("panic: %v", p))
		}
	}()
	b, err = badger.Open(opts)
	switch {
	case err == nil:
		return b, nil
	case strings.Contains(err.Error(), "directory lock"):
		return nil, errLocked.Wrap(err)
	}
	return nil, ErrDamaged.Wrap(err)
}

// tuned are Badger's options: small tables and caches, no value log, and no
// syncing, because the journal is what survives a power cut.
func tuned(dir string, key seal.Key, log func(level, text string)) badger.Options {
	files := seal.Derive(key, seal.ContextStoreFiles)
	o := badger.DefaultOptions(dir).
		WithSyncWrites(false).
		WithMetricsEnabled(false).
		WithNumGoroutines(2).
		WithDetectConflicts(false). // updates hold a lock
		WithMemTableSize(4 << 20).  // its builders take 30 times as much when busy
		WithNumMemtables(2).
		WithBlockCacheSize(16 << 20).
		WithIndexCacheSize(16 << 20).
		WithValueThreshold(512 << 10). // above MaxValue: nothing goes to the value log
		WithValueLogFileSize(16 << 20).
		WithNumCompactors(2).
		WithNumLevelZeroTables(2).
		WithNumLevelZeroTablesStall(6).
		WithCompression(options.Snappy).
		WithEncryptionKey(files[:]).
		WithLogger(logger{log})
	// Compaction builds a dozen tables at once, each in an arena of twice its
	// size that is kept for the next: small tables of one size keep a bulk load
	// of 100,000 cases at 250 MB and twice as fast as Badger's growing ones.
	o.BaseTableSize = 512 << 10
	o.TableSizeMultiplier = 1
	return o
}

// Unclean reports that the last process ended without Close. Then damage to a
// part that was not yet flushed can hide, so run Verify in the background.
func (d *DB) Unclean() bool { return d.unclean }

// Close flushes everything and records what the folder looks like.
func (d *DB) Close() error {
	d.write.Lock()
	defer d.write.Unlock()
	d.life.Lock()
	defer d.life.Unlock()
	if d.closed {
		return nil
	}
	d.closed = true
	d.settle.Stop()
	err := guard(d.badger.Close)
	os.Remove(filepath.Join(d.dir, markerName))
	if err != nil {
		return err
	}
	return writeClean(d.dir, d.key)
}

// Size is how many bytes the folder takes on disk.
func (d *DB) Size() (int64, error) {
	entries, err := os.ReadDir(d.dir)
	if err != nil {
		return 0, err
	}
	var n int64
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			n += info.Size()
		}
	}
	return n, nil
}

// alive holds the database open while fn runs.
func (d *DB) alive(fn func() error) error {
	d.life.RLock()
	defer d.life.RUnlock()
	if d.closed {
		return errClosed
	}
	return fn()
}

// guard runs a call of Badger's: it panics where damaged bytes surprise it.
func guard(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = ErrDamaged.Wrap(fmt.Errorf("panic: %v", p))
		}
	}()
	err = fn()
	var f *fault.Fault
	if err == nil || errors.As(err, &f) {
		return err
	}
	return ErrDamaged.Wrap(err)
}

// logger hands Badger's words to the caller.
type logger struct{ fn func(level, text string) }

func (l logger) say(level, format string, args []any) {
	if l.fn != nil {
		l.fn(level, strings.TrimSpace(fmt.Sprintf(format, args...)))
	}
}

func (l logger) Errorf(format string, args ...any)   { l.say("error", format, args) }
func (l logger) Warningf(format string, args ...any) { l.say("warning", format, args) }
func (l logger) Infof(format string, args ...any)    { l.say("info", format, args) }
func (l logger) Debugf(string, ...any)               {}
