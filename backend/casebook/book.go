package casebook

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"jiesu/backend/blobfile"
	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/office"
	"jiesu/backend/regime"
	"jiesu/backend/store"
	"jiesu/backend/vault"
	"jiesu/backend/view"
)

// Rules are the rulebooks and calendars that ship with the program; the office
// adds its own in the journal.
type Rules struct {
	Regimes  *regime.Book
	Calendar *calendar.Calendar
}

// Options open a book.
type Options struct {
	Dir   string
	Rules Rules
	Now   func() time.Time
	Log   func(line string) // technical lines, never with personal data
	Vault vault.Options
	// Journal settings, and something put before the folders of the logs, for
	// tests; the zero values are right.
	Journal journalfile.Options
	Disk    func(journalfile.Disk) journalfile.Disk
}

// Book is an open data folder. Its methods may be called concurrently.
type Book struct {
	opts  Options
	lock  *flock.Flock
	vault *vault.Vault

	mu      sync.Mutex // one writer at a time
	session *vault.Session
	replica *vault.Replica
	shared  *journalfile.Log
	local   *journalfile.Log
	db      *store.DB
	blobs   *blobfile.Folder
	clock   *journal.Clock
	seq     uint64
	prev    journal.ID
	readErr error // why nothing more may be written
	torn    bool  // the own chain has a hole
	holes   bool  // the log had damaged records when the database was filled from it

	state  sync.RWMutex // guards what follows
	office *office.State
	unit   string // own unit's id
	rules  Rules
	days   calendars
	table  *view.Table
	ring   *vault.Ring
	index  *store.Index
	report []string        // what the last opening found and did
	rowEnd map[string]Head // last entry of every replica's unbroken row

	listeners  listeners
	upkeeping  atomic.Bool
	background sync.WaitGroup
}

var (
	errLocked = fault.New(fault.Retry, "data-locked", "数据文件夹正在被另一个窗口使用", "请先关闭另一个窗口或正在运行的命令")
	errClosed = fault.New(fault.Forbidden, "not-unlocked", "还没有登录", "请先选择人员并输入密码")
)

// Open takes the folder for this process. Nothing is decrypted yet.
func Open(opts Options) (*Book, error) {
	v, err := vault.Open(opts.Dir, opts.Vault)
	if err != nil {
		return nil, err
	}
	b := newBook(opts)
	if err := b.take(); err != nil {
		return nil, err
	}
	b.vault = v
	return b, nil
}

func newBook(opts Options) *Book {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = func(string) {}
	}
	return &Book{opts: opts, lock: flock.New(filepath.Join(opts.Dir, "lock")), rules: opts.Rules}
}

func (b *Book) take() error {
	ok, err := b.lock.TryLock()
	if err != nil {
		return fault.New(fault.Failed, "data-folder", "数据文件夹打不开", "请检查磁盘和文件夹权限").Wrap(err)
	}
	if !ok {
		return errLocked
	}
	return nil
}

// Officers are the names that can unlock this folder.
func (b *Book) Officers() []string {
	var names []string
	for _, o := range b.vault.List() {
		names = append(names, o.Name)
	}
	return names
}

// Unlock lets an officer in, and the first time loads the book.
func (b *Book) Unlock(ctx context.Context, officer string, password []byte) error {
	session, err := b.vault.Unlock(officer, password)
	if err != nil {
		return err
	}
	if err := b.enter(ctx, session); err != nil {
		return err
	}
	return b.settle(ctx)
}

// Recover lets an officer in with the recovery code and gives a new password.
func (b *Book) Recover(ctx context.Context, code, officer string, password []byte) error {
	session, err := b.vault.Recover(code, officer, password)
	if err != nil {
		return err
	}
	if err := b.enter(ctx, session); err != nil {
		return err
	}
	return b.settle(ctx)
}

// settle sees to it that this machine writes under a key that is its own and
// that the office knows.
func (b *Book) settle(ctx context.Context) error {
	if err := b.restored(ctx); err != nil {
		return err
	}
	b.mu.Lock()
	torn, self := b.torn, b.replica.Public().KeyID()
	b.mu.Unlock()
	state := b.Office()
	switch {
	case state.Units[b.Unit()] == nil:
		return nil // its founding was never acknowledged
	case torn:
		return b.NewReplica(ctx)
	case state.Replicas[self] == nil: // the program died while it took up the key
		return b.introduce(ctx, nil)
	}
	return nil
}

func (b *Book) enter(ctx context.Context, session *vault.Session) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if old := b.session; old != nil && old != session { // the next officer sees with his own keys only
		defer old.Close()
	}
	b.session = session
	if b.db != nil {
		b.ring.Lock()
		return b.openIdentity(ctx)
	}
	if err := b.load(ctx); err != nil {
		b.unload()
		return err
	}
	return b.finishTogether(ctx)
}

// Unlocked reports whether an officer is in.
func (b *Book) Unlocked() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.db != nil && b.session != nil && !b.session.Locked()
}

// Lock wipes the officer's keys; exchange goes on under the replica's.
func (b *Book) Lock() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.session != nil {
		b.session.Lock()
	}
	if b.ring != nil {
		b.ring.Lock()
	}
}

// Close gives the folder back.
func (b *Book) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.unload()
	if b.session != nil {
		b.session.Close()
	}
	return errors.Join(err, b.lock.Unlock())
}

func (b *Book) unload() error {
	b.background.Wait()
	var errs []error
	if b.db != nil {
		errs = append(errs, b.db.Close())
	}
	for _, l := range []*journalfile.Log{b.shared, b.local} {
		if l != nil {
			errs = append(errs, l.Close())
		}
	}
	b.db, b.shared, b.local = nil, nil, nil
	return errors.Join(errs...)
}

// Dir is the data folder.
func (b *Book) Dir() string { return b.opts.Dir }

// Now is the book's clock.
func (b *Book) Now() time.Time { return b.opts.Now() }

// ClockBehind reports that the machine's clock stands before its own last
// entry: then no times are prefilled.
func (b *Book) ClockBehind() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.clock != nil && b.clock.Behind(b.opts.Now())
}

// ReadOnly says why nothing can be written, or nil.
func (b *Book) ReadOnly() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.readErr
}

// Report is what the last opening found and did, in plain words.
func (b *Book) Report() []string {
	b.state.RLock()
	defer b.state.RUnlock()
	return append([]string(nil), b.report...)
}

// Exists reports whether a folder holds a book.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "vault.json"))
	return err == nil
}

// ID makes a random 128-bit id in hex.
func (b *Book) ID() string { return randomID() }
