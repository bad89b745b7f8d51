package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// The search index finds the documents whose text contains given words, for
// Chinese as for numbers: not words of a dictionary but any run of characters.
//
// Texts and queries must be folded alike by the caller (NFKC, lower case); the
// index compares runes. It keeps no texts: the caller gives them when asked.
//
// A document has a small number. The newest documents are the tail: their
// texts are in memory and are searched one by one. Maintain turns a full tail
// into a segment: for every gram (one and two wide characters, three of ASCII)
// the documents it occurs in, in pages of about 16 KB, of which only the first
// gram stands in memory. Eight segments of a size are merged into one. A text
// that changes goes into the tail again; home says which place is the current
// one, what stands elsewhere is dropped when segments are merged.
const (
	indexKey = 0x02
	// Kinds of the index's keys, the second byte.
	tailKind    = 'T' // document: its text is in the tail
	segmentKind = 'S' // segment: its level
	garbageKind = 'G' // segment: unfinished or merged, to be removed
	docsKind    = 'D' // segment, chunk: document numbers by ordinal
	firstsKind  = 'F' // segment, chunk: the first gram of every page
	pageKind    = 'P' // segment, page

	tailDocs  = 1024
	tailBytes = 2 << 20
	mergeWays = 8
	maxDoc    = 1 << 28

	inTail = ^uint32(0) // home of a document whose text is in the tail
)

// Index is the search index of a database. Its methods may be called
// concurrently.
type Index struct {
	db   *DB
	text func(doc uint32) (string, error)

	work sync.Mutex // one Maintain at a time

	mu       sync.RWMutex
	tail     tail // takes what is put
	frozen   tail // is being written into a segment
	segments []*segment
	home     []uint32 // segment that holds a document's current text, 0: none
	next     uint32   // number of the next segment
	garbage  []uint32
}

// segment is what stays in memory of a segment.
type segment struct {
	id     uint32
	level  int
	docs   []uint32 // by ordinal
	firsts []uint64 // the first gram of every page
}

// tail holds the newest texts.
type tail struct {
	at    map[uint32]int
	docs  []uint32
	texts []string
	bytes int
}

func (t *tail) put(doc uint32, text string) {
	if t.at == nil {
		t.at = map[uint32]int{}
	}
	i, ok := t.at[doc]
	if !ok {
		i = len(t.docs)
		t.at[doc] = i
		t.docs, t.texts = append(t.docs, doc), append(t.texts, "")
	}
	t.bytes += len(text) - len(t.texts[i])
	t.texts[i] = text
}

func (t *tail) full() bool { return len(t.docs) >= tailDocs || t.bytes >= tailBytes }

