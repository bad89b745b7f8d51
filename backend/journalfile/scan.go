package journalfile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"time"

	"jiesu/backend/fault"
)

func hashOf(raw []byte) Hash { return sha256.Sum256(raw) }

// Why a part of the log is damaged.
const (
	WhyBytes   = "bytes"   // bytes that are no record
	WhyMissing = "missing" // a whole file, or records, are not there
	WhyChain   = "chain"   // a record does not continue the one before it
)

// Damage is a part of the log that cannot be read. What follows it can.
type Damage struct {
	Pos     Pos    // where it starts
	Bytes   int64  // how long it is, 0 if unknown
	First   uint64 // index of the first record lost
	Records uint64 // how many are lost, 0 if unknown
	Why     string
}

// Cut is a torn tail that was moved aside.
type Cut struct {
	Pos   Pos
	Bytes int64
	File  string // name of the side file in the log's folder
}

// Report is what Open found.
type Report struct {
	Read      uint64 // how many records were read and proved
	Untrusted bool   // Options.Trust did not fit, so everything was read
	Damaged   []Damage
	Cut       []Cut
	Lost      uint64 // how many records after the end somebody has seen
	Diverged  bool   // somebody has seen another record where this log has one
}

// Whole reports that nothing acknowledged is missing. A torn tail alone is
// no loss: it was never acknowledged.
func (r Report) Whole() bool { return len(r.Damaged) == 0 && r.Lost == 0 && !r.Diverged }

var errMark = fault.New(fault.Damaged, "journal-mark-unknown",
	"记录文件与数据库不一致", "程序会从记录文件重建数据库")

// open reads the log and puts the write position behind its last record.
func (l *Log) open(ctx context.Context, opts Options, now func() time.Time) (Report, error) {
	var report Report
	numbers, err := l.openFiles()
	if err != nil {
		return report, err
	}
	w, err := l.begin(opts.Trust)
	if err != nil {
		report.Untrusted = true
		w = &walk{log: l}
	}
	w.known = opts.Known
	w.compare()
	report.Damaged = missingFiles(numbers)
	if err := w.run(ctx, numbers, nil, func(Record) error { return nil }); err != nil {
		return report, err
	}
	report.Read = w.read
	report.Diverged = w.diverged
	l.head = w.head
	for _, k := range opts.Known {
		if k.Count > l.head.Count {
			report.Lost = max(report.Lost, k.Count-l.head.Count)
		}
	}
	tail := w.tail(report.Lost > 0)
	report.Damaged = append(report.Damaged, w.damaged...)
	if len(numbers) == 0 {
		return report, nil
	}
	l.last = numbers[len(numbers)-1]
	if l.end, err = l.files[l.last].Size(); err != nil {
		return report, errNotLog.Wrap(err)
	}
	if tail != nil {
		cut, err := l.cut(*tail, now())
		if err != nil {
			return report, errNotLog.Wrap(err)
		}
		report.Cut = append(report.Cut, cut)
	}
	return report, nil
}

func missingFiles(numbers []uint32) []Damage {
	var damaged []Damage
	want := uint32(1)
	for _, n := range numbers {
		for ; want < n; want++ {
			damaged = append(damaged, Damage{Pos: Pos{File: want}, Why: WhyMissing})
		}
		want = n + 1
	}
	return damaged
}

// cut moves the bytes from pos to the end of the last file to a side file.
func (l *Log) cut(pos Pos, now time.Time) (Cut, error) {
	n := l.end - int64(pos.Offset)
	c := Cut{Pos: pos, Bytes: n, File: fmt.Sprintf("cut-%s-%06d-%d.bin",
		now.UTC().Format("20060102T150405.000000000"), pos.File, pos.Offset)}
	side, err := l.disk.Create(c.File)
	if err != nil {
		return c, err
	}
	defer side.Close()
	from := io.NewSectionReader(l.files[pos.File], int64(pos.Offset), n)
	if _, err := io.Copy(io.NewOffsetWriter(side, 0), from); err != nil {
		return c, err
	}
	if err := side.Sync(); err != nil {
		return c, err
	}
	if err := l.disk.SyncDir(); err != nil {
		return c, err
	}
	f := l.files[pos.File]
	if err := f.Truncate(int64(pos.Offset)); err != nil {
		return c, err
	}
	if err := f.Sync(); err != nil {
		return c, err
	}
	l.end = int64(pos.Offset)
	return c, nil
}

// Scan calls fn for every record after the mark, in order, up to the head at
// the time of the call. It steps over damage and returns it. An unknown mark
// is an error; so is one of fn, which ends the scan.
func (l *Log) Scan(ctx context.Context, after Mark, fn func(Record) error) ([]Damage, error) {
	l.mu.RLock()
	numbers := make([]uint32, 0, len(l.files))
	for n := uint32(1); n <= l.last; n++ {
		if l.files[n] != nil {
			numbers = append(numbers, n)
		}
	}
	limit := &Pos{l.last, uint32(l.end)}
	w, err := l.begin(after)
	l.mu.RUnlock()
	if err != nil {
		return nil, err
	}
	if err := w.run(ctx, numbers, limit, fn); err != nil {
		return w.damaged, err
	}
	w.tail(true)
	return w.damaged, nil
}

