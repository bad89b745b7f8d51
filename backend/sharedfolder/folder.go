package sharedfolder

import (
	"context"
	"errors"
	"sync"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

// Head is the last entry of an unbroken row.
type Head struct {
	Seq uint64     `json:"seq"`
	ID  journal.ID `json:"id"`
}

// Source is the history held durably on this machine.
type Source interface {
	// Heads gives for every replica, this one included, the last entry up to
	// which everything is held.
	Heads() map[string]Head
	// Holds reports whether an entry is held, in whatever branch.
	Holds(id journal.ID) bool
	// Records reads at most limit entries of the row that ends in the head,
	// beginning with from. Fewer are fine, none means there are none.
	Records(ctx context.Context, replica string, from uint64, limit int) ([]journal.Record, error)
}

// Sink takes what arrived. When it returns without error every entry is
// durable or refused for good; accepted counts those that were new. Entries
// come in the order of their chain; one may have a number that is held already
// under another id (the other branch of a fork).
type Sink interface {
	Receive(ctx context.Context, received []Received) (accepted int, err error)
}

// Keys gives the space's epoch keys. Before admission there is no current one
// and epoch is empty.
type Keys interface {
	Current() (epoch string, key seal.Key)
	Epoch(id string) (seal.Key, bool)
}

// BlobStore is the encrypted files on this machine, named by the SHA-256 of
// their ciphertext in hex.
type BlobStore interface {
	// Offer names files that go to the folder and were not yet reported Sent.
	Offer(limit int) []string
	Sent(hash string)
	// Want names files that entries speak of and that are not here.
	Want(limit int) []string
	Export(ctx context.Context, hash string) ([]byte, error)
	Import(ctx context.Context, hash string, ciphertext []byte) error
}

// Ledger remembers on this machine which segments were read and taken over.
// Losing it, or restoring an old one, only costs reading them again; that is
// also how a restored machine finds what it wrote before.
type Ledger interface {
	Checked(key string) bool
	Check(keys ...string) error
}

// Options of a Folder. Self, Space, Open, Source, Sink, Keys and Now are needed.
type Options struct {
	Path   string // for people only
	Open   func() (FS, error)
	Space  Space
	Self   string // key id of this replica
	Source Source
	Sink   Sink
	Keys   Keys
	Blobs  BlobStore // nil: no files
	Ledger Ledger    // nil: kept in memory
	Now    func() time.Time
	// TimeLimit of one call to the folder; negative: none, everything in place.
	TimeLimit time.Duration
	// Sleep between tries; nil waits for real.
	Sleep func(context.Context, time.Duration) error
}

// Folder exchanges with one shared folder. It is safe for concurrent use; one
// round runs at a time.
type Folder struct {
	o       Options
	patient *patient
	codec   *codec

	mu       sync.Mutex // one round at a time
	own      map[string]*ownSegment
	parked   map[string]*parked // by path
	acks     map[string]ack     // newest known, by replica
	ahead    map[string]time.Duration
	seen     map[string]uint64 // highest number seen in the folder, by author
	lastDeep time.Time
	lastTurn time.Time            // of the slow rotation over own segments
	missing  map[string]time.Time // since when somebody else's entries are missing there
	ackState ackState
	tidied   bool

	statusMu sync.Mutex // guards health alone, so that asking never waits for a round
	health   Health
}

// Intervals of the slow work.
const (
	deepEvery   = 5 * time.Minute  // all buckets are listed
	turnEvery   = time.Minute      // one own segment is read again
	readBack    = 2 * time.Second  // not at once: that would read our own cache
	lostAfter   = 30 * time.Second // a new file unlisted for so long is lost
	relayAfter  = 15 * time.Minute // others' missing entries are put back
	ackEvery    = 10 * time.Second
	readsAuthor = 512 // segments read of one author in one round
)

// New prepares the exchange; it touches nothing.
func New(o Options) (*Folder, error) {
	if !replicaName.MatchString(o.Self) || !o.Space.valid() || o.Open == nil || o.Source == nil ||
		o.Sink == nil || o.Keys == nil || o.Now == nil {
		return nil, fault.New(fault.Failed, "folder-options", "共享文件夹的设置不完整", "请重新设置共享文件夹")
	}
	c, err := newCodec(o.Space.ID, o.Keys)
	if err != nil {
		return nil, err
	}
	if o.TimeLimit == 0 {
		o.TimeLimit = defaultTimeLimit
	}
	if o.Sleep == nil {
		o.Sleep = waitContext
	}
	if o.Ledger == nil {
		o.Ledger = memoryLedger{}
	}
	return &Folder{o: o, patient: newPatient(o.TimeLimit), codec: c,
		own: map[string]*ownSegment{}, parked: map[string]*parked{}, acks: map[string]ack{},
		ahead: map[string]time.Duration{}, seen: map[string]uint64{},
		missing: map[string]time.Time{},
		health:  Health{Path: o.Path, Space: o.Space.ID}}, nil
}

type memoryLedger map[string]bool

func (m memoryLedger) Checked(key string) bool { return m[key] }
func (m memoryLedger) Check(keys ...string) error {
	for _, k := range keys {
		m[k] = true
	}
	return nil
}

// Result is what one round did.
type Result struct {
	Published int // entries that went out
	Received  int // new entries that came in
	Files     int // encrypted files moved, both ways
	Unsent    int // own entries not in the folder
	Offices   []Office
	Waiting   []Waiting // segments whose earlier entries are not here yet
	Skipped   []Skipped // files left alone, with the reason
	Fork      *Fork
	NoKey     bool // not yet admitted: 等待接纳
	More      bool // there is more to read: come back at once
}

// Office is one other replica of the space.
type Office struct {
	Replica string
	Held    uint64            // number up to which we hold its entries
	Seen    uint64            // highest number seen in the folder
	Ahead   time.Duration     // its clock stood so far ahead of ours at its last entry (时钟异常)
	Acked   map[string]uint64 // what it says it holds, by replica
	AckedAt time.Time         // when it said so, by its clock
}

// Waiting is a segment that came before an earlier one.
type Waiting struct {
	Replica     string
	First, Last uint64
}

// Skipped is a file that was left alone.
type Skipped struct{ File, Why string }

// Fork is history signed with this replica's key that this machine does not
// hold: it was restored or cloned. Nothing of our own is published until the
// caller goes on under a new key.
type Fork struct {
	At      uint64 // the last number before the unknown entries
	Entries []Received
}

// round is the state of one Exchange.
type round struct {
	*Folder
	p      *patient
	w      writer
	now    time.Time
	deep   bool
	heads  map[string]Head
	view   *view
	slow   int // listings that timed out
	result Result
}

func (r *round) ownDir() string { return replicaBase + "/" + r.o.Self }

// Exchange publishes and receives once. Its error says why nothing could be
// exchanged or what stopped it; the Result holds what was done before.
func (f *Folder) Exchange(ctx context.Context) (Result, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.o.Now()
	r := &round{Folder: f, now: now, deep: f.lastDeep.IsZero() || now.Sub(f.lastDeep) >= deepEvery || now.Before(f.lastDeep)}
	err := r.run(ctx)
	r.finish(err)
	return r.result, err
}

func (r *round) open(ctx context.Context) (func(), error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inner, err := wait(ctx, r.patient, "", r.o.Open)
	if err != nil {
		return nil, ErrOffline.Wrap(err)
	}
	r.p = r.patient.over(inner)
	r.w = writer{r.p, r.o.Sleep}
	if err := checkMarker(ctx, r.p, r.o.Space); err != nil {
		inner.Close()
		return nil, err
	}
	return func() { inner.Close() }, nil
}

func (r *round) run(ctx context.Context) error {
	done, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := r.scan(ctx); err != nil {
		return err
	}
	if epoch, _ := r.o.Keys.Current(); epoch == "" {
		r.result.NoKey = true
		return nil
	}
	r.heads = r.o.Source.Heads()
	if err := r.receiveOwn(ctx); err != nil {
		return err
	}
	var wrote error
	if r.result.Fork == nil {
		r.verifyOwn(ctx)
		wrote = r.publish(ctx)
	}
	if err := r.receive(ctx); err != nil {
		return err
	}
	if r.deep {
		r.lastDeep = r.now
	}
	// A folder that cannot be written to can still be read.
	files := r.moveBlobs(ctx)
	return writeFault(errors.Join(wrote, r.readAcks(ctx), r.writeAck(ctx), r.relayMissing(ctx), files))
}
