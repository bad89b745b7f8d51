package seal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

func testKey(b byte) Key {
	var k Key
	for i := range k {
		k[i] = b + byte(i)
	}
	return k
}

// golden is what testdata/vectors.json holds; all bytes are hex.
type golden struct {
	Key, Other, Context, Nonce, Plaintext, AD string
	Sealed, Derived, Combined, ID, MAC        string
	Signed, Identity, Recipient, Wrapped      string
}

// TestVectors proves that the formats of the package comment still hold.
func TestVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	un := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	a, _ := KeyFrom(un(g.Key))
	b, _ := KeyFrom(un(g.Other))
	sealed := NewBox(a, g.Context).sealWithNonce(bytes.NewReader(un(g.Nonce)), un(g.Plaintext), un(g.AD))
	derived, combined := Derive(a, g.Context), Combine(a, b, g.Context)
	for name, pair := range map[string][2]string{
		"sealed":   {hex.EncodeToString(sealed), g.Sealed},
		"derived":  {hex.EncodeToString(derived[:]), g.Derived},
		"combined": {hex.EncodeToString(combined[:]), g.Combined},
		"id":       {ID(a), g.ID},
		"mac":      {hex.EncodeToString(MAC(a, g.Context, un(g.Plaintext))), g.MAC},
		"signed":   {hex.EncodeToString(SignedBytes(g.Context, un(g.Plaintext))), g.Signed},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %s want %s", name, pair[0], pair[1])
		}
	}
	id, err := ParseIdentity(g.Identity)
	if err != nil || id.Recipient().String() != g.Recipient {
		t.Fatalf("identity: %v", err)
	}
	if got, err := Unwrap(id, un(g.Wrapped)); err != nil || !bytes.Equal(got, un(g.Plaintext)) {
		t.Fatalf("an old wrapped text must open: %v", err)
	}
}

func TestOpenRefusesAnythingAltered(t *testing.T) {
	key := testKey(1)
	sealed := Seal(key, ContextEntryAct, []byte("样本内容"), []byte("ad"))
	if got, err := Open(key, ContextEntryAct, sealed, []byte("ad")); err != nil || string(got) != "样本内容" {
		t.Fatalf("own text must open: %v", err)
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := Open(key, ContextEntryAct, bad, []byte("ad")); !errors.Is(err, ErrBroken) {
			t.Fatalf("byte %d flipped, still opens", i)
		}
	}
	tests := []struct {
		name    string
		key     Key
		context string
		ad      string
		sealed  []byte
	}{
		{"another key", testKey(2), ContextEntryAct, "ad", sealed},
		{"another context", key, ContextEntryIdentity, "ad", sealed},
		{"another ad", key, ContextEntryAct, "da", sealed},
		{"a byte short", key, ContextEntryAct, "ad", sealed[:len(sealed)-1]},
		{"nothing", key, ContextEntryAct, "ad", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Open(tt.key, tt.context, tt.sealed, []byte(tt.ad)); !errors.Is(err, ErrBroken) {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestKeysAreIndependent(t *testing.T) {
	a, b := testKey(1), testKey(9)
	seen := map[Key]string{a: "a", b: "b"}
	for name, k := range map[string]Key{
		"derive x": Derive(a, "x"), "derive y": Derive(a, "y"), "derive b": Derive(b, "x"),
		"combine": Combine(a, b, "x"), "combine turned": Combine(b, a, "x"), "combine y": Combine(a, b, "y"),
	} {
		if other, dup := seen[k]; dup {
			t.Fatalf("%s equals %s", name, other)
		}
		seen[k] = name
	}
	if a, b := New(), New(); a == b {
		t.Fatal("two random keys are alike")
	}
}

func TestContextsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Contexts {
		if c == "" || seen[c] {
			t.Fatalf("context %q twice or empty", c)
		}
		seen[c] = true
	}
}

func TestKeysNeverPrintThemselves(t *testing.T) {
	k, id := testKey(0xA1), NewIdentity()
	text := fmt.Sprintf("%v %s %x %#v %+v %v %#v", k, k, k, k, struct{ K Key }{k}, id, id)
	if strings.Contains(text, "a1a2") || strings.Contains(text, "161 162") || strings.Contains(text, "AGE-SECRET") {
		t.Fatalf("key printed: %s", text)
	}
}

func TestWrapOpensForEachRecipientOnly(t *testing.T) {
	a, b, c := NewIdentity(), NewIdentity(), NewIdentity()
	wrapped, err := WrapFor([]Recipient{a.Recipient(), b.Recipient()}, []byte("钥匙"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []Identity{a, b} {
		if got, err := Unwrap(id, wrapped); err != nil || string(got) != "钥匙" {
			t.Fatalf("recipient cannot open: %v", err)
		}
	}
	if _, err := Unwrap(c, wrapped); !errors.Is(err, ErrBroken) {
		t.Fatalf("a stranger opened it: %v", err)
	}
	wrapped[len(wrapped)-1] ^= 1
	if _, err := Unwrap(a, wrapped); !errors.Is(err, ErrBroken) {
		t.Fatal("altered text opened")
	}
	if _, err := WrapFor(nil, nil); err == nil {
		t.Fatal("wrapping for nobody must fail")
	}
	if _, err := ParseRecipient("age1xyz"); err == nil {
		t.Fatal("nonsense recipient accepted")
	}
}

func TestWipe(t *testing.T) {
	k := testKey(1)
	k.Wipe()
	if !k.IsZero() {
		t.Fatal("key not wiped")
	}
	if _, err := KeyFrom([]byte("short")); err == nil {
		t.Fatal("short key accepted")
	}
}

func FuzzOpen(f *testing.F) {
	key := testKey(1)
	f.Add(Seal(key, ContextEntryAct, []byte("x"), nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		Open(key, ContextEntryAct, b, nil)
		Unwrap(Identity{}, b)
	})
}

func BenchmarkSeal1K(b *testing.B) {
	box, text := NewBox(New(), ContextJournalRecord), make([]byte, 1024)
	b.SetBytes(1024)
	for b.Loop() {
		box.Seal(text, nil)
	}
}
