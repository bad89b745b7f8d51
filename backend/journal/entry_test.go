package journal_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"jiesu/backend/journal"
)

var update = flag.Bool("update", false, "write the golden files anew")

type signer struct{ key ed25519.PrivateKey }

func (s signer) Public() journal.PublicKey {
	return journal.PublicKey(s.key.Public().(ed25519.PublicKey))
}
func (s signer) Sign(m []byte) ([]byte, error) { return ed25519.Sign(s.key, m), nil }

// testSigner has a key that is the same in every run.
func testSigner(name string) signer {
	seed := sha256.Sum256([]byte("test key " + name))
	return signer{ed25519.NewKeyFromSeed(seed[:])}
}

var (
	officer = testSigner("officer")
	replica = testSigner("replica")
	idA     = journal.ID(strings.Repeat("ab", 32))
	idB     = journal.ID(strings.Repeat("cd", 32))
)

// goldens are the entries whose bytes may never change meaning.
func goldens() map[string]journal.Draft {
	return map[string]journal.Draft{
		"first-of-a-replica": {
			Seq: 1, Clock: journal.Stamp{Millis: 1767225600000},
			Streams: []journal.Stream{{ID: "office"}},
			Parts:   []journal.SealedPart{{Key: "k1", Bytes: []byte("sealed act")}},
		},
		"first-after-a-fork": {
			Seq: 1, From: &journal.Origin{Replica: strings.Repeat("0f", 16), Seq: 41, ID: idA},
			Clock:   journal.Stamp{Millis: 1767225600000, Counter: 3},
			Streams: []journal.Stream{{ID: "office", Heads: []journal.ID{idA}}},
			Parts:   []journal.SealedPart{{Key: "k1", Bytes: []byte("sealed act")}},
		},
		"two-streams-two-parts": {
			Seq: 42, Prev: idB, Clock: journal.Stamp{Millis: 1767225600123, Counter: 7},
			Streams: []journal.Stream{{ID: "case:0123456789abcdef0123456789abcdef", Heads: []journal.ID{idA, idB}}, {ID: "message:1"}},
			Must:    true,
			Parts:   []journal.SealedPart{{Key: "case", Bytes: []byte("act")}, {Key: "identity", Bytes: nil}, {Key: "x", Bytes: []byte{0, 255}}},
		},
	}
}

func write(t testing.TB, d journal.Draft) *journal.Entry {
	t.Helper()
	e, err := journal.Write(d, officer, replica)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEntryBytesAreGolden(t *testing.T) {
	for name, draft := range goldens() {
		t.Run(name, func(t *testing.T) {
			file := "testdata/" + name + ".entry"
			got := write(t, draft).Bytes
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Fatalf("bytes written today differ from format 0:\n got %q\nwant %q", got, want)
			}
		})
	}
}

func TestParseGivesBackWhatWasWritten(t *testing.T) {
	for name, d := range goldens() {
		t.Run(name, func(t *testing.T) {
			e := write(t, d)
			sum := sha256.Sum256(e.Bytes)
			if e.ID != journal.ID(hex.EncodeToString(sum[:])) {
				t.Fatalf("id %s is not the sum of the bytes", e.ID)
			}
			if e.Seq != d.Seq || e.Prev != d.Prev || e.Clock != d.Clock || e.Must != d.Must ||
				!reflect.DeepEqual(e.From, d.From) || !reflect.DeepEqual(e.Streams, d.Streams) {
				t.Fatalf("header %+v, draft %+v", e.Header, d)
			}
			if e.ReplicaID() != replica.Public().KeyID() || e.By.KeyID() != officer.Public().KeyID() {
				t.Fatal("keys differ")
			}
			for i, p := range d.Parts {
				if !bytes.Equal(e.Parts[i], p.Bytes) || e.Header.Parts[i].Key != p.Key {
					t.Fatalf("part %d is %q under %q", i, e.Parts[i], e.Header.Parts[i].Key)
				}
			}
		})
	}
	e := write(t, goldens()["two-streams-two-parts"])
	if heads, ok := e.Heads("message:1"); !ok || len(heads) != 0 {
		t.Fatal("the second stream is lost")
	}
	if _, ok := e.Heads("case:other"); ok {
		t.Fatal("an entry belongs only to streams it names")
	}
}

