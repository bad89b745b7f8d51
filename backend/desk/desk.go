package desk

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
	"jiesu/backend/sharedfolder"
)

// MemoryLimit is what the programs tell Go's collector to keep to (bytes), for
// the heaviest work: bulk load has a budget of 400 MB. A lower one makes the
// collector run without end while the database compacts.
const MemoryLimit = 300 << 20

// Assets are the data the program ships, one file system per folder.
type Assets struct {
	Regimes, Calendars, Letters, Fonts fs.FS
}

// Options open a desk. Assets and Dir are needed.
type Options struct {
	Dir     string           // data folder
	Assets  Assets           //
	Now     func() time.Time // the clock; nil: the system's
	Log     func(line string)
	Version string
	Built   time.Time // build date: a clock before it is wrong
	// Background exchanges with the shared folder by itself while the desk is
	// open; without it only ShareSync does.
	Background bool
	Book       casebook.Options // for tests: the cost of passwords and the like; Dir, Rules, Now and Log are set here
	// Regimes and Templates, for tests, are used instead of those in Assets.
	Regimes   *regime.Book
	Templates []*letter.Template
	// Folder opens shared folders, for tests; nil: the real ones.
	Folder func(path string) (sharedfolder.FS, error)
}

// Desk is a data folder and what can be done with it. Its methods may be
// called concurrently.
type Desk struct {
	o     Options
	rules casebook.Rules

	mu   sync.RWMutex
	book *casebook.Book // nil until created or unlocked

	subs      map[int]func(kind string, ids []string)
	nextSub   int
	subMu     sync.Mutex
	unfollow  func()
	letterSet lettersOnce
	looks     looked
	share     shareState
	mailMu    sync.Mutex    // one import at a time
	wake      chan struct{} // something is to be exchanged now
}

// New prepares a desk. The data folder need not exist yet.
func New(o Options) (*Desk, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	regimes := o.Regimes
	if regimes == nil {
		var err error
		if regimes, err = regime.Load(o.Assets.Regimes); err != nil {
			return nil, err
		}
	}
	cal, err := calendar.Load(o.Assets.Calendars)
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fault.New(fault.Usage, "data-folder", "数据文件夹的位置不对", "请检查 --data 或 JIESU_DATA").Wrap(err)
	}
	o.Dir = dir
	return &Desk{o: o, rules: casebook.Rules{Regimes: regimes, Calendar: cal}, subs: map[int]func(string, []string){}, wake: make(chan struct{}, 1)}, nil
}

func (d *Desk) bookOptions() casebook.Options {
	o := d.o.Book
	o.Dir, o.Rules, o.Now, o.Log = d.o.Dir, d.rules, d.o.Now, d.o.Log
	return o
}

// open gives the unlocked book.
func (d *Desk) open() (*casebook.Book, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.book == nil {
		return nil, fault.New(fault.Forbidden, "not-unlocked", "还没有登录", "请先选择人员并输入密码")
	}
	return d.book, nil
}

// entered gives the book and who is at the desk.
func (d *Desk) entered() (*casebook.Book, casebook.Me, error) {
	book, err := d.open()
	if err != nil {
		return nil, casebook.Me{}, err
	}
	me, err := book.Me()
	return book, me, err
}

// writable is entered for those who may act; ctx is checked first.
func (d *Desk) writable(ctx context.Context) (*casebook.Book, casebook.Me, error) {
	if err := ctx.Err(); err != nil {
		return nil, casebook.Me{}, err
	}
	book, me, err := d.entered()
	if err != nil {
		return nil, me, err
	}
	if err := book.ReadOnly(); err != nil {
		return nil, me, err
	}
	if !me.Has("handler") && !me.Has("admin") {
		return nil, me, fault.New(fault.Forbidden, "may-not-act", "您的角色只能查看，不能办理", "请由经办人员办理，或请管理员调整角色")
	}
	return book, me, nil
}

func (d *Desk) setBook(book *casebook.Book) {
	d.mu.Lock()
	d.book = book
	d.mu.Unlock()
	if book != nil {
		d.unfollow = book.Subscribe(d.changed)
	}
}

// Close gives the data folder back.
func (d *Desk) Close() error {
	d.stopShare()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.book == nil {
		return nil
	}
	if d.unfollow != nil {
		d.unfollow()
	}
	err := d.book.Close()
	d.book = nil
	return err
}

func (d *Desk) changed(c casebook.Change) {
	d.hurry()
	d.subMu.Lock()
	defer d.subMu.Unlock()
	for _, fn := range d.subs {
		if len(c.Cases) > 0 {
			fn("cases", c.Cases)
		}
		if len(c.Messages) > 0 {
			fn("messages", c.Messages)
		}
		if c.Office {
			fn("office", nil)
		}
	}
}

func (d *Desk) tell(kind string) {
	d.subMu.Lock()
	defer d.subMu.Unlock()
	for _, fn := range d.subs {
		fn(kind, nil)
	}
}

// Subscribe tells the window what changed; kind is cases, messages, share or
// office. fn must be quick.
func (d *Desk) Subscribe(fn func(kind string, ids []string)) (cancel func()) {
	d.subMu.Lock()
	defer d.subMu.Unlock()
	id := d.nextSub
	d.nextSub++
	d.subs[id] = fn
	return func() {
		d.subMu.Lock()
		defer d.subMu.Unlock()
		delete(d.subs, id)
	}
}

func isCode(err error, code string) bool {
	var f *fault.Fault
	return errors.As(err, &f) && f.Code == code
}
