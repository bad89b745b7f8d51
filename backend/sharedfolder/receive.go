package sharedfolder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sort"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
)

// parked is a file that could not be used yet.
type parked struct {
	why   string
	needs journal.ID // the entry it waits for, when it came early
	tries int
	again time.Time
	seg   segment
}

const (
	parkFirst = 5 * time.Second
	parkLast  = 10 * time.Minute
)

// park notes why a file is left alone. Its name says what it must contain, so
// it may become good (still being copied) or never; it is asked ever less often.
func (r *round) park(at place, why string) {
	p := r.parked[at.path]
	if p == nil {
		p = &parked{}
		r.parked[at.path] = p
	}
	pause := min(parkFirst<<min(p.tries, 10), parkLast)
	p.why, p.needs, p.seg, p.again = why, "", at.segment, r.now.Add(pause)
	p.tries++
}

// due reports whether a place should be read now.
func (r *round) due(at place) bool {
	p := r.parked[at.path]
	switch {
	case p == nil:
		return true
	case p.needs != "":
		return r.o.Source.Holds(p.needs)
	}
	return !r.now.Before(p.again) || r.now.Add(parkLast).Before(p.again) // the clock was set back
}

// readSegment reads one copy and believes it only after every check.
func (r *round) readSegment(ctx context.Context, at place) ([]Received, bool, error) {
	data, err := r.p.read(ctx, at.path, maxSegment)
	if ctx.Err() != nil {
		return nil, false, ctx.Err()
	}
	var received []Received
	if err == nil {
		received, err = r.codec.decode(at.segment, data)
	}
	if err != nil {
		reason := why(err, data)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			reason = "读取超时：文件可能尚未下载到本机，请在网盘里设置“始终保留在此设备上”"
		}
		r.park(at, reason)
		if errors.Is(err, os.ErrDeadlineExceeded) && r.p.limit > 0 {
			return nil, false, errSlow
		}
		return nil, false, nil
	}
	delete(r.parked, at.path)
	return received, true, nil
}

// errSlow says that reading timed out for real.
var errSlow = errors.New("sharedfolder: slow")

// fresh are the places of an author not read before, those that continue what
// we hold first.
func (r *round) fresh(author string) []place {
	var out []place
	for _, p := range r.view.segments[author] {
		if !r.o.Ledger.Checked(p.key()) {
			out = append(out, p)
		}
	}
	held := r.heads[author].Seq
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if old := a.last <= held; old != (b.last <= held) {
			return !old
		}
		if a.first != b.first {
			return a.first < b.first
		}
		if a.last != b.last {
			return a.last > b.last
		}
		return a.path < b.path
	})
	return out
}

// receiveOwn looks for entries under our own key that we do not hold. Only a
// valid entry counts: damaged bytes of ours are simply published again.
func (r *round) receiveOwn(ctx context.Context) error {
	var unknown []Received
	have := map[journal.ID]bool{}
	for _, at := range r.fresh(r.o.Self) {
		if !r.due(at) {
			continue
		}
		received, ok, err := r.readSegment(ctx, at)
		if errors.Is(err, errSlow) {
			break
		}
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		known := true
		for _, e := range received {
			if !r.o.Source.Holds(e.Entry.ID) {
				known = false
				if !have[e.Entry.ID] {
					have[e.Entry.ID] = true
					unknown = append(unknown, e)
				}
			}
		}
		if known {
			if err := r.o.Ledger.Check(at.key()); err != nil {
				return err
			}
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	sort.SliceStable(unknown, func(i, j int) bool { return unknown[i].Entry.Seq < unknown[j].Entry.Seq })
	r.result.Fork = &Fork{At: unknown[0].Entry.Seq - 1, Entries: unknown}
	return nil
}

// receive takes over what others published. Every author stands alone.
func (r *round) receive(ctx context.Context) error {
	authors := make([]string, 0, len(r.view.segments))
	for author := range r.view.segments {
		if author != r.o.Self {
			authors = append(authors, author)
		}
	}
	sort.Strings(authors)
	for _, author := range authors {
		if err := r.receiveAuthor(ctx, author); err != nil {
			return err
		}
	}
	return nil
}

func (r *round) receiveAuthor(ctx context.Context, author string) error {
	reads := 0
	for progress := true; progress; {
		progress = false
		for _, at := range r.fresh(author) {
			if r.o.Ledger.Checked(at.key()) || !r.due(at) {
				continue
			}
			if reads++; reads > readsAuthor {
				r.result.More = true
				return nil
			}
			took, err := r.take(ctx, at)
			if errors.Is(err, errSlow) {
				return nil // the others are not kept waiting; this one is asked again next time
			}
			if err != nil {
				return err
			}
			progress = progress || took
		}
	}
	return nil
}

// take reads a segment and hands over what is new in it. It reports whether
// the segment is done with.
func (r *round) take(ctx context.Context, at place) (bool, error) {
	received, ok, err := r.readSegment(ctx, at)
	if err != nil || !ok {
		return false, err
	}
	news := received[:0:0]
	for _, e := range received {
		if !r.o.Source.Holds(e.Entry.ID) {
			news = append(news, e)
		}
	}
	if len(news) > 0 {
		first := news[0].Entry
		if first.Prev != "" && !r.o.Source.Holds(first.Prev) {
			r.park(at, fmt.Sprintf("等待该网点第 %d 条之前的记录", first.Seq))
			r.parked[at.path].needs = first.Prev
			return false, nil
		}
		accepted, err := r.o.Sink.Receive(ctx, news)
		r.result.Received += accepted
		if err != nil {
			return false, keepFault(err)
		}
		r.noteClock(news)
	}
	return true, r.o.Ledger.Check(at.key())
}

// keepFault lets the sink's own fault through.
func keepFault(err error) error {
	var known *fault.Fault
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fault.New(fault.Failed, "receive-failed", "收到的记录没能存下来，稍后自动再试", "请检查本机磁盘空间").Wrap(err)
}

// noteClock remembers how far the author's clock was ahead in its last entry.
func (r *round) noteClock(news []Received) {
	last := news[len(news)-1].Entry
	ahead := last.Clock.Time().Sub(r.now)
	if ahead <= journal.MaxAhead {
		ahead = 0
	}
	r.ahead[last.ReplicaID()] = ahead
}
