package sharedfolder_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

type signer struct{ key ed25519.PrivateKey }

func (s signer) Public() journal.PublicKey {
	return journal.PublicKey(s.key.Public().(ed25519.PublicKey))
}
func (s signer) Sign(m []byte) ([]byte, error) { return ed25519.Sign(s.key, m), nil }

func testSigner(name string) signer {
	seed := sha256.Sum256([]byte("test key " + name))
	return signer{ed25519.NewKeyFromSeed(seed[:])}
}

var space = sharedfolder.Space{ID: strings.Repeat("5a", 16), Root: strings.Repeat("0e", 32), Created: start}

// keyRing is a fixed set of epoch keys.
type keyRing struct {
	current string
	keys    map[string]seal.Key
}

func (k *keyRing) Current() (string, seal.Key)      { return k.current, k.keys[k.current] }
func (k *keyRing) Epoch(id string) (seal.Key, bool) { key, ok := k.keys[id]; return key, ok }

func testKeys() *keyRing {
	var a, b seal.Key
	copy(a[:], "test key of epoch one, 32 bytes.")
	copy(b[:], "test key of epoch two, 32 bytes.")
	return &keyRing{current: "e1", keys: map[string]seal.Key{"e1": a, "e2": b}}
}

// office is a replica whose journal is in memory; what it holds it never loses.
type office struct {
	t     testing.TB
	name  string
	key   signer
	clock func() time.Time
	chain map[string][]journal.Record // by replica, the row that ends in the head
	ids   map[string][]journal.ID
	holds map[journal.ID]bool
	side  []sharedfolder.Received // entries beside the row: the other branch of a fork
	keys  *keyRing
	full  bool // the sink refuses
	blobs blobs
	*sharedfolder.Folder
}

func newOffice(t testing.TB, name string, open func() (sharedfolder.FS, error), now func() time.Time, change ...func(*sharedfolder.Options)) *office {
	o := &office{t: t, name: name, key: testSigner(name), clock: now, chain: map[string][]journal.Record{},
		ids: map[string][]journal.ID{}, holds: map[journal.ID]bool{}, keys: testKeys(),
		blobs: blobs{held: map[string][]byte{}, sent: map[string]bool{}}}
	o.start(open, change...)
	return o
}

// start is a start of the program: everything but the journal is forgotten.
func (o *office) start(open func() (sharedfolder.FS, error), change ...func(*sharedfolder.Options)) {
	options := sharedfolder.Options{Path: "/mnt/share", Open: open, Space: space, Self: o.id(), Source: o, Sink: o,
		Keys: o.keys, Blobs: &o.blobs, Now: o.clock, TimeLimit: -1,
		Sleep: func(context.Context, time.Duration) error { return nil }}
	for _, c := range change {
		c(&options)
	}
	folder, err := sharedfolder.New(options)
	if err != nil {
		o.t.Fatal(err)
	}
	o.Folder = folder
}

func (o *office) id() string { return o.key.Public().KeyID() }

func (o *office) Heads() map[string]sharedfolder.Head {
	out := map[string]sharedfolder.Head{}
	for replica, ids := range o.ids {
		out[replica] = sharedfolder.Head{Seq: uint64(len(ids)), ID: ids[len(ids)-1]}
	}
	return out
}

func (o *office) Holds(id journal.ID) bool { return o.holds[id] }

func (o *office) Records(_ context.Context, replica string, from uint64, limit int) ([]journal.Record, error) {
	row := o.chain[replica]
	if from > uint64(len(row)) {
		return nil, nil
	}
	return row[from-1 : min(int(from)-1+limit, len(row))], nil
}

func (o *office) Receive(_ context.Context, received []sharedfolder.Received) (int, error) {
	if o.full {
		return 0, errors.New("disk full")
	}
	n := 0
	for _, r := range received {
		if r.Entry.Prev != "" && !o.holds[r.Entry.Prev] {
			o.t.Fatalf("%s: entry %d came before the one it follows", o.name, r.Entry.Seq)
		}
		if o.holds[r.Entry.ID] {
			continue
		}
		n++
		o.take(r)
	}
	return n, nil
}

func (o *office) take(r sharedfolder.Received) {
	replica := r.Entry.ReplicaID()
	o.holds[r.Entry.ID] = true
	if r.Entry.Seq != uint64(len(o.ids[replica]))+1 {
		o.side = append(o.side, r)
		return
	}
	o.ids[replica] = append(o.ids[replica], r.Entry.ID)
	o.chain[replica] = append(o.chain[replica], journal.Record{Entry: r.Entry.Bytes, Keys: r.Keys})
}

