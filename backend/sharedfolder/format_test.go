package sharedfolder

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

var updateFormat = flag.Bool("update-format", false, "write the golden segment and acknowledgement anew")

type fixedKeys struct{ key seal.Key }

func (k fixedKeys) Current() (string, seal.Key)      { return "e1", k.key }
func (k fixedKeys) Epoch(id string) (seal.Key, bool) { return k.key, id == "e1" }

type fixedSigner struct{ ed25519.PrivateKey }

func (s fixedSigner) Public() journal.PublicKey {
	return journal.PublicKey(s.PrivateKey.Public().(ed25519.PublicKey))
}
func (s fixedSigner) Sign(m []byte) ([]byte, error) { return ed25519.Sign(s.PrivateKey, m), nil }

const formatSpace = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"

func formatCodec(t testing.TB) *codec {
	k, err := seal.KeyFrom([]byte("a fixed key of thirty-two bytes."))
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCodec(formatSpace, fixedKeys{k})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// formatList is the list of three records and the segment it belongs to.
func formatList(t testing.TB) (segment, []byte) {
	seed := sha256.Sum256([]byte("replica"))
	self := fixedSigner{ed25519.NewKeyFromSeed(seed[:])}
	s := segment{author: self.Public().KeyID(), first: 1, last: 3}
	var list []byte
	var prev journal.ID
	for seq := uint64(1); seq <= 3; seq++ {
		e, err := journal.Write(journal.Draft{Seq: seq, Prev: prev, Clock: journal.Stamp{Millis: int64(seq)},
			Streams: []journal.Stream{{ID: "office"}}, Parts: []journal.SealedPart{{Key: "k", Bytes: []byte("sealed")}}}, self, self)
		if err != nil {
			t.Fatal(err)
		}
		prev = e.ID
		if list, err = appendRecord(list, journal.Record{Entry: e.Bytes, Keys: []journal.KeyGrant{{ID: "k", Key: []byte("key")}}}); err != nil {
			t.Fatal(err)
		}
	}
	return s, list
}

// The seal is random, so the golden segment proves that old ones are read.
func TestGoldenSegmentIsRead(t *testing.T) {
	c := formatCodec(t)
	s, list := formatList(t)
	if *updateFormat {
		data, err := c.encode(&s, list)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/"+s.name(), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob("testdata/*.seg")
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	named, ok := parseSegment(s.author, "000000", filepath.Base(files[0]))
	if !ok {
		t.Fatal("the golden name is not a name")
	}
	received, err := c.decode(named, data)
	if err != nil || len(received) != 3 || received[2].Entry.Seq != 3 || string(received[0].Keys[0].Key) != "key" {
		t.Fatalf("%v %+v", err, received)
	}
	var again []byte
	for _, r := range received {
		if again, err = appendRecord(again, journal.Record{Entry: r.Entry.Bytes, Keys: r.Keys}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(again, list) {
		t.Fatal("the list written today differs from format 0")
	}
}

func TestGoldenAcknowledgementIsRead(t *testing.T) {
	r := &round{Folder: &Folder{codec: formatCodec(t), o: Options{Space: Space{ID: formatSpace}}}}
	replica := strings.Repeat("ab", 16)
	if *updateFormat {
		data, err := r.codec.enclose(ackMagic, seal.ContextShareState,
			[]byte(`{"format":0,"replica":"`+replica+`","at":"2026-01-05T09:00:00Z","heads":{"`+replica+`":{"seq":7,"id":"x"}}}`),
			func(epoch string) []byte { return adOf("state", formatSpace, replica, epoch, 5) })
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(fmt.Sprintf("testdata/%010x-%s.ack", 5, sumOf(data)), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob("testdata/*.ack")
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.decodeAck(replica, filepath.Base(files[0]), data)
	if err != nil || a.Heads[replica].Seq != 7 || a.number != 5 || !a.At.Equal(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)) {
		t.Fatalf("%v %+v", err, a)
	}
	if _, err := r.decodeAck(strings.Repeat("cd", 16), filepath.Base(files[0]), data); !errors.Is(err, errSealed) {
		t.Fatalf("an acknowledgement was taken for another's: %v", err)
	}
}

func TestEveryFlippedBitOfASegmentIsNoticed(t *testing.T) {
	c := formatCodec(t)
	s, list := formatList(t)
	good, err := c.encode(&s, list)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		if _, err := c.decode(s, bad); err == nil {
			t.Fatalf("byte %d: the sum did not notice", i)
		}
		renamed := s
		renamed.sum = sumOf(bad)
		if _, err := c.decode(renamed, bad); err == nil {
			t.Fatalf("byte %d: the seal did not notice", i)
		}
	}
	for name, other := range map[string]segment{
		"another author": {strings.Repeat("0", 32), s.first, s.last, s.sum},
		"other numbers":  {s.author, s.first + 1, s.last + 1, s.sum},
	} {
		if _, err := c.decode(other, good); !errors.Is(err, errSealed) {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestNameMustPromiseWhatIsInside(t *testing.T) {
	c := formatCodec(t)
	for _, change := range []func(*segment){
		func(s *segment) { s.first, s.last = 2, 4 },
		func(s *segment) { s.last = 2 },
		func(s *segment) { s.author = strings.Repeat("0", 32) },
	} {
		s, list := formatList(t)
		change(&s)
		data, err := c.encode(&s, list)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.decode(s, data); !errors.Is(err, errSequence) {
			t.Fatalf("%s: %v", s.name(), err)
		}
	}
}

func TestPackedBombIsRefused(t *testing.T) {
	c := formatCodec(t)
	s, _ := formatList(t)
	data, err := c.encode(&s, make([]byte, 2*maxPlain))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.decode(s, data); !errors.Is(err, errFormat) {
		t.Fatalf("%d bytes unpacked: %v", len(data), err)
	}
}

func TestNamesOfSegments(t *testing.T) {
	author, sum := strings.Repeat("0a", 16), strings.Repeat("f0", 16)
	tests := []struct {
		bucket, name string
		ok           bool
	}{
		{"000000", "0000000001-0000000fff-" + sum + ".seg", true},
		{"000001", "0000001000-0000001fff-" + sum + ".seg", true},
		{"000000", "0000000000-0000000001-" + sum + ".seg", false}, // numbers begin with 1
		{"000000", "0000000002-0000000001-" + sum + ".seg", false}, // backwards
		{"000000", "0000000fff-0000001000-" + sum + ".seg", false}, // over a bucket's end
		{"000001", "0000000001-0000000001-" + sum + ".seg", false}, // in the wrong bucket
		{"ffffff", "ffffffffff-ffffffffff-" + sum + ".seg", false}, // more than a bucket can name
		{"000000", "0000000001-0000000001-" + strings.ToUpper(sum) + ".seg", false},
		{"000000", "0000000001-0000000001-" + sum + ".seg.tmp", false},
		{"000000", "../../../../etc/passwd", false},
	}
	for _, tt := range tests {
		s, ok := parseSegment(author, tt.bucket, tt.name)
		if ok != tt.ok || ok && (s.name() != tt.name || bucketOf(s.first) != tt.bucket) {
			t.Errorf("%s/%s: %v", tt.bucket, tt.name, ok)
		}
	}
	longest := segment{author, maxSeq, maxSeq, sum}.name()
	if len(longest) > 64 {
		t.Errorf("%s has %d bytes", longest, len(longest))
	}
}

func TestGaps(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spans []span
		last  uint64
		want  string
	}{
		{"nothing there", nil, 3, "[{1 3}]"},
		{"nothing needed", nil, 0, "[]"},
		{"all there", []span{{1, 3}}, 3, "[]"},
		{"a hole", []span{{5, 9}, {1, 2}}, 9, "[{3 4}]"},
		{"overlaps", []span{{1, 5}, {2, 3}, {4, 6}}, 8, "[{7 8}]"},
		{"more there than needed", []span{{2, 99}}, 5, "[{1 1}]"},
	} {
		if got := fmt.Sprint(gaps(tt.spans, tt.last)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func FuzzSegment(f *testing.F) {
	c := formatCodec(f)
	s, list := formatList(f)
	f.Add(list, true)
	f.Add([]byte{0, 0, 0, 1, 0}, true)
	f.Add(binary.BigEndian.AppendUint32(nil, 1<<31), true)
	f.Add([]byte("JSS0\x02e1xxxx"), false)
	f.Fuzz(func(t *testing.T, b []byte, sealed bool) {
		got := s
		if sealed { // a member may seal anything
			data, err := c.encode(&got, b)
			if err != nil {
				t.Fatal(err)
			}
			b = data
		} else {
			got.sum = sumOf(b)
		}
		received, err := c.decode(got, b)
		if err == nil && len(received) != 3 {
			t.Fatalf("%d entries of 3 were taken", len(received))
		}
		if err != nil && why(err, b) == "" {
			t.Fatal("no reason is told")
		}
	})
}

func FuzzInvitation(f *testing.F) {
	v := NewInvitation(Space{ID: formatSpace, Root: formatSpace}, nil, 1, time.Unix(1e9, 0))
	text, err := v.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(armourBegin + "\n=\n" + armourEnd))
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := ParseInvitation(b)
		if err != nil {
			return
		}
		text, err := v.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParseInvitation(text); err != nil || again.ID != v.ID {
			t.Fatalf("%v %v", again, err)
		}
	})
}
