package complaint

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"jiesu/backend/journal"
)

var update = flag.Bool("update", false, "write the golden files of new effects and acts; never of old ones")

func moment(s string) time.Time {
	t, ok := ParseMoment(s)
	if !ok {
		panic(s)
	}
	return t
}

// samples hold every effect with every field filled.
func samples() map[string]Effect {
	at := moment("2026-09-28 09:30")
	serial := &Serial{Kind: "case", Year: 2026, N: 12}
	return map[string]Effect{
		"set":         &Set{Values: map[string]any{"facts": "样本事实", "complainant": map[string]any{"name": "张样本"}, "complainant.phone": "13800000000", "request": nil}},
		"add":         &Add{Field: "evidence", ID: "row1", Row: map[string]any{"name": "样本证据", "pages": 3.0}},
		"update":      &Update{Field: "evidence", ID: "row0", Values: map[string]any{"name": "新", "pages": 3.0, "gone": nil}, Line: "证据：新"},
		"remove":      &Remove{Field: "evidence", ID: "row0"},
		"decide":      &Decided{Slot: "acceptance", Value: "accepted", Label: "受理", Serial: serial},
		"classify":    &Classify{Scheme: "importance", Value: "major", Label: "重大", Rule: "repeat"},
		"go":          &Go{Track: "main", Stage: "accepted", Label: "已受理", Waits: "office", Next: "assign", End: true},
		"open_track":  &OpenTrack{Track: "appeal", Label: "复议和诉讼"},
		"close_track": &CloseTrack{Track: "main"},
		"mark":        &Mark{Name: "received", At: at, Correct: true},
		"assign":      &Assign{Slot: AssigneeSlot, To: Ref{ID: "o1", Name: "样本经办"}},
		"suspend":     &Suspend{Clock: "handling", At: at, Reason: "等待鉴定"},
		"resume":      &Resume{Clock: "waiting", At: at},
		"extend":      &Extend{Clock: "handling", Span: "30day", Reason: "案情复杂", ApprovedBy: "样本负责人"},
		"restart":     &Restart{Clock: "handling", At: at},
		"letter_issued": &LetterIssued{ID: "l1", Kind: "acceptance", Label: "受理通知书", Number: "样街受〔2026〕1号", Date: "2026-09-28",
			Template: "acceptance", Version: "1", Hash: "dd", Remedy: map[string]any{"body": "样本区人民政府"},
			Blob: BlobRef{Hash: "aa", Key: []byte{1, 2, 3}, Size: 9}, SHA256: "bb", Pages: 1, Serial: serial, Marks: "acceptance-issued"},
		"letter_voided":    &LetterVoided{ID: "l0", Reason: "写错"},
		"letter_delivered": &LetterDelivered{ID: "l0", Kind: "refusal", To: "张样本", Way: "邮寄", At: at, Note: "本人签收"},
		"link":             &Link{Case: "c2", Kind: "related"},
		"split":            &Split{Into: "c3"},
		"merge":            &Merge{Into: "c4"},
		"note":             &Note{Text: "已电话联系", Kind: "contact"},
		"rebind":           &Rebind{Regime: "cn.sample", Version: "2", Hash: "cc", Title: "样本办法"},
		"undo":             &Undo{Act: "e2"},
		"redact":           &Redact{Fields: []string{"message"}, Files: []string{"row2"}},
		"same_person":      &SamePerson{Case: "c5", Apart: true},
		"resolve":          &Resolve{Contradiction: "k1", Keep: "e1", Drop: []journal.ID{"e2"}},
	}
}

// ground is what an effect is applied to: a registered case and a second act.
func ground() []Entry {
	at := moment("2026-09-28 09:00")
	first := &Act{Action: RegisterAction, Label: "登记", At: at, Recorded: at, Officer: Ref{"o1", "样本经办"}, Office: "YJ01", Effects: Effects{
		&Rebind{Regime: "cn.sample", Version: "1"}, &Decided{Slot: NumberSlot, Value: "YJ01-AA-2026-000001"},
		&Set{Values: map[string]any{"request": "样本请求"}}, &Mark{Name: "received", At: at}, &OpenTrack{Track: "main", Label: "主办"},
		&Go{Track: "main", Stage: "registered", Label: "已登记"}, &Suspend{Clock: "waiting", At: at}, &Add{Field: "evidence", ID: "row0", Row: map[string]any{"name": "旧"}},
		&LetterIssued{ID: "l0", Kind: "receipt", Number: "1"}}}
	second := &Act{Action: NoteAction, Label: "备注", At: at, Recorded: at, Officer: Ref{"o1", "样本经办"}, Effects: Effects{&Set{Values: map[string]any{"facts": "二"}}}}
	return []Entry{{Node: journal.Node{ID: "e1", Clock: journal.Stamp{Millis: 1}, Replica: "aa", Seq: 1}, Act: first},
		{Node: journal.Node{ID: "e2", Parents: []journal.ID{"e1"}, Clock: journal.Stamp{Millis: 2}, Replica: "aa", Seq: 2}, Act: second}}
}