// raw signs any header and body, so that a refusal is due to the rule under
// test and not to a signature.
func raw(head []byte, body []byte) []byte {
	out := append([]byte("JSE0"), binary.BigEndian.AppendUint32(nil, uint32(len(head)))...)
	out = append(append(out, head...), body...)
	for _, s := range []struct {
		key     signer
		context string
	}{{officer, "jiesu/v0/entry/officer\x00"}, {replica, "jiesu/v0/entry/replica\x00"}} {
		sum := sha256.Sum256(out)
		sig, _ := s.key.Sign(append([]byte(s.context), sum[:]...))
		out = append(out, sig...)
	}
	return out
}

func TestParseRefuses(t *testing.T) {
	good := write(t, goldens()["two-streams-two-parts"])
	var base map[string]any
	n := binary.BigEndian.Uint32(good.Bytes[4:8])
	body := good.Bytes[8+n : len(good.Bytes)-128]
	with := func(change func(h map[string]any)) []byte {
		base = nil
		if err := json.Unmarshal(good.Bytes[8:8+n], &base); err != nil {
			t.Fatal(err)
		}
		change(base)
		head, err := json.Marshal(base)
		if err != nil {
			t.Fatal(err)
		}
		return raw(head, body)
	}
	set := func(key string, value any) []byte { return with(func(h map[string]any) { h[key] = value }) }
	many := func(n int, id string) (out []any) {
		for i := range n {
			out = append(out, map[string]any{"id": id + strings.Repeat("x", i)})
		}
		return out
	}
	parts := func(change func(p map[string]any)) []byte {
		return with(func(h map[string]any) { change(h["parts"].([]any)[0].(map[string]any)) })
	}
	heads := make([]string, journal.MaxHeads+1)
	for i := range heads {
		heads[i] = string(idA)
	}
	if _, err := journal.Parse(with(func(h map[string]any) { h["later"] = "kept" })); err != nil {
		t.Fatalf("an unknown header field must be kept, got %v", err)
	}
	tests := []struct {
		name  string
		bytes []byte
		want  error
	}{
		{"nothing", nil, journal.ErrFormat},
		{"too short for two signatures", good.Bytes[:100], journal.ErrFormat},
		{"more than the limit", make([]byte, journal.MaxEntry+1), journal.ErrLimit},
		{"another magic", append([]byte("JSE1"), good.Bytes[4:]...), journal.ErrFormat},
		{"a header longer than the entry", append([]byte("JSE0\x00\x00\xff\x00"), good.Bytes[8:]...), journal.ErrLimit},
		{"a header longer than the limit", raw(bytes.Repeat([]byte(" "), journal.MaxHeader+1), nil), journal.ErrLimit},
		{"a header length of all ones", append([]byte("JSE0\xff\xff\xff\xff"), good.Bytes[8:]...), journal.ErrLimit},
		{"a header that is no JSON", raw([]byte("{"), body), journal.ErrFormat},
		{"a header that is no UTF-8", raw([]byte("{\"x\":\"\xff\"}"), body), journal.ErrFormat},
		{"a header that is null", raw([]byte("null"), nil), journal.ErrFormat},
		{"an unknown format", set("format", 1), journal.ErrFormat},
		{"no replica key", set("replica", ""), journal.ErrFormat},
		{"an officer key of the wrong size", set("by", "AAAA"), journal.ErrFormat},
		{"an officer key that is missing", with(func(h map[string]any) { delete(h, "by") }), journal.ErrFormat},
		{"number 0", with(func(h map[string]any) { h["seq"] = 0; delete(h, "prev") }), journal.ErrFormat},
		{"a first entry with a previous one", set("seq", 1), journal.ErrFormat},
		{"a later entry without a previous one", with(func(h map[string]any) { delete(h, "prev") }), journal.ErrFormat},
		{"a previous id that is no id", set("prev", "abc"), journal.ErrFormat},
		{"an origin on a later entry", set("from", map[string]any{"replica": strings.Repeat("0", 32), "seq": 1, "id": idA}), journal.ErrFormat},
		{"a clock before 1970", set("clock", []int{-1, 0}), journal.ErrFormat},
		{"a clock with a counter too large", set("clock", []int{1, 1 << 32}), journal.ErrFormat},
		{"a clock that is null", set("clock", nil), journal.ErrFormat},
		{"no stream", set("streams", []any{}), journal.ErrLimit},
		{"too many streams", set("streams", many(journal.MaxStream+1, "s")), journal.ErrLimit},
		{"a stream without a name", set("streams", many(1, "")), journal.ErrFormat},
		{"a stream with a long name", set("streams", many(1, strings.Repeat("n", 81))), journal.ErrFormat},
		{"the same stream twice", set("streams", append(many(1, "s"), many(1, "s")...)), journal.ErrFormat},
		{"too many heads", set("streams", []any{map[string]any{"id": "s", "heads": heads}}), journal.ErrFormat},
		{"a head that is no id", set("streams", []any{map[string]any{"id": "s", "heads": []string{"zz"}}}), journal.ErrFormat},
		{"a head in capitals", set("streams", []any{map[string]any{"id": "s", "heads": []string{strings.Repeat("AB", 32)}}}), journal.ErrFormat},
		{"no part", raw(trim(with(func(h map[string]any) { h["parts"] = []any{} })), nil), journal.ErrLimit},
		{"too many parts", set("parts", many(journal.MaxParts+1, "p")), journal.ErrLimit},
		{"a part of negative size", parts(func(p map[string]any) { p["size"] = -1 }), journal.ErrLimit},
		{"a part larger than the entry", parts(func(p map[string]any) { p["size"] = 1 << 40 }), journal.ErrLimit},
		{"a part with another sum", parts(func(p map[string]any) { p["hash"] = string(idA) }), journal.ErrHash},
		{"a part with its sum in capitals", parts(func(p map[string]any) { p["hash"] = strings.ToUpper(p["hash"].(string)) }), journal.ErrHash},
		{"bytes after the last part", raw(good.Bytes[8:8+n], append(bytes.Clone(body), 'x')), journal.ErrFormat},
		{"an officer who did not sign", set("by", testSigner("other").Public()), journal.ErrSignature},
		{"a replica that did not sign", set("replica", testSigner("other").Public()), journal.ErrSignature},
		{"the two signatures exchanged", swapSignatures(good.Bytes), journal.ErrSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := journal.Parse(tt.bytes); !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func trim(entry []byte) []byte { return entry[8 : 8+binary.BigEndian.Uint32(entry[4:8])] }

func swapSignatures(b []byte) []byte {
	end := len(b) - 128
	return append(append(bytes.Clone(b[:end]), b[end+64:]...), b[end:end+64]...)
}

func TestEveryFlippedBitAndEveryCutIsNoticed(t *testing.T) {
	good := write(t, goldens()["two-streams-two-parts"]).Bytes
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		if _, err := journal.Parse(bad); err == nil {
			t.Fatalf("a flipped bit in byte %d of %d went unnoticed", i, len(good))
		}
		if _, err := journal.Parse(good[:i]); err == nil {
			t.Fatalf("a cut after byte %d of %d went unnoticed", i, len(good))
		}
	}
}

func TestPartADBindsThePlace(t *testing.T) {
	seen := map[string]bool{}
	for _, key := range []journal.PublicKey{officer.Public(), replica.Public()} {
		for seq := range uint64(3) {
			for part := range 3 {
				seen[string(journal.PartAD(key, seq, part))] = true
			}
		}
	}
	if len(seen) != 18 {
		t.Fatalf("18 places have only %d names", len(seen))
	}
}

func FuzzParse(f *testing.F) {
	for _, d := range goldens() {
		f.Add(write(f, d).Bytes)
	}
	f.Add(raw([]byte(`{"streams":[{"id":"s"}],"parts":[{"size":-1}]}`), nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := journal.Parse(b)
		if err != nil {
			return
		}
		again, err := journal.Parse(e.Bytes)
		if err != nil || again.ID != e.ID || !bytes.Equal(e.Bytes, b) {
			t.Fatal("an accepted entry must be accepted again as the same")
		}
	})
}
