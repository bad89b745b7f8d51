package sharedfolder

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"jiesu/backend/fault"
)

// Health is how the exchange stands, after the last round.
type Health struct {
	Path      string
	Space     string
	Reachable bool
	Writable  bool // as far as known: the last write succeeded or none was tried
	NoKey     bool
	Forked    bool
	Unsent    int
	Offices   []Office
	Waiting   []Waiting
	Skipped   []Skipped
	LastOK    time.Time // of the last round without error
	LastError string    // in words, empty after a good round
	Hint      string
	Line      string // all of it in one sentence
}

// Health tells without touching the folder and without waiting for a round.
func (f *Folder) Health() Health {
	f.statusMu.Lock()
	defer f.statusMu.Unlock()
	return f.health
}

// Reached counts the offices that say they hold an entry, and all of them
// (本案已到达 n/m 处), this one not counted.
func (f *Folder) Reached(replica string, seq uint64) (n, of int) {
	for _, office := range f.Health().Offices {
		of++
		if office.Acked[replica] >= seq || office.Replica == replica {
			n++
		}
	}
	return n, of
}

// finish completes the result and the health of a round.
func (r *round) finish(err error) {
	heads := r.o.Source.Heads()
	r.result.Offices = r.offices(heads)
	if r.view != nil {
		r.tellParked()
	}
	if r.result.NoKey {
		r.result.Unsent = int(heads[r.o.Self].Seq)
	} else {
		r.heads = heads
		r.result.Unsent = int(total(r.uncovered()))
	}
	r.statusMu.Lock()
	defer r.statusMu.Unlock()
	h := &r.health
	was := *h
	*h = Health{Path: was.Path, Space: was.Space, LastOK: was.LastOK, Unsent: r.result.Unsent, Offices: r.result.Offices,
		Waiting: r.result.Waiting, Skipped: r.result.Skipped, NoKey: r.result.NoKey, Forked: r.result.Fork != nil}
	f := fault.Of(err)
	h.Reachable = r.view != nil && (f == nil || f.Code != ErrOffline.Code)
	h.Writable = h.Reachable && (f == nil || f.Code != ErrReadOnly.Code && f.Code != ErrFull.Code)
	if f == nil {
		h.LastOK = r.now
	} else {
		h.LastError, h.Hint = f.Message, f.Hint
		if r.view == nil { // nothing was seen: what was known still stands
			h.Waiting, h.Skipped = was.Waiting, was.Skipped
		}
	}
	h.Line = h.line()
}

func (r *round) tellParked() {
	listed := map[string]bool{}
	for _, places := range r.view.segments {
		for _, at := range places {
			listed[at.path] = true
		}
	}
	paths := make([]string, 0, len(r.parked))
	for path, p := range r.parked {
		if r.deep && p.seg.first > 0 && !listed[path] {
			delete(r.parked, path) // gone; if it comes back it is read anew
			continue
		}
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		p := r.parked[path]
		if p.needs != "" {
			r.result.Waiting = append(r.result.Waiting, Waiting{Replica: p.seg.author, First: p.seg.first, Last: p.seg.last})
		}
		r.skip(path, p.why)
	}
}

func (r *round) offices(heads map[string]Head) []Office {
	known := map[string]bool{}
	for replica := range heads {
		known[replica] = true
	}
	if r.view != nil {
		for _, replica := range r.view.replicas {
			known[replica] = known[replica] || len(r.view.acks[replica]) > 0 || r.seen[replica] > 0
		}
	}
	delete(known, r.o.Self)
	var out []Office
	for replica, is := range known {
		if !is {
			continue
		}
		o := Office{Replica: replica, Held: heads[replica].Seq, Seen: max(r.seen[replica], heads[replica].Seq),
			Ahead: r.ahead[replica], Acked: map[string]uint64{}, AckedAt: r.acks[replica].At}
		for of, head := range r.acks[replica].Heads {
			o.Acked[of] = head.Seq
		}
		out = append(out, o)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Replica < out[j].Replica })
	return out
}

// line says it all in one sentence.
func (h Health) line() string {
	var parts []string
	switch {
	case h.LastError != "":
		parts = append(parts, h.LastError)
	case h.NoKey:
		parts = append(parts, "已提出加入申请，等待管理员接纳")
	case h.Forked:
		parts = append(parts, "共享文件夹里有本机没有的本机记录，正在核对")
	default:
		parts = append(parts, "共享文件夹已同步")
	}
	if h.Unsent > 0 {
		parts = append(parts, fmt.Sprintf("%d 条未发送", h.Unsent))
	}
	if n := len(h.Waiting); n > 0 {
		parts = append(parts, fmt.Sprintf("%d 段等待对方较早的记录", n))
	}
	ahead := 0
	for _, o := range h.Offices {
		if o.Ahead > 0 {
			ahead++
		}
	}
	if ahead > 0 {
		parts = append(parts, fmt.Sprintf("%d 台电脑时钟异常", ahead))
	}
	return strings.Join(parts, "，")
}
