package desk

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/sharedfolder"
)

// Local records of the exchange.
const (
	shareKind      = "share"      // "setup": shareSetup, "epochs": casebook.EpochKeys
	invitationKind = "invitation" // by id: issuedInvitation
	segmentKind    = "segment"    // segments that were read
)

// invitationUses and invitationDays limit an invitation.
const (
	invitationUses = 1
	invitationDays = 14
)

// shareSetup is what this machine knows of its shared folder.
type shareSetup struct {
	Folder     string             `json:"folder"`
	Space      sharedfolder.Space `json:"space"`
	Invitation []byte             `json:"invitation,omitempty"` // while waiting, and to recognise answers
	Joined     bool               `json:"joined"`               // may read the space
}

// answerFirst is after how long an answer that nobody took up is given again.
const answerFirst = 5 * time.Minute

type answered struct {
	at    time.Time
	times int
}

// shareState is the exchange of an open desk.
type shareState struct {
	mu   sync.Mutex // one round or change at a time
	for_ string     // replica and folder the exchange was made for

	answers map[string]answered // answers given again, by replica
	askedAt time.Time           // when this machine asked to join

	filesAt    time.Time // when sent files were looked after
	filesAfter string    // and up to which
	filesTurn  int       // how often

	logMu  sync.Mutex
	folder *sharedfolder.Folder // changed under both
	lines  []string
	forked string
	asks   []JoinAsk
	stop   context.CancelFunc
	done   chan struct{}
}

var errNoShare = fault.New(fault.Refused, "no-shared-folder", "还没有设置共享文件夹", "先用 share create 建立，或用邀请文件加入（share join）")

func setupOf(book *casebook.Book) (s shareSetup, ok bool, err error) {
	ok, err = book.Local(shareKind, "setup", &s)
	return s, ok, err
}

// ShareCreate makes a shared folder the meeting place of a new space.
func (d *Desk) ShareCreate(ctx context.Context, folder string) (string, error) {
	book, me, err := d.shareAdmin(ctx)
	if err != nil {
		return "", err
	}
	d.share.mu.Lock()
	defer d.share.mu.Unlock()
	s, has, err := setupOf(book)
	if err != nil {
		return "", err
	}
	path, err := filepath.Abs(folder)
	if err != nil {
		return "", sharedfolder.ErrNoFolder.Wrap(err)
	}
	if has && s.Folder != path && !s.Joined {
		return "", fault.New(fault.Refused, "share-waiting", "正在等待加入另一个共享空间", "请先等待接纳")
	}
	if !has {
		s.Space = sharedfolder.NewSpace(me.Unit.RootKey.KeyID(), d.o.Now())
	}
	s.Folder, s.Joined = path, true
	if err := sharedfolder.Create(ctx, d.opener(path), s.Space); err != nil {
		return "", err
	}
	var epochs casebook.EpochKeys
	if found, err := book.Local(shareKind, "epochs", &epochs); err != nil {
		return "", err
	} else if !found {
		k := seal.New()
		epochs = casebook.EpochKeys{Now: seal.ID(k), Keys: map[string][]byte{seal.ID(k): append([]byte(nil), k[:]...)}}
	}
	err = book.PutLocal(ctx, casebook.Local{Kind: shareKind, ID: "setup", Value: s}, casebook.Local{Kind: shareKind, ID: "epochs", Value: epochs})
	d.say("建立共享空间：" + path)
	return s.Space.ID, err
}

func (d *Desk) opener(path string) func() (sharedfolder.FS, error) {
	return func() (sharedfolder.FS, error) {
		if d.o.Folder != nil {
			return d.o.Folder(path)
		}
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return nil, sharedfolder.ErrOffline.Wrap(err)
		}
		return sharedfolder.OpenDir(path)
	}
}

// shareAdmin is writable for an administrator.
func (d *Desk) shareAdmin(ctx context.Context) (*casebook.Book, casebook.Me, error) {
	book, me, err := d.writable(ctx)
	if err == nil && !me.Has(office.Administrator) {
		err = fault.New(fault.Forbidden, "admin-only", "只有管理员可以设置共享文件夹", "请由管理员办理")
	}
	return book, me, err
}

// issuedInvitation is an invitation this machine gave out.
type issuedInvitation struct {
	Invitation sharedfolder.Invitation `json:"invitation"`
	Used       int                     `json:"used"`
	For        []string                `json:"for,omitempty"` // replicas that were admitted by it
}