// begin makes a walk that starts behind the mark.
func (l *Log) begin(after Mark) (*walk, error) {
	w := &walk{log: l}
	if after.Count == 0 {
		return w, nil
	}
	rec, err := l.recordAt(after.Pos)
	if err != nil || rec.Hash != after.Hash || rec.Index+1 != after.Count {
		return nil, errMark
	}
	w.head = after
	w.start = Pos{after.Pos.File, after.Pos.Offset + uint32(rec.size)}
	return w, nil
}

// walk reads records one after the other and collects what is damaged.
type walk struct {
	log      *Log
	start    Pos
	head     Mark // the last record that proved itself
	known    []Mark
	read     uint64
	damaged  []Damage
	pending  []Damage // bytes skipped since head
	diverged bool
	last     uint32 // number of the last file
}

func (w *walk) run(ctx context.Context, numbers []uint32, limit *Pos, fn func(Record) error) error {
	for _, n := range numbers {
		w.last = n
		if n < w.start.File {
			continue
		}
		w.log.mu.RLock()
		f := w.log.files[n]
		w.log.mu.RUnlock()
		if f == nil {
			return errClosed
		}
		size, err := f.Size()
		if err != nil {
			return errNotLog.Wrap(err)
		}
		if limit != nil && limit.File == n {
			size = int64(limit.Offset)
		}
		from := int64(0)
		if n == w.start.File {
			from = int64(w.start.Offset)
		}
		if err := w.file(ctx, &window{file: f, size: size}, n, from, fn); err != nil {
			return err
		}
	}
	return nil
}

// file reads one file from an offset to its end.
func (w *walk) file(ctx context.Context, win *window, number uint32, off int64, fn func(Record) error) error {
	budget := int64(resyncBudget)
	for off < win.size {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, ok, err := w.record(win, off)
		if err != nil {
			return errNotLog.Wrap(err)
		}
		if ok {
			rec.Pos = Pos{number, uint32(off)}
			w.accept(rec)
			if err := fn(rec); err != nil {
				return err
			}
			off += rec.size
			continue
		}
		next, err := w.resync(win, off+1, &budget)
		if err != nil {
			return errNotLog.Wrap(err)
		}
		w.pending = append(w.pending, Damage{Pos: Pos{number, uint32(off)}, Bytes: next - off, Why: WhyBytes})
		off = next
	}
	return nil
}

// record reads a record that continues the log, perhaps after a gap.
func (w *walk) record(win *window, off int64) (Record, bool, error) {
	head, err := win.bytes(off, headerSize)
	if err != nil {
		return Record{}, false, err
	}
	n, ok := sealedLength(head)
	if !ok || off+headerSize+n > win.size {
		return Record{}, false, nil
	}
	raw, err := win.bytes(off, headerSize+n)
	if err != nil {
		return Record{}, false, err
	}
	rec, ok := decode(w.log.box, raw)
	// An older record at a later place is a copy, not a continuation.
	return rec, ok && rec.Index >= w.head.Count, nil
}

// resyncBudget limits how much is decrypted in search of a record after
// damage, so that a disk full of false beginnings does not stop the desk.
const resyncBudget = 2 << 30

// resync finds the next record that proves itself, or the end.
func (w *walk) resync(win *window, off int64, budget *int64) (int64, error) {
	for off < win.size && *budget > 0 {
		chunk, err := win.bytes(off, min(windowSize, win.size-off))
		if err != nil {
			return 0, err
		}
		at := bytes.Index(chunk, magic[:])
		if at < 0 {
			off += max(1, int64(len(chunk)-len(magic)+1))
			continue
		}
		off += int64(at)
		n, plausible := sealedLength(chunk[at:])
		_, ok, err := w.record(win, off)
		if err != nil || ok {
			return off, err
		}
		if plausible {
			*budget -= n
		}
		off++
	}
	return win.size, nil
}

// accept moves the head to rec and books what was lost before it.
func (w *walk) accept(rec Record) {
	lost := rec.Index - w.head.Count
	switch {
	case lost > 0:
		w.book(lost)
	case rec.Prev != w.head.Hash:
		w.damaged = append(w.damaged, Damage{Pos: rec.Pos, First: rec.Index, Why: WhyChain})
		fallthrough
	default:
		// Bytes between two neighbouring records: nothing is lost, but told.
		w.damaged = append(w.damaged, w.pending...)
	}
	w.pending = nil
	w.read++
	w.head = Mark{Pos: rec.Pos, Count: rec.Index + 1, Hash: rec.Hash}
	w.compare()
}

// compare looks whether others have seen another record at the head's place.
func (w *walk) compare() {
	for _, k := range w.known {
		if k.Count == w.head.Count && k.Hash != w.head.Hash {
			w.diverged = true
		}
	}
}

// book turns the pending bytes into damage that cost the given records.
func (w *walk) book(lost uint64) {
	if len(w.pending) == 0 {
		w.pending = []Damage{{Pos: w.head.Pos, Why: WhyMissing}}
	}
	w.pending[0].First, w.pending[0].Records = w.head.Count, lost
	w.damaged = append(w.damaged, w.pending...)
}

// tail settles the bytes behind the last record. It returns where the last
// file is torn, if it is; told says to report that part as damage as well.
func (w *walk) tail(told bool) *Pos {
	var torn *Pos
	for _, d := range w.pending {
		d.First = w.head.Count
		if d.Pos.File == w.last {
			torn = &d.Pos
			if !told {
				continue
			}
		}
		w.damaged = append(w.damaged, d)
	}
	w.pending = nil
	return torn
}
