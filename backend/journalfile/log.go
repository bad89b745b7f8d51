// Package journalfile is an append-only log on disk: the promise that what an
// officer saw saved is there after a power cut. Payloads are opaque bytes.
//
// It does not know entries, streams or signatures (package journal), is not
// exchanged itself, never deletes, and does not guard against two processes:
// the data folder has its own lock.
//
// # Format (v0)
//
// A log is a folder of files 000001.log, 000002.log, …; a new one is begun when
// the current one would exceed 64 MiB. A file is a sequence of records and has
// no header. A record is
//
//	magic   4   'J' 'S' 0xA5 '0'
//	length  4   little-endian length of the sealed part
//	index   8   little-endian, 0 for the first record of the log
//	prev   32   SHA-256 of the whole previous record, zeros for the first
//	sealed  n   seal.Seal(key, "journalfile/record", payload, the 48 bytes before)
//
// A record proves itself (its header is the associated data) and, through prev,
// everything before it. Bytes that are no record are skipped to the next one
// that proves itself. If none follows in the last file they are a torn tail:
// they are moved to cut-TIME-FILE-OFFSET.bin and the log goes on before them.
// Every log needs a key of its own. Files of v0 stay readable for ever.
package journalfile

import (
	"context"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"jiesu/backend/seal"
)

const (
	defaultFileSize = 64 << 20
	defaultMinFree  = 200 << 20
	// maxAppend limits one call, so that offsets fit 32 bits.
	maxAppend = 1 << 30
)

// Mark names a record as the head up to which somebody has read the log.
// The zero Mark is the beginning.
type Mark struct {
	Pos   Pos    // where that record starts
	Count uint64 // how many records there are up to it, itself included
	Hash  Hash   // its hash
}

// Options are what a log may be told; the zero value is right for a desk.
type Options struct {
	Disk     Disk             // default: the folder itself
	Now      func() time.Time // names side files; default time.Now
	FileSize int64            // a file ends when it would exceed this
	MinFree  uint64           // appends are refused below this much free disk

	// Trust is a head that was verified before (the database keeps it): Open
	// reads only what follows it. If it does not fit, all is read.
	Trust Mark
	// Known are heads that others have seen: database, shared folder. Pos is
	// not needed. They tell a torn tail from a loss.
	Known []Mark
}

// Log is an open log. Its methods may be called concurrently.
type Log struct {
	disk     Disk
	box      seal.Box
	fileSize int64
	minFree  uint64

	mu     sync.RWMutex
	files  map[uint32]File
	last   uint32 // number of the file that is written, 0 if none
	end    int64  // its length
	head   Mark
	failed error // set once: the log is read-only from then on
}

// Open opens or begins the log in dir, which must exist, and verifies it. The
// report says what was found damaged; only an unreadable disk is an error.
func Open(ctx context.Context, dir string, key seal.Key, opts Options) (*Log, Report, error) {
	l := &Log{
		disk: opts.Disk, box: seal.NewBox(key, seal.ContextJournalRecord),
		fileSize: opts.FileSize, minFree: opts.MinFree, files: map[uint32]File{},
	}
	if l.disk == nil {
		l.disk = folder(dir)
	}
	if l.fileSize <= 0 {
		l.fileSize = defaultFileSize
	}
	if l.minFree == 0 {
		l.minFree = defaultMinFree
	}
	now := opts.Now
	if now == nil {
		now = time.Now
	}
	report, err := l.open(ctx, opts, now)
	if err != nil {
		l.Close()
		return nil, report, err
	}
	return l, report, nil
}

