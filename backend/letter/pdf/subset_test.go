package pdf

import (
	"bytes"
	"compress/zlib"
	"hash/adler32"
	"io"
	"math/rand"
	"testing"
)

func TestJoinedSumsAreTheSumOfTheJoined(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 200 {
		a, b := make([]byte, r.Intn(200000)), make([]byte, r.Intn(3000))
		r.Read(a)
		r.Read(b)
		want := adler32.Checksum(append(bytes.Clone(a), b...))
		if got := adlerJoin(adler(1, a), adler(1, b), len(b)); got != want {
			t.Fatalf("%d and %d bytes: %08x, want %08x", len(a), len(b), got, want)
		}
		if got := adler(adler(1, a), b); got != want {
			t.Fatalf("going on: %08x, want %08x", got, want)
		}
	}
}

// A subset must be a sound font file: the zlib stream whole, the tables where
// the directory says, their sums right, every glyph inside.
func TestSubsetsAreSoundFontFiles(t *testing.T) {
	f := fonts(t)
	for i, fn := range f.files {
		gids := []int{0}
		for _, r := range "投诉处理决定书，。（）“”—2026年é½𠮷𬱖" {
			if g := fn.chinese(r); g != 0 {
				gids = append(gids, g)
			}
		}
		sub, err := fn.subset(gids)
		if err != nil {
			t.Fatal(err)
		}
		z, err := zlib.NewReader(bytes.NewReader(sub.stream))
		if err != nil {
			t.Fatal(err)
		}
		file, err := io.ReadAll(z)
		if err != nil || len(file) != sub.length {
			t.Fatalf("%s: %v, %d bytes, said %d", fontFiles[i].name, err, len(file), sub.length)
		}
		checkFont(t, fn, gids, file)
	}
}

func checkFont(t *testing.T, fn *font, gids []int, file []byte) {
	t.Helper()
	tables := map[string][]byte{}
	for d := file[12:]; len(tables) < int(be.Uint16(file[4:])); d = d[16:] {
		off, n := be.Uint32(d[8:]), be.Uint32(d[12:])
		tables[string(d[:4])] = file[off : off+n]
		if got := tableSum(file[off : off+(n+3)&^3]); got != be.Uint32(d[4:]) {
			t.Errorf("%s: sum of %s is wrong", fn.name, d[:4])
		}
	}
	loca, glyf := tables["loca"], tables["glyf"]
	n := int(be.Uint16(tables["maxp"][4:]))
	if len(loca) != 4*n+4 || len(tables["hmtx"]) != 4*n || int(be.Uint32(loca[4*n:])) != len(glyf) {
		t.Fatalf("%s: tables do not agree", fn.name)
	}
	for i, g := range gids {
		want, err := fn.outline(g)
		if err != nil {
			t.Fatal(err)
		}
		got := glyf[be.Uint32(loca[4*i:]):be.Uint32(loca[4*i+4:])]
		composite := len(want) >= 10 && int16(be.Uint16(want)) < 0
		if !composite && !bytes.HasPrefix(got, want) {
			t.Errorf("%s: glyph %d is another", fn.name, g)
		}
		if composite {
			parts, err := components(got, nil)
			for _, p := range parts {
				if err != nil || p >= n {
					t.Errorf("%s: glyph %d refers to glyph %d of %d", fn.name, g, p, n)
				}
			}
		}
	}
}

func TestADamagedFontIsRefusedNotDiedOf(t *testing.T) {
	src := fonts(t).files[fileFang].src
	whole := make([]byte, 200000)
	if _, err := src.ReadAt(whole, 0); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewSource(2))
	for range 300 {
		b := bytes.Clone(whole[:1+r.Intn(len(whole))])
		for range r.Intn(20) {
			b[r.Intn(min(len(b), 400))] = byte(r.Intn(256))
		}
		fn := &font{name: "x", src: bytes.NewReader(b), hints: map[string][]byte{}}
		if fn.read() != nil {
			continue
		}
		for _, c := range "投诉a“𠮷" {
			if g := fn.chinese(c); g < fn.count {
				_, _ = fn.subset([]int{0, g})
			}
		}
	}
}