// ShareInvite makes an invitation file, to be handed over in person.
func (d *Desk) ShareInvite(ctx context.Context) ([]byte, error) {
	book, _, err := d.shareAdmin(ctx)
	if err != nil {
		return nil, err
	}
	s, has, err := setupOf(book)
	if err != nil || !has || !s.Joined {
		return nil, firstError(err, errNoShare)
	}
	v := sharedfolder.NewInvitation(s.Space, sharedHeads(book), invitationUses, d.o.Now().AddDate(0, 0, invitationDays))
	if err := book.PutLocal(ctx, casebook.Local{Kind: invitationKind, ID: v.ID, Value: issuedInvitation{Invitation: v}}); err != nil {
		return nil, err
	}
	return v.Encode()
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func sharedHeads(book *casebook.Book) map[string]sharedfolder.Head {
	out := map[string]sharedfolder.Head{}
	for r, h := range book.Heads() {
		out[r] = sharedfolder.Head{Seq: h.Seq, ID: h.ID}
	}
	return out
}

// exchangeBook is the book as package sharedfolder asks for it.
type exchangeBook struct{ *casebook.Book }

func (b exchangeBook) Heads() map[string]sharedfolder.Head { return sharedHeads(b.Book) }

func (b exchangeBook) Receive(ctx context.Context, in []sharedfolder.Received) (int, error) {
	records := make([]journal.Record, len(in))
	for i, r := range in {
		records[i] = journal.Record{Entry: r.Entry.Bytes, Keys: r.Keys}
	}
	return b.Book.Receive(ctx, records)
}

// Checked and Check remember which segments were read.
func (b exchangeBook) Checked(key string) bool {
	var at string
	found, err := b.Local(segmentKind, key, &at)
	return found && err == nil
}

func (b exchangeBook) Check(keys ...string) error {
	var all []casebook.Local
	for _, k := range keys {
		all = append(all, casebook.Local{Kind: segmentKind, ID: k, Value: ""})
	}
	if len(all) == 0 {
		return nil
	}
	return b.PutLocal(context.Background(), all...)
}

// spaceKeys reads the ring anew each time: an admission may have come.
type spaceKeys struct{ book *casebook.Book }

func (k spaceKeys) ring() (e casebook.EpochKeys) {
	k.book.Local(shareKind, "epochs", &e) // none yet: an empty ring
	return e
}

func (k spaceKeys) Current() (string, seal.Key)      { return k.ring().Current() }
func (k spaceKeys) Epoch(id string) (seal.Key, bool) { return k.ring().Epoch(id) }

// exchange gives the exchange with the folder in use; share.mu is held.
func (d *Desk) exchange(book *casebook.Book, s shareSetup) (*sharedfolder.Folder, error) {
	want := book.Replica() + " " + s.Folder
	if d.share.folder != nil && d.share.for_ == want {
		return d.share.folder, nil
	}
	eb := exchangeBook{book}
	o := sharedfolder.Options{Path: s.Folder, Open: d.opener(s.Folder), Space: s.Space, Self: book.Replica(),
		Source: eb, Sink: eb, Keys: spaceKeys{book}, Blobs: book, Ledger: eb, Now: d.o.Now}
	if d.o.Folder != nil {
		o.TimeLimit, o.Sleep = -1, func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	}
	f, err := sharedfolder.New(o)
	if err == nil {
		d.share.logMu.Lock()
		d.share.folder, d.share.for_ = f, want
		d.share.logMu.Unlock()
	}
	return f, err
}

// openBlob opens a file; one that is not here, because it is large, is brought
// now.
func (d *Desk) openBlob(ctx context.Context, book *casebook.Book, ref complaint.BlobRef) (io.ReadCloser, error) {
	d.share.logMu.Lock()
	f := d.share.folder
	d.share.logMu.Unlock()
	if f != nil && !book.HasBlob(ref.Hash) {
		if err := f.FetchBlob(ctx, ref.Hash); err != nil {
			return nil, err
		}
	}
	return book.OpenBlob(ref)
}

// reached says how many offices hold the case's last entry.
func (d *Desk) reached(book *casebook.Book, c *complaint.Case) string {
	d.share.logMu.Lock()
	f := d.share.folder
	d.share.logMu.Unlock()
	if f == nil {
		return ""
	}
	return reachedText(book, c, f)
}

func (d *Desk) say(line string) {
	d.share.logMu.Lock()
	defer d.share.logMu.Unlock()
	d.share.lines = append(d.share.lines, zoned(d.o.Now()).Format("15:04 ")+line)
	if n := len(d.share.lines); n > 200 {
		d.share.lines = d.share.lines[n-200:]
	}
}

func decodeJSON(raw []byte, into any) bool { return json.Unmarshal(raw, into) == nil }