// write appends an entry of this office.
func (o *office) write(text string) journal.ID {
	o.t.Helper()
	ids := o.ids[o.id()]
	d := journal.Draft{Seq: uint64(len(ids)) + 1, Clock: journal.Stamp{Millis: o.clock().UnixMilli()},
		Streams: []journal.Stream{{ID: "case:1"}}, Parts: []journal.SealedPart{{Key: "k", Bytes: []byte(text)}}}
	if len(ids) > 0 {
		d.Prev = ids[len(ids)-1]
	}
	e, err := journal.Write(d, testSigner("officer "+o.name), o.key)
	if err != nil {
		o.t.Fatal(err)
	}
	o.take(sharedfolder.Received{Entry: e, Keys: []journal.KeyGrant{{ID: "k", Key: []byte("content key")}}})
	return e.ID
}

func (o *office) writeMany(n int) {
	for i := range n {
		o.write(fmt.Sprint("act ", i))
	}
}

// sync is an exchange that must succeed.
func (o *office) sync() sharedfolder.Result {
	o.t.Helper()
	r, err := o.Exchange(context.Background())
	if err != nil {
		o.t.Fatalf("%s: %v", o.name, err)
	}
	return r
}

// dir is the office's own sub-folder.
func (o *office) dir() string { return "jiesu/r/" + o.id() }

// held counts the entries of another office that this one holds.
func (o *office) held(of *office) int { return len(o.ids[of.id()]) }

// state is everything held, for comparing offices.
func (o *office) state() string {
	var all []string
	for id := range o.holds {
		all = append(all, string(id))
	}
	sort.Strings(all)
	return strings.Join(all, "\n")
}

// blobs are encrypted files in memory.
type blobs struct {
	held map[string][]byte
	sent map[string]bool
	want []string
}

func (b *blobs) add(data string) string {
	sum := sha256.Sum256([]byte(data))
	hash := hex.EncodeToString(sum[:])
	b.held[hash] = []byte(data)
	b.sent[hash] = false
	return hash
}

func (b *blobs) Offer(limit int) (out []string) {
	for hash, sent := range b.sent {
		if !sent {
			out = append(out, hash)
		}
	}
	slices.Sort(out)
	return out[:min(len(out), limit)]
}
func (b *blobs) Sent(hash string) { b.sent[hash] = true }
func (b *blobs) Want(int) (out []string) {
	for _, hash := range b.want {
		if b.held[hash] == nil {
			out = append(out, hash)
		}
	}
	return out
}
func (b *blobs) Export(_ context.Context, hash string) ([]byte, error) { return b.held[hash], nil }
func (b *blobs) Import(_ context.Context, hash string, data []byte) error {
	b.held[hash] = data
	return nil
}

// town is some offices around one lying folder, with a clock of their own.
type town struct {
	t       testing.TB
	store   *sharedfoldertest.Store
	now     time.Time
	views   []*sharedfoldertest.View
	offices []*office
}

func newTown(t testing.TB, seed uint64, names ...string) *town {
	w := &town{t: t, store: sharedfoldertest.New(seed), now: start}
	if err := sharedfolder.Create(context.Background(), w.store.View().Open, space); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		w.add(name)
	}
	return w
}

func (w *town) add(name string) *office {
	view := w.store.View()
	o := newOffice(w.t, name, view.Open, func() time.Time { return w.now })
	w.views, w.offices = append(w.views, view), append(w.offices, o)
	return o
}

func (w *town) pass(d time.Duration) { w.now = w.now.Add(d) }

// rounds lets everybody exchange some times, ten seconds apart.
func (w *town) rounds(n int) {
	w.t.Helper()
	for range n {
		for _, o := range w.offices {
			o.sync()
		}
		w.pass(10 * time.Second)
	}
}

// segments names the segment files below a folder.
func (w *town) segments(below string) (out []string) {
	for _, file := range w.store.Files() {
		if strings.HasPrefix(file, below) && strings.HasSuffix(file, ".seg") {
			out = append(out, file)
		}
	}
	return out
}

func says(skipped []sharedfolder.Skipped, file, why string) bool {
	return slices.ContainsFunc(skipped, func(s sharedfolder.Skipped) bool {
		return strings.HasSuffix(s.File, file) && strings.Contains(s.Why, why)
	})
}

// golden compares with a file whose content may never change.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%s: what is written today differs from format 0 (%v):\n%s", file, err, got)
	}
}
