package vault

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

const pass = "correct horse 电池"

// cheap makes a password cost next to nothing, so that tests are quick.
var cheap = Options{Cost: Cost{Time: 1, Memory: 64, Threads: 1}}

func create(t *testing.T) (string, *Session, string) {
	t.Helper()
	dir := t.TempDir()
	s, code, err := Create(dir, "张三", []byte(pass), cheap)
	if err != nil {
		t.Fatal(err)
	}
	return dir, s, code
}

func reopen(t *testing.T, dir string) *Vault {
	t.Helper()
	v, err := Open(dir, cheap)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestUnlockGivesTheSameKeys(t *testing.T) {
	dir, s, _ := create(t)
	got, err := reopen(t, dir).Unlock(" 张三 ", []byte(pass))
	if err != nil {
		t.Fatal(err)
	}
	if got.DataKey() != s.DataKey() || got.DataKey().IsZero() || !got.SigningPublic().Equal(s.SigningPublic()) || got.Officer() != "张三" {
		t.Fatal("other keys than at creation")
	}
	sig, err := got.Sign(seal.ContextSignJoin, []byte("m"))
	if err != nil || !ed25519.Verify(s.SigningPublic(), seal.SignedBytes(seal.ContextSignJoin, []byte("m")), sig) {
		t.Fatalf("signature: %v", err)
	}
	wrapped, _ := seal.WrapFor([]seal.Recipient{reopen(t, dir).List()[0].Recipient}, []byte("k"))
	id, err := got.AgeIdentity()
	if plain, err2 := seal.Unwrap(id, wrapped); err != nil || err2 != nil || string(plain) != "k" {
		t.Fatal("identity does not open what was wrapped for the listed officer")
	}
}

func TestRefusals(t *testing.T) {
	dir, s, _ := create(t)
	v := s.Vault()
	tests := []struct {
		name string
		fn   func() error
		want error
	}{
		{"wrong password", func() error { _, err := v.Unlock("张三", []byte("wrong password")); return err }, ErrWrongPassword},
		{"unknown officer", func() error { _, err := v.Unlock("李四", []byte(pass)); return err }, ErrNoOfficer},
		{"nine characters", func() error { _, err := s.AddOfficer("李四", []byte("九个字的密码不够长")); return err }, errPassword},
		{"officer twice", func() error { _, err := s.AddOfficer("张三", []byte(pass)); return err }, errOfficerExists},
		{"no name", func() error { _, err := s.AddOfficer("  ", []byte(pass)); return err }, errName},
		{"last officer", func() error { return s.RetireOfficer("张三") }, errLastOfficer},
		{"retire a stranger", func() error { return s.RetireOfficer("李四") }, ErrNoOfficer},
		{"create twice", func() error { _, _, err := Create(dir, "王五", []byte(pass), cheap); return err }, errExists},
		{"no folder", func() error { _, err := Open(t.TempDir(), cheap); return err }, ErrNoVault},
		{"wrong code", func() error { _, err := v.Recover("0000-0000", "张三", []byte(pass)); return err }, errCode},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.fn(); !errors.Is(err, tt.want) {
				t.Fatalf("got %v", err)
			}
		})
	}
	if len(reopen(t, dir).List()) != 1 || len(v.List()) != 1 {
		t.Fatal("a refused change left a trace")
	}
}

func TestOfficersComeAndGo(t *testing.T) {
	dir, s, _ := create(t)
	added, err := s.AddOfficer("李四", []byte("another password"))
	if err != nil {
		t.Fatal(err)
	}
	v := reopen(t, dir)
	four, err := v.Unlock("李四", []byte("another password"))
	if err != nil || four.DataKey() != s.DataKey() || !four.SigningPublic().Equal(added.Sign) || added.Sign.Equal(s.SigningPublic()) {
		t.Fatalf("second officer: %v", err)
	}
	if err := v.ChangePassword("李四", []byte("another password"), []byte("a third password")); err != nil {
		t.Fatal(err)
	}
	v = reopen(t, dir)
	if _, err := v.Unlock("李四", []byte("another password")); !errors.Is(err, ErrWrongPassword) {
		t.Fatalf("the old password still opens: %v", err)
	}
	again, err := v.Unlock("李四", []byte("a third password"))
	if err != nil || !again.SigningPublic().Equal(added.Sign) {
		t.Fatalf("changing a password must keep the keys: %v", err)
	}
	if err := again.RetireOfficer("张三"); err != nil {
		t.Fatal(err)
	}
	if _, err := reopen(t, dir).Unlock("张三", []byte(pass)); !errors.Is(err, ErrNoOfficer) {
		t.Fatalf("a retired officer gets in: %v", err)
	}
}

