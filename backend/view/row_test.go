package view

import (
	"strings"
	"testing"
	"time"

	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/journal"
	"jiesu/backend/regime"
)

func sample(protected bool) *complaint.Case {
	set := &complaint.Set{Values: map[string]any{"complainant": map[string]any{"name": "张样本", "phone": "13800000000"}, "agent": map[string]any{"name": "李样本"},
		"respondent": map[string]any{"name": "样本公司"}, "facts": "占道经营　ＡＢＣ", "channel": "visit"}}
	act := &complaint.Act{Action: "register", Effects: complaint.Effects{&complaint.Decided{Slot: complaint.NumberSlot, Value: "YJ01-AA-2026-000007"},
		&complaint.Mark{Name: complaint.ReceivedMark, At: noon}, &complaint.Go{Track: "main", Stage: "registered", Label: "已登记", Next: "accept"},
		&complaint.Note{Text: "备注内容"}, &complaint.Add{Field: complaint.AttachmentsField, ID: "1", Row: map[string]any{"name": "照片.jpg", "sha256": "deadbeef", "blob": map[string]any{"hash": "cafe"}}},
		&complaint.LetterIssued{ID: "l", Kind: "acceptance", Label: "受理通知书", Number: "样受〔2026〕1号"}}}
	if protected {
		act.Identity = complaint.Effects{set}
	} else {
		act.Effects = append(act.Effects, set)
	}
	return complaint.Fold("c1", []complaint.Entry{{Node: journal.Node{ID: "e1"}, Act: act}})
}

func look(limits ...deadline.Deadline) Lookup {
	return Lookup{Now: noon, Regime: func(string, string) *regime.Regime { return nil }, Deadlines: func(*complaint.Case) []deadline.Deadline { return limits }}
}

func TestARowShowsTheLimitThatTurnsRedFirst(t *testing.T) {
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	running := func(id string, yellow, red int) deadline.Deadline {
		return deadline.Deadline{ID: id, State: "running", Due: day(red), YellowAt: day(yellow), RedAt: day(red)}
	}
	for name, tt := range map[string]struct {
		limits []deadline.Deadline
		clock  string
		light  string
		paused bool
	}{
		"none":                        {nil, "", "grey", false},
		"the earlier red":             {[]deadline.Deadline{running("a", 3, 5), running("b", 1, 4)}, "b", "green", false},
		"the earliest yellow of all":  {[]deadline.Deadline{running("a", -1, 9), running("b", 1, 4)}, "b", "yellow", false},
		"over":                        {[]deadline.Deadline{running("a", -3, -1)}, "a", "red", false},
		"a stopped one does not run":  {[]deadline.Deadline{{ID: "a", State: deadline.Stopped, Due: day(-1), RedAt: day(-1)}}, "", "grey", false},
		"a paused one alone":          {[]deadline.Deadline{{ID: "a", State: deadline.Paused, Due: day(-1), RedAt: day(-1)}}, "", "grey", true},
		"a paused one beside another": {[]deadline.Deadline{{ID: "a", State: deadline.Paused, Due: day(-1)}, running("b", 1, 4)}, "b", "green", false},
	} {
		r := Make(sample(false), look(tt.limits...), 1)
		if r.Clock != tt.clock || r.Light(noon) != tt.light || r.Paused != tt.paused {
			t.Errorf("%s: clock %q light %s paused %v", name, r.Clock, r.Light(noon), r.Paused)
		}
		c, ok := unpack(r.Pack())
		if !ok || c.light(seconds(noon)) != r.Light(noon) {
			t.Errorf("%s: the column is %s", name, c.light(seconds(noon)))
		}
	}
}

func TestARowSaysWhoAndWhatNext(t *testing.T) {
	r := Make(sample(false), look(), 1)
	if r.Complainant != "张样本" || r.Respondent != "样本公司" || r.Number != "YJ01-AA-2026-000007" || r.Next != "accept" || !r.Received.Equal(noon) {
		t.Errorf("%+v", r)
	}
}

func TestACaseIsFoundByItsTextButNoProtectedPersonIs(t *testing.T) {
	for _, protected := range []bool{false, true} {
		c := sample(protected)
		r := Make(c, look(), 1)
		text := Text(c, r)
		for _, words := range []string{"yj01-aa", "占道经营 abc", "备注内容", "照片.jpg", "样受〔2026〕1号", "已登记", "样本公司"} {
			if !HasWords(text, Fold(words)) {
				t.Errorf("%q is not found in %q", words, text)
			}
		}
		for _, words := range []string{"张样本", "13800000000", "李样本"} {
			if HasWords(text, Fold(words)) == protected {
				t.Errorf("protected %v: %q found %v", protected, words, !protected)
			}
		}
		for _, secret := range []string{"deadbeef", "cafe"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q is searched", secret)
			}
		}
		if protected && (r.Complainant != HiddenName || !r.Protected) {
			t.Errorf("%+v", r)
		}
	}
	if HasWords("", "") || !HasWords("a b", "b a") || HasWords("a b", "a c") {
		t.Error("words")
	}
}

func TestARowKeepsWhatItsLimitsDemandOnceTheyHaveRunOut(t *testing.T) {
	book := &regime.Regime{Actions: []regime.Action{{ID: "explain-overdue", Label: "逾期说明"}}, Roles: []regime.Role{{ID: "manager", Label: "值班经理"}},
		Clocks: []regime.Clock{{ID: "a"}, {ID: "b", Demands: "explain-overdue", Overdue: "manager"}, {ID: "c", Demands: "explain-overdue", Overdue: "approver"}}}
	var limits []deadline.Deadline
	for _, id := range []string{"a", "c", "b"} {
		limits = append(limits, deadline.Deadline{ID: id, Label: id, State: "running", Due: noon.Add(map[string]time.Duration{"a": 1, "b": 2, "c": 3}[id] * time.Hour)})
	}
	l := look(limits...)
	l.Regime = func(string, string) *regime.Regime { return book }
	c := sample(false)
	r := Make(c, l, 1)
	if len(r.Demands) != 2 || r.Demands[0].Role != "值班经理" || r.Demands[1].Role != "负责人" || r.Demands[0].Action != "逾期说明" || r.Demands[0].Clock != "b" {
		t.Fatalf("%+v", r.Demands)
	}
	c.History = append(c.History, complaint.Step{Action: "explain-overdue", At: noon.Add(2*time.Hour + time.Minute)})
	if r := Make(c, l, 1); len(r.Demands) != 1 || r.Demands[0].Clock != "c" {
		t.Errorf("done after b ran out: %+v", r.Demands)
	}
}