// OpenIndex opens the index in a database. text gives a document's folded text
// and is asked for the newest documents only.
func OpenIndex(ctx context.Context, db *DB, text func(doc uint32) (string, error)) (*Index, error) {
	x := &Index{db: db, text: text, next: 1}
	var waiting []uint32
	err := db.View(func(t *Txn) error {
		if err := x.loadSegments(ctx, t); err != nil {
			return err
		}
		return t.Scan([]byte{indexKey, tailKind}, ScanOptions{KeysOnly: true}, func(key, _ []byte) error {
			if len(key) != 6 {
				return ErrDamaged
			}
			waiting = append(waiting, binary.BigEndian.Uint32(key[2:]))
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	for _, doc := range waiting {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		folded, err := text(doc)
		if err != nil {
			return nil, err
		}
		x.settle(doc, inTail)
		x.tail.put(doc, folded)
	}
	return x, nil
}

func (x *Index) loadSegments(ctx context.Context, t *Txn) error {
	err := t.Scan([]byte{indexKey, garbageKind}, ScanOptions{KeysOnly: true}, func(key, _ []byte) error {
		if len(key) != 6 {
			return ErrDamaged
		}
		x.garbage = append(x.garbage, binary.BigEndian.Uint32(key[2:]))
		return nil
	})
	if err != nil {
		return err
	}
	err = t.Scan([]byte{indexKey, segmentKind}, ScanOptions{}, func(key, value []byte) error {
		if len(key) != 6 || len(value) != 1 {
			return ErrDamaged
		}
		x.segments = append(x.segments, &segment{id: binary.BigEndian.Uint32(key[2:]), level: int(value[0])})
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range x.segments { // in order, so that the newest home wins
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.load(t); err != nil {
			return err
		}
		for _, doc := range s.docs {
			if doc >= maxDoc {
				return ErrDamaged
			}
			x.settle(doc, s.id)
		}
		x.next = max(x.next, s.id+1)
	}
	for _, id := range x.garbage {
		x.next = max(x.next, id+1)
	}
	return nil
}

// settle notes where a document's current text is.
func (x *Index) settle(doc, home uint32) {
	if n := int(doc) + 1; n > len(x.home) {
		x.home = slices.Grow(x.home, n-len(x.home))[:n]
	}
	x.home[doc] = home
}

// Put gives a document its text, new or changed, when t is committed.
func (x *Index) Put(t *Txn, doc uint32, folded string) error {
	if doc >= maxDoc {
		return errKey
	}
	if err := t.set(indexKeyOf(tailKind, doc), nil); err != nil {
		return err
	}
	folded = strings.Clone(folded) // not to hold on to what it was cut from
	t.onCommit(func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.settle(doc, inTail)
		x.tail.put(doc, folded)
	})
	return nil
}

// Delete takes a document out of the index when t is committed. OpenIndex may
// ask for its text once more; it is then empty.
func (x *Index) Delete(t *Txn, doc uint32) error { return x.Put(t, doc, "") }

// Search finds the documents that contain every word of query (split at
// spaces), newest first, at most limit (0: all); more says that there are
// others. verify decides about a candidate: the index offers some that have
// all grams but not the words. It may be nil if Exact(query).
func (x *Index) Search(ctx context.Context, query string, limit int, verify func(doc uint32) bool) (docs []uint32, more bool, err error) {
	words := strings.Fields(query)
	if len(words) == 0 {
		return nil, false, nil
	}
	found, err := x.candidates(ctx, words)
	if err != nil {
		return nil, false, err
	}
	for i := len(found) - 1; i >= 0; i-- {
		for word := found[i]; word != 0; {
			bit := bits.Len64(word) - 1
			word &^= 1 << bit
			doc := uint32(i*64 + bit)
			if verify != nil && !verify(doc) {
				continue
			}
			if limit > 0 && len(docs) == limit {
				return docs, true, nil
			}
			if docs = append(docs, doc); len(docs)%256 == 0 && ctx.Err() != nil {
				return nil, false, ctx.Err()
			}
		}
	}
	return docs, false, ctx.Err()
}

// candidates is a bit for every document that may contain all words.
func (x *Index) candidates(ctx context.Context, words []string) ([]uint64, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	found := make([]uint64, (len(x.home)+63)/64)
	mark := func(doc uint32) { found[doc/64] |= 1 << (doc % 64) }
	for _, t := range []*tail{&x.frozen, &x.tail} {
		for i, text := range t.texts {
			if newer := t == &x.frozen && x.tail.has(t.docs[i]); !newer && containsAll(text, words) {
				mark(t.docs[i])
			}
		}
	}
	plan := planQuery(words)
	err := x.db.View(func(t *Txn) error {
		for _, s := range x.segments {
			if err := ctx.Err(); err != nil {
				return err
			}
			ordinals, err := s.search(t, plan)
			if err != nil {
				return err
			}
			for _, o := range ordinals {
				if doc := s.docs[o]; x.home[doc] == s.id {
					mark(doc)
				}
			}
		}
		return nil
	})
	return found, err
}

func (t *tail) has(doc uint32) bool { _, ok := t.at[doc]; return ok }

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return text != ""
}

// Exact reports whether Search finds nothing but documents that contain the
// words, so that verify need not look at texts.
func Exact(query string) bool {
	words := strings.Fields(query)
	if len(words) > maxLookups {
		return false
	}
	for _, w := range words {
		if p := planQuery([]string{w}); len(p) != 1 || !p[0].exact {
			return false
		}
	}
	return true
}

// Stats are figures for the health page and for tests.
type Stats struct{ Documents, Tail, Segments, Pages, MemoryBytes int }

// Stats counts what the index holds.
func (x *Index) Stats() Stats {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := Stats{Tail: len(x.tail.docs) + len(x.frozen.docs), Segments: len(x.segments)}
	s.MemoryBytes = 4*cap(x.home) + x.tail.bytes + x.frozen.bytes
	for _, h := range x.home {
		if h != 0 {
			s.Documents++
		}
	}
	for _, seg := range x.segments {
		s.Pages += len(seg.firsts)
		s.MemoryBytes += 4*cap(seg.docs) + 8*cap(seg.firsts)
	}
	return s
}

func indexKeyOf(kind byte, numbers ...uint32) []byte {
	key := []byte{indexKey, kind}
	for _, n := range numbers {
		key = binary.BigEndian.AppendUint32(key, n)
	}
	return key
}

func byID(a, b *segment) int { return cmp.Compare(a.id, b.id) }