func golden(t *testing.T, name string, got []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	want, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && *update {
		if err := os.WriteFile(path, append(slices.Clone(got), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSpace(want)
}

func encoded(t interface {
	Helper()
	Fatal(...any)
}, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func same(t testing.TB, a, b Effect) bool {
	return bytes.Equal(encoded(t, Effects{a}), encoded(t, Effects{b}))
}

func TestEveryEffectKeepsItsStoredFormAndItsMeaning(t *testing.T) {
	all := samples()
	for _, name := range Kinds() {
		t.Run(name, func(t *testing.T) {
			sample := all[name]
			if sample == nil {
				t.Fatal("no sample of this effect")
			}
			filled(t, sample, name)
			stored := golden(t, "effects/"+name+".json", encoded(t, Effects{sample}))
			var read Effects
			if err := json.Unmarshal(stored, &read); err != nil || len(read) != 1 || read[0].Do() != name {
				t.Fatalf("read %v %v", read, err)
			}
			if !same(t, read[0], sample) {
				t.Errorf("read %+v, want %+v", read[0], sample)
			}
			if again := encoded(t, read); !bytes.Equal(again, stored) {
				t.Errorf("written again:\n%s\n%s", again, stored)
			}
			at := moment("2026-09-29 10:00")
			act := &Act{Action: "x", Label: "样本", At: at, Recorded: at, Officer: Ref{"o2", "样本负责人"}, Effects: read}
			c := Fold("c1", append(ground(), Entry{Node: journal.Node{ID: "e3", Parents: []journal.ID{"e2"}, Clock: journal.Stamp{Millis: 3}, Replica: "aa", Seq: 3}, Act: act}))
			after, err := json.MarshalIndent(c, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			if want := golden(t, "effects/"+name+".case.json", after); !bytes.Equal(want, after) {
				t.Errorf("the case is now\n%s\nand was\n%s", after, want)
			}
		})
	}
}

// filled demands that a sample uses every field; split and merge have one or
// the other.
func filled(t *testing.T, e Effect, name string) {
	v := reflect.ValueOf(e).Elem()
	for i := range v.NumField() {
		if v.Field(i).IsZero() && name != "split" && name != "merge" {
			t.Errorf("the sample leaves %s empty", v.Type().Field(i).Name)
		}
	}
}

func TestAnEffectOfANewerProgramIsReadAsFarAsKnownOrKeptVerbatim(t *testing.T) {
	for name, sample := range samples() {
		with := encoded(t, sample)
		more := append(append([]byte(`{"zz_new":[1,{"a":null}],`), with[1:]...), ' ')
		for what, tt := range map[string]struct {
			with  string
			known bool
		}{"a field more": {string(more), true}, "nothing in it": {`{}`, false}, "null": {`null`, false}, "a list": {`[ 1, 2 ]`, false},
			"a number": {`1e3`, false}} {
			raw := []byte(`[{"do":"` + name + `","with":` + tt.with + `}]`)
			var read Effects
			if err := json.Unmarshal(raw, &read); err != nil || len(read) != 1 {
				t.Fatalf("%s with %s: %v", name, what, err)
			}
			u, unknown := read[0].(*Unknown)
			if unknown == tt.known {
				t.Errorf("%s with %s: known is %v", name, what, !unknown)
			}
			if tt.known && !same(t, read[0], sample) {
				t.Errorf("%s with %s: %+v", name, what, read[0])
			}
			if unknown && (string(u.With) != string(bytes.TrimSpace([]byte(tt.with))) || u.Do() != name) {
				t.Errorf("%s with %s is kept as %s %s", name, what, u.Name, u.With)
			}
		}
	}
	for _, raw := range []string{`[{"do":"from_the_future","with":{"a":1}}]`, `[{"do":"","with":null}]`} {
		var read Effects
		if err := json.Unmarshal([]byte(raw), &read); err != nil || string(encoded(t, read)) != raw {
			t.Errorf("%s became %s (%v)", raw, encoded(t, read), err)
		}
	}
}

func TestWhatIsWrongByItselfIsRefused(t *testing.T) {
	long := string(make([]byte, 401))
	for name, e := range map[string]Effect{
		"set without values": &Set{}, "set with an empty path": &Set{Values: map[string]any{"": 1}}, "set too deep": &Set{Values: map[string]any{"a.b.c.d": 1}},
		"add without id": &Add{Field: "x", Row: map[string]any{"a": 1}}, "add without row": &Add{Field: "x", ID: "1"},
		"remove without id": &Remove{Field: "x"}, "update of no row": &Update{Field: "x", Values: map[string]any{"a": 1}}, "update without values": &Update{Field: "x", ID: "1"}, "decide without value": &Decided{Slot: "a"}, "decide with a long value": &Decided{Slot: "a", Value: long},
		"classify without scheme": &Classify{Value: "x"}, "go without stage": &Go{Track: "main"}, "open without track": &OpenTrack{}, "close without track": &CloseTrack{},
		"mark without moment": &Mark{Name: "x"}, "assign to nobody": &Assign{Slot: "x"}, "suspend without moment": &Suspend{Clock: "x"},
		"resume without clock": &Resume{At: time.Unix(1, 0)}, "extend without span": &Extend{Clock: "x"}, "restart without moment": &Restart{Clock: "x"},
		"letter without kind": &LetterIssued{ID: "x"}, "void without reason": &LetterVoided{ID: "x"}, "delivered without letter": &LetterDelivered{At: time.Unix(1, 0)},
		"link to nothing": &Link{}, "split both ways": &Split{Into: "a", From: "b"}, "merge without case": &Merge{}, "empty note": &Note{},
		"rebind without version": &Rebind{Regime: "x"}, "undo of nothing": &Undo{}, "resolve without drop": &Resolve{Contradiction: "k", Keep: "a"},
		"resolve of too many": &Resolve{Contradiction: "k", Keep: "a", Drop: make([]journal.ID, 1001)},
	} {
		if e.check() == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestActsKeepTheirStoredForm(t *testing.T) {
	at := moment("2026-09-28 09:00")
	acts := map[string]*Act{
		"plain": {Action: "accept", Label: "受理", Track: "main", At: at, Recorded: at.Add(time.Hour), Officer: Ref{"o1", "样本经办"}, Office: "YJ01",
			Reason: "符合条件", Reversible: true, Effects: Effects{&Decided{Slot: "acceptance", Value: "accepted"}, &Note{Text: "样本"}}},
		"protected": {Action: RegisterAction, Label: "登记", At: at, Recorded: at, Officer: Ref{"o1", "样本经办"}, Effects: Effects{&Set{Values: map[string]any{"facts": "样本"}}},
			Identity: Effects{&Set{Values: map[string]any{"complainant": map[string]any{"name": "张样本"}}}}},
	}
	for name, act := range acts {
		plain, identity, err := act.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if want := golden(t, "acts/"+name+".json", plain); !bytes.Equal(want, plain) {
			t.Errorf("%s is now %s", name, plain)
		}
		if identity != nil {
			if want := golden(t, "acts/"+name+".identity.json", identity); !bytes.Equal(want, identity) {
				t.Errorf("identity of %s is now %s", name, identity)
			}
			if bytes.Contains(plain, []byte("张样本")) {
				t.Error("the name stands in the open part")
			}
		}
		read, err := Decode(plain, identity)
		if err != nil || !bytes.Equal(encoded(t, read), encoded(t, act)) || !reflect.DeepEqual(read.Identity, act.Identity) {
			t.Errorf("%s read as %+v (%v)", name, read, err)
		}
	}
	for name, tt := range map[string]struct{ act, identity string }{
		"not JSON": {`{`, ""}, "version 1": {`{"v":1,"effects":[]}`, ""}, "effects not a list": {`{"v":0,"effects":{}}`, ""},
		"broken identity": {`{"v":0,"effects":[]}`, `[`}, "identity of version 1": {`{"v":0,"effects":[]}`, `{"v":1}`},
		"too many effects": {`{"v":0,"effects":[` + string(bytes.Repeat([]byte(`{"do":"x"},`), 500)) + `{"do":"x"}]}`, ""},
	} {
		if _, err := Decode([]byte(tt.act), []byte(tt.identity)); !errors.Is(err, ErrAct) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/acts/*.json")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		act, err := Decode(raw, nil)
		if err != nil {
			return
		}
		entries := append(ground(), Entry{Node: journal.Node{ID: "e3", Parents: []journal.ID{"e2"}}, Act: act, Must: true})
		encoded(t, Fold("c1", entries))
	})
}