// Append writes the payloads as records in order: one write, one fsync. When
// it returns without an error they survive a power cut. After a failed write
// or fsync nobody knows what is on the disk, so the log stays read-only.
func (l *Log) Append(payloads ...[]byte) ([]Pos, error) {
	total := 0
	for _, p := range payloads {
		if len(p) > MaxPayload {
			return nil, errTooLarge
		}
		total += len(p) + recordOverhead
	}
	if total > maxAppend {
		return nil, errTooLarge
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		return nil, l.failed
	}
	if len(payloads) == 0 {
		return nil, nil
	}
	if free, err := l.disk.Free(); err == nil && free < l.minFree+uint64(total) {
		return nil, errDiskFull
	}
	if err := l.roll(int64(total)); err != nil {
		return nil, l.fail(err)
	}
	head, positions, buf := l.head, make([]Pos, 0, len(payloads)), make([]byte, 0, total)
	for _, p := range payloads {
		raw := encode(l.box, head.Count, head.Hash, p)
		pos := Pos{l.last, uint32(l.end + int64(len(buf)))}
		head = Mark{Pos: pos, Count: head.Count + 1, Hash: hashOf(raw)}
		positions = append(positions, pos)
		buf = append(buf, raw...)
	}
	f := l.files[l.last]
	if _, err := f.WriteAt(buf, l.end); err != nil {
		return nil, l.fail(err)
	}
	if err := f.Sync(); err != nil {
		return nil, l.fail(err)
	}
	l.end += int64(len(buf))
	l.head = head
	return positions, nil
}

func (l *Log) fail(err error) error {
	l.failed = errUnconfirmed.Wrap(err)
	return l.failed
}

// roll begins a new file when the current one would grow too long.
func (l *Log) roll(grow int64) error {
	if l.last > 0 && (l.end == 0 || l.end+grow <= l.fileSize) {
		return nil
	}
	f, err := l.disk.Create(fileName(l.last + 1))
	if err != nil {
		return err
	}
	if err := l.disk.SyncDir(); err != nil {
		f.Close()
		return err
	}
	l.last, l.end = l.last+1, 0
	l.files[l.last] = f
	return nil
}

// Read gives the payload of the record at pos.
func (l *Log) Read(pos Pos) ([]byte, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	rec, err := l.recordAt(pos)
	return rec.Payload, err
}

// recordAt reads and proves one record; the caller holds a lock.
func (l *Log) recordAt(pos Pos) (Record, error) {
	f := l.files[pos.File]
	if f == nil {
		return Record{}, errRecord
	}
	head := make([]byte, headerSize)
	if _, err := f.ReadAt(head, int64(pos.Offset)); err != nil {
		return Record{}, errRecord.Wrap(err)
	}
	n, ok := sealedLength(head)
	if !ok {
		return Record{}, errRecord
	}
	raw := make([]byte, headerSize+n)
	if _, err := f.ReadAt(raw, int64(pos.Offset)); err != nil {
		return Record{}, errRecord.Wrap(err)
	}
	rec, ok := decode(l.box, raw)
	if !ok {
		return Record{}, errRecord
	}
	rec.Pos = pos
	return rec, nil
}

// Head is the last record; keep it to Scan from there, or to Trust it.
func (l *Log) Head() Mark {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.head
}

// Err is the reason why the log is read-only, or nil.
func (l *Log) Err() error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.failed
}

// Close closes the files. What was appended is safe already.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var first error
	for _, f := range l.files {
		if err := f.Close(); err != nil && first == nil {
			first = err
		}
	}
	l.files = map[uint32]File{}
	if l.failed == nil {
		l.failed = errClosed
	}
	return first
}

func fileName(n uint32) string { return fmt.Sprintf("%06d.log", n) }

// fileNumber undoes fileName; other names are not of the log.
func fileNumber(name string) (uint32, bool) {
	var n uint32
	if _, err := fmt.Sscanf(name, "%d.log", &n); err != nil || n == 0 || fileName(n) != name {
		return 0, false
	}
	return n, true
}

// openFiles opens every file of the log and gives their numbers in order.
func (l *Log) openFiles() ([]uint32, error) {
	names, err := l.disk.Names()
	if err != nil && !os.IsNotExist(err) {
		return nil, errNotLog.Wrap(err)
	}
	var numbers []uint32
	for _, name := range names {
		n, ok := fileNumber(name)
		if !ok {
			continue
		}
		f, err := l.disk.Open(name)
		if err != nil {
			return nil, errNotLog.Wrap(err)
		}
		l.files[n] = f
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	return numbers, nil
}
