package sharedfolder

import (
	"context"
	"errors"
	"io/fs"
	"sort"
	"time"

	"jiesu/backend/journal"
)

// ownSegment is a segment of ours that we know to be, or to have been, there.
type ownSegment struct {
	segment
	path    string
	written time.Time // by this run of the program; zero: found there
	checked time.Time // read and found right; zero: not yet
	bad     bool
}

// readsOwn bounds what is read again of our own in one round.
const readsOwn = 64

// knowOwn brings what was listed and what we remember together.
func (r *round) knowOwn() {
	for _, at := range r.view.segments[r.o.Self] {
		if !r.view.own[at.name()] || r.own[at.name()] != nil || !r.o.Ledger.Checked(at.key()) {
			continue // unread or unreadable ones cover nothing
		}
		r.own[at.name()] = &ownSegment{segment: at.segment, path: r.ownDir() + "/" + bucketOf(at.first) + "/" + at.name(), checked: r.now}
	}
}

// setBack takes times that lie in the future as now: the clock was set back,
// and what is only done after a while would not be done for days.
func (r *round) setBack() {
	for _, s := range r.own {
		if s.written.After(r.now) {
			s.written = r.now
		}
		if s.checked.After(r.now) {
			s.checked = r.now
		}
	}
	if r.lastTurn.After(r.now) {
		r.lastTurn = r.now
	}
}

// verifyOwn reads back what was written, what is missing from a listing, what
// another office seems stuck at, and in turn one of the rest.
func (r *round) verifyOwn(ctx context.Context) {
	r.knowOwn()
	r.setBack()
	names := make([]string, 0, len(r.own))
	for name := range r.own {
		names = append(names, name)
	}
	sort.Strings(names)
	stuck := r.stuckNumbers()
	listedFrom := bucketOf(r.heads[r.o.Self].Seq)
	turn, reads := (*ownSegment)(nil), 0
	for _, name := range names {
		s := r.own[name]
		age := r.now.Sub(s.written)
		unlisted := !r.view.own[name] && (r.deep || bucketOf(s.first) >= listedFrom)
		unread := s.checked.IsZero() && age >= readBack
		suspect := covers(s, stuck) && r.now.Sub(s.checked) >= turnEvery && age >= readBack
		switch {
		case s.bad:
			r.dropReplaced(ctx, s)
		case unlisted && age >= lostAfter, unread, suspect:
			if reads < readsOwn && r.checkOwn(ctx, s) {
				reads++
			}
		case turn == nil || s.checked.Before(turn.checked):
			turn = s
		}
	}
	if turn != nil && !turn.checked.IsZero() && r.now.Sub(turn.checked) >= turnEvery && r.now.Sub(r.lastTurn) >= turnEvery {
		r.lastTurn = r.now
		r.checkOwn(ctx, turn)
	}
}

// stuckNumbers are the first of our numbers each office says it lacks.
func (r *round) stuckNumbers() []uint64 {
	var out []uint64
	for replica, a := range r.acks {
		if has := a.Heads[r.o.Self].Seq; replica != r.o.Self && has < r.heads[r.o.Self].Seq {
			out = append(out, has+1)
		}
	}
	return out
}

func covers(s *ownSegment, numbers []uint64) bool {
	for _, n := range numbers {
		if s.first <= n && n <= s.last {
			return true
		}
	}
	return false
}

// checkOwn reads one of ours and reports whether there was something to read.
func (r *round) checkOwn(ctx context.Context, s *ownSegment) bool {
	data, err := r.p.read(ctx, s.path, maxSegment)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if r.now.Sub(s.written) >= lostAfter {
			delete(r.own, s.name()) // publish writes it again
		}
		return false
	case errors.Is(err, ErrTooLarge), err == nil && sumOf(data) != s.sum:
		s.bad = true
	case err == nil:
		s.checked = r.now
	}
	return true
}

// dropReplaced removes a spoilt file of ours once good ones stand in for it.
func (r *round) dropReplaced(ctx context.Context, s *ownSegment) {
	var good []span
	for _, o := range r.own {
		if !o.bad && !o.checked.IsZero() {
			good = append(good, span{o.first, o.last})
		}
	}
	for _, g := range gaps(good, s.last) {
		if g.last >= s.first {
			return
		}
	}
	if err := r.p.remove(ctx, s.path); err == nil || errors.Is(err, fs.ErrNotExist) {
		delete(r.own, s.name())
		delete(r.parked, s.path)
	}
}

// uncovered are our numbers that are not in the folder.
func (r *round) uncovered() []span {
	var spans []span
	for _, s := range r.own {
		if !s.bad {
			spans = append(spans, span{s.first, s.last})
		}
	}
	return gaps(spans, min(r.heads[r.o.Self].Seq, maxSeq))
}

// ownDirs makes folders below our own, and our own too.
func (r *round) ownDirs(ctx context.Context, below ...string) (string, error) {
	return r.p.makeDirs(ctx, "jiesu", append([]string{"r", r.o.Self}, below...)...)
}

// fetch reads records beginning with a number.
type fetch func(ctx context.Context, from uint64, limit int) ([]journal.Record, error)

// publish writes every own number that is not in the folder.
func (r *round) publish(ctx context.Context) error {
	self := r.o.Self
	get := func(ctx context.Context, from uint64, limit int) ([]journal.Record, error) {
		return r.o.Source.Records(ctx, self, from, limit)
	}
	for _, gap := range r.uncovered() {
		err := r.pack(ctx, self, gap, get, func(s segment, path string) error {
			r.result.Published += int(s.last - s.first + 1)
			r.own[s.name()] = &ownSegment{segment: s, path: path, written: r.now}
			return r.o.Ledger.Check(s.key())
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pack writes the records of a span as segments, others' below relay.
func (r *round) pack(ctx context.Context, author string, gap span, get fetch, wrote func(segment, string) error) error {
	for from := gap.first; from <= gap.last; {
		s := segment{author: author, first: from, last: min(gap.last, from|(1<<bucketShift-1))}
		list, err := r.gather(ctx, &s, get)
		if err != nil {
			return err
		}
		if list == nil {
			return nil // the history does not have them (yet)
		}
		data, err := r.codec.encode(&s, list)
		if err != nil {
			return err
		}
		below := []string{bucketOf(s.first)}
		if author != r.o.Self {
			below = []string{relayDir, author, bucketOf(s.first)}
		}
		dir, err := r.ownDirs(ctx, below...)
		if err != nil {
			return err
		}
		if err := r.w.write(ctx, dir, s.name(), data); err != nil {
			return err
		}
		if err := wrote(s, dir+"/"+s.name()); err != nil {
			return err
		}
		from = s.last + 1
	}
	return nil
}

// gather collects records into one segment and sets its last number.
func (r *round) gather(ctx context.Context, s *segment, get fetch) ([]byte, error) {
	var list []byte
	next := s.first
	for next <= s.last && len(list) < segmentBytes && next-s.first < segmentRecords {
		limit := min(s.last-next+1, 128, segmentRecords-(next-s.first))
		records, err := get(ctx, next, int(limit))
		if err != nil {
			return nil, err
		}
		for _, record := range records {
			if list != nil && len(list)+len(record.Entry) > segmentBytes {
				s.last = next - 1
				return list, nil
			}
			if list, err = appendRecord(list, record); err != nil {
				return nil, err
			}
			next++
		}
		if len(records) == 0 {
			break
		}
	}
	s.last = next - 1
	return list, nil
}
