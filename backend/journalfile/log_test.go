package journalfile

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiesu/backend/seal"
)

var (
	ctx     = context.Background()
	testKey = seal.Key{1, 2, 3}
)

func open(t *testing.T, dir string, opts Options) (*Log, Report) {
	t.Helper()
	l, report, err := Open(ctx, dir, testKey, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l, report
}

func appendN(t *testing.T, l *Log, from, to int) []Pos {
	t.Helper()
	var all []Pos
	for i := from; i < to; i++ {
		p, err := l.Append(payload(i))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p...)
	}
	return all
}

func payload(i int) []byte {
	return fmt.Appendf(nil, "样本记录 %d %s", i, strings.Repeat("字", i%50))
}

// contents lists the payload numbers a scan finds.
func contents(t *testing.T, l *Log) (found []int) {
	t.Helper()
	if _, err := l.Scan(ctx, Mark{}, func(r Record) error {
		var n int
		fmt.Sscanf(string(r.Payload), "样本记录 %d", &n)
		found = append(found, n)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatWasAppendedIsThereAfterReopening(t *testing.T) {
	dir := t.TempDir()
	l, report := open(t, dir, Options{FileSize: 4096})
	if !report.Whole() || l.Head().Count != 0 {
		t.Fatalf("new log: %+v", report)
	}
	positions := appendN(t, l, 0, 200)
	if p, err := l.Append(payload(200), payload(201), payload(202)); err != nil || len(p) != 3 {
		t.Fatalf("batch: %v %v", p, err)
	}
	head := l.Head()
	l.Close()
	l, report = open(t, dir, Options{FileSize: 4096, Known: []Mark{head}})
	if !report.Whole() || report.Read != 203 || l.Head() != head || len(report.Cut) > 0 {
		t.Fatalf("reopened: %+v head %+v", report, l.Head())
	}
	if l.last < 3 {
		t.Fatalf("log did not roll over: %d files", l.last)
	}
	for i, p := range positions {
		if got, err := l.Read(PosFrom(p.Uint64())); err != nil || !bytes.Equal(got, payload(i)) {
			t.Fatalf("record %d: %v", i, err)
		}
	}
	if found := contents(t, l); len(found) != 203 || found[202] != 202 {
		t.Fatalf("scan found %d", len(found))
	}
	l.Close()
	_, report = open(t, dir, Options{FileSize: 4096, Trust: head})
	if report.Read != 0 || report.Untrusted {
		t.Fatalf("a trusted head must spare reading: %+v", report)
	}
	head.Hash[0] ^= 1
	_, report = open(t, dir, Options{FileSize: 4096, Trust: head, Known: []Mark{head}})
	if report.Read != 203 || !report.Untrusted || !report.Diverged {
		t.Fatalf("a wrong head must not be trusted: %+v", report)
	}
}

func TestScanGoesOnFromAMark(t *testing.T) {
	l, _ := open(t, t.TempDir(), Options{FileSize: 2000})
	appendN(t, l, 0, 50)
	mark := l.Head()
	appendN(t, l, 50, 60)
	var n int
	if _, err := l.Scan(ctx, mark, func(r Record) error {
		if r.Index != uint64(50+n) {
			t.Fatalf("index %d", r.Index)
		}
		n++
		return nil
	}); err != nil || n != 10 {
		t.Fatalf("%d records, %v", n, err)
	}
	mark.Count++
	if _, err := l.Scan(ctx, mark, nil); !errors.Is(err, errMark) {
		t.Fatalf("an unknown mark must be refused: %v", err)
	}
}

// damagedLog is a log of 60 records in files of about 2 KB.
type damagedLog struct {
	dir  string
	pos  []Pos
	head Mark
}

func (l damagedLog) file(n int) string { return filepath.Join(l.dir, fileName(l.pos[n].File)) }

// edit changes the file that holds record n, which starts at off.
func (l damagedLog) edit(n int, fn func(b []byte, off int) []byte) {
	raw, _ := os.ReadFile(l.file(n))
	os.WriteFile(l.file(n), fn(raw, int(l.pos[n].Offset)), 0o600)
}

func flip(n, at int) func(damagedLog) {
	return func(l damagedLog) {
		l.edit(n, func(b []byte, off int) []byte { b[off+at] ^= 0x10; return b })
	}
}

func tear(l damagedLog) { l.edit(59, func(b []byte, off int) []byte { return b[:off+70] }) }

// damages says what must still be read and what must be told.
var damages = []struct {
	name   string
	damage func(damagedLog)
	known  bool // somebody has seen the head
	lost   []int
	check  func(Report) bool
}{
	{"nothing", func(damagedLog) {}, true, nil, func(r Report) bool { return r.Whole() && len(r.Cut) == 0 }},
	{"a bit in a middle payload", flip(20, 100), true, []int{20},
		func(r Report) bool {
			return len(r.Damaged) == 1 && r.Damaged[0].First == 20 && r.Damaged[0].Records == 1 && r.Lost == 0
		}},
	{"a bit in a middle length", flip(20, 5), true, []int{20}, func(r Report) bool { return !r.Whole() && r.Lost == 0 }},
	{"a bit in a middle magic", flip(20, 0), true, []int{20}, func(r Report) bool { return !r.Whole() && r.Lost == 0 }},
	{"a bit in a stored chain hash", flip(20, 30), true, []int{20}, func(r Report) bool { return !r.Whole() && r.Lost == 0 }},
	{"the last record torn and nobody saw it", tear, false, []int{59}, func(r Report) bool { return r.Whole() && len(r.Cut) == 1 && r.Cut[0].Bytes == 70 }},
	{"the last record torn but the database knows it", tear, true, []int{59}, func(r Report) bool { return !r.Whole() && r.Lost == 1 && len(r.Cut) == 1 }},
	{"zeros after the end", func(l damagedLog) {
		l.edit(59, func(b []byte, _ int) []byte { return append(b, make([]byte, 5000)...) })
	}, true, nil, func(r Report) bool { return r.Whole() && len(r.Cut) == 1 && r.Cut[0].Bytes == 5000 }},
	{"an old record copied to the end", func(l damagedLog) {
		raw, _ := os.ReadFile(l.file(0))
		l.edit(59, func(b []byte, _ int) []byte { return append(b, raw[:l.pos[1].Offset]...) })
	}, true, nil, func(r Report) bool { return r.Whole() && len(r.Cut) == 1 }},
	{"a record cut out of the middle", func(l damagedLog) {
		l.edit(30, func(b []byte, off int) []byte {
			return append(b[:off:off], b[off+recordOverhead+len(payload(30)):]...)
		})
	}, true, []int{30}, func(r Report) bool { return len(r.Damaged) == 1 && r.Damaged[0].Why == WhyMissing }},
	{"noise between two records", func(l damagedLog) {
		l.edit(30, func(b []byte, off int) []byte {
			return append(append(b[:off:off], "JS\xa50 noise"...), b[off:]...)
		})
	}, true, nil, func(r Report) bool { return len(r.Damaged) == 1 && r.Damaged[0].Records == 0 }},
	{"the last file gone", func(l damagedLog) { os.Remove(l.file(59)) }, true, nil,
		func(r Report) bool { return !r.Whole() && r.Lost > 0 }},
}

func TestDamage(t *testing.T) {
	for _, tt := range damages {
		t.Run(tt.name, func(t *testing.T) {
			l := damagedLog{dir: t.TempDir()}
			j, _ := open(t, l.dir, Options{FileSize: 2000})
			l.pos, l.head = appendN(t, j, 0, 60), j.Head()
			j.Close()
			tt.damage(l)
			opts := Options{FileSize: 2000}
			if tt.known {
				opts.Known = []Mark{l.head}
			}
			j, report := open(t, l.dir, opts)
			if !tt.check(report) {
				t.Fatalf("report %+v", report)
			}
			if found := contents(t, j); report.Lost < 2 && len(found) != 60-len(tt.lost) {
				t.Fatalf("%d records left, want %d", len(found), 60-len(tt.lost))
			}
			appendN(t, j, 60, 62)
			j.Close()
			j, again := open(t, l.dir, Options{FileSize: 2000})
			if len(again.Cut) > 0 || len(again.Damaged) != len(report.Damaged)-int(min(report.Lost, 1))*len(report.Cut) {
				t.Fatalf("second opening: %+v, first %+v", again, report)
			}
			if found := contents(t, j); found[len(found)-1] != 61 {
				t.Fatalf("appending after damage failed: %v", found)
			}
		})
	}
}

func TestCutBytesAreKept(t *testing.T) {
	dir := t.TempDir()
	l, _ := open(t, dir, Options{})
	appendN(t, l, 0, 3)
	l.Close()
	name := filepath.Join(dir, "000001.log")
	whole, _ := os.ReadFile(name)
	os.WriteFile(name, append(whole, "残缺"...), 0o600)
	_, report := open(t, dir, Options{})
	if got, err := os.ReadFile(filepath.Join(dir, report.Cut[0].File)); err != nil || string(got) != "残缺" {
		t.Fatalf("cut bytes: %q %v", got, err)
	}
	if now, _ := os.ReadFile(name); !bytes.Equal(now, whole) {
		t.Fatal("the log itself was altered")
	}
}

func TestOneSyncPerAppend(t *testing.T) {
	d := newFlakyDisk()
	l, _ := open(t, "", Options{Disk: d})
	appendN(t, l, 0, 1)
	before := d.syncs
	l.Append(payload(1), payload(2), payload(3))
	if d.syncs != before+1 {
		t.Fatalf("%d syncs for one call", d.syncs-before)
	}
}

func TestAfterAFailedWriteOrSyncTheLogIsReadOnly(t *testing.T) {
	for name, set := range map[string]func(*flakyDisk){
		"write": func(d *flakyDisk) { d.failWrite = 1 },
		"sync":  func(d *flakyDisk) { d.failSync = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			d := newFlakyDisk()
			l, _ := open(t, "", Options{Disk: d})
			pos := appendN(t, l, 0, 5)
			set(d)
			for range 3 { // the disk works again, the log must not
				if _, err := l.Append(payload(5)); !errors.Is(err, errUnconfirmed) {
					t.Fatalf("got %v", err)
				}
			}
			if got, err := l.Read(pos[4]); err != nil || !bytes.Equal(got, payload(4)) {
				t.Fatalf("reading must go on: %v", err)
			}
			if l.Head().Count != 5 || !errors.Is(l.Err(), errUnconfirmed) {
				t.Fatal("an unconfirmed record was counted")
			}
			l2, report := open(t, "", Options{Disk: d})
			if !report.Whole() || l2.Head().Count < 5 {
				t.Fatalf("restart: %+v", report)
			}
		})
	}
}

func TestAFullDiskIsRefusedBeforeWriting(t *testing.T) {
	d := newFlakyDisk()
	l, _ := open(t, "", Options{Disk: d})
	d.free = 100 << 20
	if _, err := l.Append(payload(0)); !errors.Is(err, errDiskFull) {
		t.Fatalf("got %v", err)
	}
	d.free = 1 << 40
	appendN(t, l, 0, 1)
	if _, err := l.Append(make([]byte, MaxPayload+1)); !errors.Is(err, errTooLarge) {
		t.Fatalf("got %v", err)
	}
}

// TestPowerCuts cuts the power at random moments: nothing whose Append
// returned may be missing, and nothing may be called damaged.
func TestPowerCuts(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		d, acked, n := newFlakyDisk(), 0, 0
		for range 4 {
			l, report := open(t, "", Options{Disk: d, FileSize: 1500})
			if !report.Whole() || l.Head().Count < uint64(acked) {
				t.Fatalf("seed %d: acked %d, have %d, %+v", seed, acked, l.Head().Count, report)
			}
			n = int(l.Head().Count)
			if r.IntN(2) == 0 {
				d.failSync = 1 + r.IntN(20)
			}
			for range r.IntN(20) {
				if _, err := l.Append(payload(n), payload(n+1)); err != nil {
					break
				}
				n += 2
			}
			acked, d.failSync = n, 0
			d = d.powerCut(r)
		}
	}
}

// TestGoldenV0 proves that a log written by the first version still opens.
func TestGoldenV0(t *testing.T) {
	text, err := os.ReadFile("testdata/000001.log.hex")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	if err != nil {
		t.Fatal(err)
	}
	d := newFlakyDisk()
	d.files["000001.log"] = &flakyFile{disk: d, data: raw, synced: raw}
	l, report := open(t, "", Options{Disk: d})
	if found := contents(t, l); !report.Whole() || len(found) != 3 || found[2] != 2 {
		t.Fatalf("%+v %v", report, found)
	}
	if got := hex.EncodeToString(l.head.Hash[:8]); got != goldenHead {
		t.Fatalf("head %s", got)
	}
}

func FuzzOpen(f *testing.F) {
	d := newFlakyDisk()
	l, _, _ := Open(ctx, "", testKey, Options{Disk: d})
	l.Append(payload(0), payload(1))
	f.Add(d.files["000001.log"].data)
	f.Add([]byte("JS\xa50"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d := newFlakyDisk()
		d.files["000001.log"] = &flakyFile{disk: d, data: b}
		l, _, err := Open(ctx, "", testKey, Options{Disk: d})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Append([]byte("x")); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	l, _, err := Open(ctx, b.TempDir(), testKey, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	text := make([]byte, 2000)
	for b.Loop() {
		if _, err := l.Append(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	l, _, _ := Open(ctx, b.TempDir(), testKey, Options{})
	defer l.Close()
	batch := make([][]byte, 10000)
	for i := range batch {
		batch[i] = make([]byte, 2000)
	}
	l.Append(batch...)
	b.SetBytes(10000 * 2000)
	for b.Loop() {
		l.Scan(ctx, Mark{}, func(Record) error { return nil })
	}
}

// goldenHead starts the hash of the golden log's last record.
const goldenHead = "353eb7deee755e30"