func TestLockWipesTheOfficerAndKeepsTheDesk(t *testing.T) {
	_, s, _ := create(t)
	ring := NewRing()
	epoch, identity := ring.Add(seal.New()), ring.AddIdentity(seal.New())
	s.Lock()
	ring.Lock()
	if _, err := s.Sign("x", nil); !errors.Is(err, ErrLocked) {
		t.Fatalf("signs while locked: %v", err)
	}
	if _, err := s.AgeIdentity(); !errors.Is(err, ErrLocked) {
		t.Fatalf("opens while locked: %v", err)
	}
	if _, err := s.AddOfficer("李四", []byte(pass)); !errors.Is(err, ErrLocked) {
		t.Fatalf("adds officers while locked: %v", err)
	}
	if _, ok := ring.Get(identity); ok {
		t.Fatal("identity key still in memory")
	}
	if _, ok := ring.Get(epoch); !ok {
		t.Fatal("epoch key gone: exchange would stop")
	}
	if r, err := s.Replica(); err != nil || s.DataKey().IsZero() || len(r.Public()) != ed25519.PublicKeySize {
		t.Fatalf("exchange must go on: %v", err)
	}
	s.Close()
	if !s.DataKey().IsZero() {
		t.Fatal("data key not wiped")
	}
}

func TestReplicaKeysCanBeReplacedAndStillOpenOldThings(t *testing.T) {
	dir, s, _ := create(t)
	first, err := s.Replica()
	if err != nil {
		t.Fatal(err)
	}
	wrapped, _ := seal.WrapFor([]seal.Recipient{first.Recipient()}, []byte("old"))
	var seen []journal.PublicKey
	second, err := s.NewReplica(func(k journal.PublicKey) bool { seen = append(seen, k); return len(seen) > 2 })
	if len(seen) != 3 || !bytes.Equal(seen[2], second.Public()) {
		t.Fatalf("%d keys were asked about", len(seen))
	}
	if err != nil || bytes.Equal(second.Public(), first.Public()) {
		t.Fatalf("no new key: %v", err)
	}
	s2, err := reopen(t, dir).Unlock("张三", []byte(pass))
	if err != nil {
		t.Fatal(err)
	}
	r, err := s2.Replica()
	if err != nil || !bytes.Equal(r.Public(), second.Public()) {
		t.Fatalf("the new key did not last: %v", err)
	}
	if plain, err := r.Unwrap(wrapped); err != nil || string(plain) != "old" {
		t.Fatalf("old wrapped text: %v", err)
	}
	if !ed25519.Verify(ed25519.PublicKey(r.Public()), seal.SignedBytes("c", []byte("m")), r.SignFor("c", []byte("m"))) {
		t.Fatal("replica signature")
	}
}

func TestRecovery(t *testing.T) {
	dir, s, code := create(t)
	key, public := s.DataKey(), s.SigningPublic()
	t.Run("a code is read as people type it", func(t *testing.T) {
		v := reopen(t, dir)
		typed := strings.ToLower(strings.NewReplacer("-", " ", "0", "o", "1", "l").Replace(code))
		got, err := v.Recover(typed, "张三", []byte("a new password"))
		if err != nil || got.DataKey() != key {
			t.Fatalf("recover: %v", err)
		}
		if got.SigningPublic().Equal(public) {
			t.Fatal("the sheet must not open an officer's old keys")
		}
		if _, err := reopen(t, dir).Unlock("张三", []byte("a new password")); err != nil {
			t.Fatal(err)
		}
		if len(v.List()) != 1 {
			t.Fatal("the old slot is still there")
		}
	})
	t.Run("one wrong letter is noticed", func(t *testing.T) {
		for i, c := range code {
			if c == '-' {
				continue
			}
			other := byte('7')
			if c == '7' {
				other = '8'
			}
			if _, ok := parseCode(code[:i] + string(other) + code[i+1:]); ok {
				t.Fatalf("letter %d", i)
			}
		}
	})
	t.Run("another vault's code does not open", func(t *testing.T) {
		_, _, other := create(t)
		if _, err := reopen(t, dir).Recover(other, "张三", []byte(pass)); !errors.Is(err, errCode) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a new sheet makes the old one worthless", func(t *testing.T) {
		s, _ := reopen(t, dir).Unlock("张三", []byte("a new password"))
		fresh, err := s.NewRecovery()
		if err != nil {
			t.Fatal(err)
		}
		v := reopen(t, dir)
		if _, err := v.Recover(code, "李四", []byte(pass)); !errors.Is(err, errCode) {
			t.Fatalf("old code: %v", err)
		}
		if _, err := v.Recover(fresh, "李四", []byte(pass)); err != nil || len(v.List()) != 2 {
			t.Fatalf("new code: %v", err)
		}
	})
}

