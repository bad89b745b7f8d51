package store

import (
	"context"
	"slices"
)

// NeedsWork reports that Maintain would do something.
func (x *Index) NeedsWork() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.tail.full() || len(x.garbage) > 0 || x.mergeable() != nil
}

// Maintain writes a full tail into a segment, merges segments and removes what
// was merged. Call it in the background after writing; other work goes on. A
// cancelled Maintain loses nothing.
func (x *Index) Maintain(ctx context.Context) error {
	x.work.Lock()
	defer x.work.Unlock()
	if err := x.removeGarbage(ctx); err != nil {
		return err
	}
	for {
		x.mu.RLock()
		full, from := x.tail.full(), x.mergeable()
		x.mu.RUnlock()
		var err error
		switch {
		case full: // first, because searching a long tail is slow
			err = x.writeTail(ctx)
		case from != nil:
			err = x.merge(ctx, from)
		default:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// writeTail makes a segment of the tail. Until it is committed the tail's
// texts are searched as before.
func (x *Index) writeTail(ctx context.Context) error {
	frozen := x.freeze()
	s, err := x.build(ctx, 0, frozen.docs, func(w *pageWriter) error { return invert(ctx, frozen.texts, w) })
	if err == nil {
		err = x.db.Update(func(t *Txn) error {
			for _, doc := range frozen.docs {
				if x.tail.has(doc) { // nothing is put while an update runs
					continue
				}
				if err := t.remove(indexKeyOf(tailKind, doc)); err != nil {
					return err
				}
			}
			return x.publish(t, s, nil)
		})
	}
	if err != nil {
		x.thaw()
	}
	return err
}

// freeze takes the tail, or so much of it as a segment should hold.
func (x *Index) freeze() tail {
	x.mu.Lock()
	defer x.mu.Unlock()
	all := x.tail
	x.frozen, x.tail = all, tail{}
	if len(all.docs) <= 2*tailDocs && all.bytes <= 2*tailBytes {
		return x.frozen
	}
	x.frozen = tail{}
	for i, doc := range all.docs {
		to := &x.frozen
		if to.full() {
			to = &x.tail
		}
		to.put(doc, all.texts[i])
	}
	return x.frozen
}

// thaw puts the frozen tail back after a failure.
func (x *Index) thaw() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i, doc := range x.frozen.docs {
		if !x.tail.has(doc) {
			x.tail.put(doc, x.frozen.texts[i])
		}
	}
	x.frozen = tail{}
}

// invert turns texts into postings: all pairs of gram and ordinal, sorted.
func invert(ctx context.Context, texts []string, w *pageWriter) error {
	var pairs []uint64
	for ordinal, text := range texts {
		start := len(pairs)
		grams(text, func(g uint64) { pairs = append(pairs, g<<(64-gramBits)|uint64(ordinal)) })
		// A document's own repetitions go first: that saves half the memory.
		slices.Sort(pairs[start:])
		pairs = pairs[:start+len(slices.Compact(pairs[start:]))]
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	pairs = sortByGram(pairs)
	var ordinals []uint32
	for i := 0; i < len(pairs); {
		gram := pairs[i] >> (64 - gramBits)
		ordinals = ordinals[:0]
		for ; i < len(pairs) && pairs[i]>>(64-gramBits) == gram; i++ {
			ordinals = append(ordinals, uint32(pairs[i]&(1<<(64-gramBits)-1)))
		}
		if err := w.add(gram, ordinals); err != nil {
			return err
		}
	}
	return nil
}

// sortByGram is a radix sort of the upper 44 bits, 11 at a time; equal grams
// keep their order, which is that of the ordinals.
func sortByGram(pairs []uint64) []uint64 {
	other := make([]uint64, len(pairs))
	for shift := 64 - gramBits; shift < 64; shift += 11 {
		var count [1 << 11]int
		for _, p := range pairs {
			count[p>>shift&(1<<11-1)]++
		}
		sum := 0
		for i, n := range count {
			count[i] = sum
			sum += n
		}
		for _, p := range pairs {
			d := p >> shift & (1<<11 - 1)
			other[count[d]] = p
			count[d]++
		}
		pairs, other = other, pairs
	}
	return pairs
}

// mergeable gives segments of one level that should become one.
func (x *Index) mergeable() []*segment {
	levels := map[int][]*segment{}
	for _, s := range x.segments {
		levels[s.level] = append(levels[s.level], s)
		if len(levels[s.level]) == mergeWays {
			return levels[s.level]
		}
	}
	return nil
}

// merge makes one segment of several, without the texts that were replaced.
func (x *Index) merge(ctx context.Context, from []*segment) error {
	var docs []uint32
	cursors := make([]*cursor, len(from))
	x.mu.RLock()
	for i, s := range from {
		c := &cursor{segment: s, ordinals: make([]int32, len(s.docs))}
		for o, doc := range s.docs {
			c.ordinals[o] = -1
			if x.home[doc] == s.id {
				c.ordinals[o] = int32(len(docs))
				docs = append(docs, doc)
			}
		}
		cursors[i] = c
	}
	x.mu.RUnlock()
	level, before := from[0].level, 0
	for _, s := range from {
		before += len(s.docs)
	}
	if len(docs) > before/4 { // else so much was dropped that it is no bigger
		level++
	}
	s, err := x.build(ctx, level, docs, func(w *pageWriter) error { return mergeInto(w, x.db, cursors) })
	if err == nil {
		err = x.db.Update(func(t *Txn) error { return x.publish(t, s, from) })
	}
	if err == nil {
		err = x.removeGarbage(ctx)
	}
	return err
}

// mergeInto walks all segments in order of gram. The new ordinals of a segment
// all come after those of the one before, so the lists just follow each other.
func mergeInto(w *pageWriter, db *DB, cursors []*cursor) error {
	for _, c := range cursors {
		if err := c.advance(db); err != nil {
			return err
		}
	}
	var list []uint32
	for {
		gram, some := uint64(0), false
		for _, c := range cursors {
			if !c.done && (!some || c.page.gram < gram) {
				gram, some = c.page.gram, true
			}
		}
		if !some {
			return nil
		}
		list = list[:0]
		for _, c := range cursors {
			for !c.done && c.page.gram == gram {
				var err error
				if list, err = c.take(list); err != nil {
					return err
				}
				if err := c.advance(db); err != nil {
					return err
				}
			}
		}
		if err := w.add(gram, list); err != nil {
			return err
		}
	}
}

// cursor walks the entries of a segment.
type cursor struct {
	segment  *segment
	ordinals []int32 // new ordinal by old, -1: dropped
	at       int
	page     pageReader
	old      []uint32
	done     bool
}

func (c *cursor) advance(db *DB) error {
	for !c.page.next() {
		if c.page.broken {
			return errIndex
		}
		if c.at == len(c.segment.firsts) {
			c.done = true
			return nil
		}
		err := db.View(func(t *Txn) error {
			raw, err := c.segment.page(t, c.at)
			c.page = pageReader{rest: raw}
			return err
		})
		if err != nil {
			return err
		}
		c.at++
	}
	return nil
}

func (c *cursor) take(list []uint32) ([]uint32, error) {
	var ok bool
	if c.old, ok = c.page.appendTo(c.old[:0], len(c.ordinals)); !ok {
		return nil, errIndex
	}
	for _, o := range c.old {
		if n := c.ordinals[o]; n >= 0 {
			list = append(list, uint32(n))
		}
	}
	return list, nil
}