func TestTamperingIsNoticed(t *testing.T) {
	dir, s, _ := create(t)
	if _, err := s.AddOfficer("李四", []byte("another password")); err != nil {
		t.Fatal(err)
	}
	whole := s.Vault().file
	swap := func(fn func(*file)) *Vault {
		f := s.Vault().snapshot()
		fn(&f)
		return &Vault{path: filepath.Join(dir, fileName), opts: withDefaults(cheap), file: f}
	}
	for name, v := range map[string]*Vault{
		"a slot removed":       swap(func(f *file) { f.Officers = f.Officers[:1] }),
		"a slot renamed":       swap(func(f *file) { f.Officers[1].Name = "王五" }),
		"a replica replaced":   swap(func(f *file) { f.Replicas[0] = newMachine(seal.New()) }),
		"a recovery slot lost": swap(func(f *file) { f.Recovery = nil }),
		"keys of another slot": swap(func(f *file) { f.Officers[0].Keys = whole.Officers[1].Keys }),
		"the MAC cut":          swap(func(f *file) { f.MAC = f.MAC[:5] }),
	} {
		if _, err := v.Unlock("张三", []byte(pass)); !errors.Is(err, errFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAfterFiveWrongPasswordsTriesSlowDown(t *testing.T) {
	dir, _, _ := create(t)
	var slept []time.Duration
	opts := cheap
	opts.Sleep = func(d time.Duration) { slept = append(slept, d) }
	v, _ := Open(dir, opts)
	for range 13 {
		v.Unlock("张三", []byte("wrong password"))
	}
	want := []time.Duration{1, 2, 4, 8, 16, 32, 60, 60}
	if len(slept) != len(want) {
		t.Fatalf("slept %v", slept)
	}
	for i := range want {
		if slept[i] != want[i]*time.Second {
			t.Fatalf("slept %v", slept)
		}
	}
	if _, err := v.Unlock("张三", []byte(pass)); err != nil {
		t.Fatal("the right password must still open")
	}
	n := len(slept)
	v.Unlock("张三", []byte(pass))
	if len(slept) != n {
		t.Fatal("a right password must end the slowing")
	}
}

func TestPasswordsAreWiped(t *testing.T) {
	dir, _, _ := create(t)
	typed := []byte(pass)
	reopen(t, dir).Unlock("张三", typed)
	if !bytes.Equal(typed, make([]byte, len(typed))) {
		t.Fatal("password still in memory")
	}
}

func TestNothingSecretInTheFile(t *testing.T) {
	dir, s, code := create(t)
	raw, _ := os.ReadFile(filepath.Join(dir, fileName))
	key := s.DataKey()
	for name, secret := range map[string]string{"password": pass, "code": code, "age key": "AGE-SECRET", "data key": hex.EncodeToString(key[:])} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Fatalf("%s in clear", name)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Fatalf("left behind: %v", entries)
	}
	if info, _ := os.Stat(filepath.Join(dir, fileName)); info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v", info.Mode())
	}
}

// TestGoldenV0 proves that a vault of the first version still opens.
func TestGoldenV0(t *testing.T) {
	dir := t.TempDir()
	raw, err := os.ReadFile("testdata/vault-v0.json")
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(dir, fileName), raw, 0o600)
	s, err := reopen(t, dir).Unlock("样本经办人", []byte("样本口令 sample"))
	if err != nil {
		t.Fatal(err)
	}
	key := s.DataKey()
	if got := hex.EncodeToString(key[:8]); got != goldenKey {
		t.Fatalf("data key %s", got)
	}
	if _, err := s.Replica(); err != nil {
		t.Fatal(err)
	}
	if _, err := reopen(t, dir).Recover(goldenCode, "样本经办人", []byte(pass)); err != nil {
		t.Fatal(err)
	}
}

func TestThePasswordCostIsMeasuredAndBearable(t *testing.T) {
	k := newKDF(withDefaults(Options{}))
	start := time.Now()
	k.key([]byte(pass))
	took := time.Since(start)
	t.Logf("argon2id time %d, memory %d KiB, threads %d: %v", k.Time, k.Memory, k.Threads, took)
	if !k.sane() || k.Memory < wantMemory {
		t.Fatalf("%+v", k)
	}
}

func FuzzParse(f *testing.F) {
	raw, _ := os.ReadFile("testdata/vault-v0.json")
	f.Add(raw)
	f.Add([]byte(`{"format":"jiesu-vault/0","officers":[{}],"replicas":[{}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		parsed, err := parse(raw)
		if err != nil {
			return
		}
		v := &Vault{opts: withDefaults(cheap), file: parsed}
		v.List()
		for _, s := range parsed.Officers {
			if s.KDF.Memory > 1024 || s.KDF.Time > 2 {
				return
			}
			v.Unlock(s.Name, []byte("not the password"))
		}
	})
}

func FuzzRecoveryCode(f *testing.F) {
	f.Add([]byte("01234567890123456789"), "0000-0000-0000")
	f.Fuzz(func(t *testing.T, b []byte, text string) {
		parseCode(text)
		var code [codeSize]byte
		copy(code[:], b)
		if got, ok := parseCode(printCode(code)); !ok || got != code {
			t.Fatalf("%x reads back as %x", code, got)
		}
	})
}

// What the golden vault holds.
const (
	goldenKey  = "e196329896bfcd67"
	goldenCode = "MM5M-K97E-KN7H-8E6S-V3E2-FFRV-SJH0-97G5-9VNQ"
)
