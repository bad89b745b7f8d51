package complaint

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"jiesu/backend/journal"
)

// branch writes acts by hand: each names what its author had seen.
type branch struct {
	entries []Entry
}

func (b *branch) act(id string, parents []string, effects ...Effect) {
	n := int64(len(b.entries) + 1)
	at := moment("2026-09-28 09:00").Add(time.Duration(n) * time.Hour)
	node := journal.Node{ID: journal.ID(id), Clock: journal.Stamp{Millis: n}, Replica: "r" + id[:1], Seq: uint64(n)}
	for _, p := range parents {
		node.Parents = append(node.Parents, journal.ID(p))
	}
	b.entries = append(b.entries, Entry{Node: node, Act: &Act{Action: id, Label: id, Track: "main", At: at, Recorded: at, Effects: effects}})
}

func (b *branch) fold() *Case { return Fold("c1", b.entries) }

func from(ids ...string) []string { return ids }

func accept(b *branch, id string, parents ...string) {
	b.act(id, parents, &Decided{Slot: "acceptance", Value: "accepted"}, &Go{Track: "main", Stage: "accepted"})
}

func refuseIt(b *branch, id string, parents ...string) {
	b.act(id, parents, &Decided{Slot: "acceptance", Value: "refused"}, &Go{Track: "main", Stage: "refused"})
}

func newBranch() *branch {
	b := &branch{}
	b.act("root", nil, &OpenTrack{Track: "main", Label: "主办"}, &Go{Track: "main", Stage: "registered"}, &Decided{Slot: NumberSlot, Value: "N1"})
	return b
}

func TestTwoOfficesDecideApart(t *testing.T) {
	b := newBranch()
	accept(b, "a1", "root")
	refuseIt(b, "b1", "root")
	c := b.fold()
	if len(c.Contradictions) != 1 || !slices.Equal(c.Contradictions[0].Slots, from("acceptance", "stage:main")) {
		t.Fatalf("contradictions %+v", c.Contradictions)
	}
	if c.Slot("acceptance") != "accepted" || c.Main().Stage != "accepted" {
		t.Fatal("not the first is shown")
	}
	t.Run("and the shown branch goes on being shown when it goes on", func(t *testing.T) {
		b.act("a2", from("a1"), &Go{Track: "main", Stage: "investigating"})
		c := b.fold()
		if c.Main().Stage != "investigating" || c.Slot("stage:main") != "investigating" || len(c.Contradictions) != 1 {
			t.Fatalf("stage %s, slot %s, %+v", c.Main().Stage, c.Slot("stage:main"), c.Contradictions)
		}
	})
	t.Run("and one who has seen both settles it for one side with what was built on it", func(t *testing.T) {
		k := b.fold().Contradictions[0]
		act, err := DecideResolve(b.fold(), Env{}, k.ID, "b1", "")
		if err != nil {
			t.Fatal(err)
		}
		b.act("b2", from("a2", "b1"), act.Effects...)
		c := b.fold()
		if len(c.Contradictions) != 0 || c.Main().Stage != "refused" || c.Slot("acceptance") != "refused" {
			t.Fatalf("%+v stage %s", c.Contradictions, c.Main().Stage)
		}
		for _, s := range c.History {
			if dropped := s.Dropped != ""; dropped != (s.Act == "a1" || s.Act == "a2") {
				t.Errorf("%s dropped: %v", s.Act, dropped)
			}
		}
	})
	t.Run("and what comes late from the side that lost is a new contradiction", func(t *testing.T) {
		b.act("a3", from("a2"), &Decided{Slot: "acceptance", Value: "accepted"}, &Go{Track: "main", Stage: "suspended"})
		if c := b.fold(); len(c.Contradictions) != 1 || !slices.Contains(c.Contradictions[0].Acts, "a3") {
			t.Fatalf("%+v", c.Contradictions)
		}
	})
}

func TestSlotsThatAgree(t *testing.T) {
	for name, tt := range map[string]struct {
		a, b Effect
		want int
	}{
		"two acceptances are two decisions":      {&Decided{Slot: "acceptance", Value: "x"}, &Decided{Slot: "acceptance", Value: "x"}, 1},
		"the same stage twice is one stage":      {&Go{Track: "main", Stage: "x"}, &Go{Track: "main", Stage: "x"}, 0},
		"two stages contradict":                  {&Go{Track: "main", Stage: "x"}, &Go{Track: "main", Stage: "y"}, 1},
		"the same assignee twice is one":         {&Assign{Slot: "assignee", To: Ref{Name: "甲"}}, &Assign{Slot: "assignee", To: Ref{Name: "甲"}}, 0},
		"two assignees contradict":               {&Assign{Slot: "assignee", To: Ref{Name: "甲"}}, &Assign{Slot: "assignee", To: Ref{Name: "乙"}}, 1},
		"two classes contradict":                 {&Classify{Scheme: "level", Value: "1"}, &Classify{Scheme: "level", Value: "2"}, 1},
		"different slots have nothing in common": {&Decided{Slot: "a", Value: "x"}, &Decided{Slot: "b", Value: "x"}, 0},
		"notes never contradict":                 {&Note{Text: "一"}, &Note{Text: "二"}, 0},
	} {
		b := newBranch()
		b.act("a1", from("root"), tt.a)
		b.act("b1", from("root"), tt.b)
		if c := b.fold(); len(c.Contradictions) != tt.want {
			t.Errorf("%s: %+v", name, c.Contradictions)
		}
		b.act("b2", from("a1", "b1"), tt.b)
		if c := b.fold(); len(c.Contradictions) != 0 {
			t.Errorf("%s: one who saw both decided, and still %+v", name, c.Contradictions)
		}
	}
}

func TestTwoResolvesApartContradictUntilSomebodyDecidesBetweenThem(t *testing.T) {
	for _, keep := range []string{"a2", "b2"} {
		t.Run("for "+keep, func(t *testing.T) {
			b := newBranch()
			accept(b, "a1", "root")
			refuseIt(b, "b1", "root")
			k := b.fold().Contradictions[0].ID
			b.act("a2", from("a1", "b1"), &Resolve{Contradiction: k, Keep: "a1", Drop: []journal.ID{"b1"}})
			b.act("b2", from("a1", "b1"), &Resolve{Contradiction: k, Keep: "b1", Drop: []journal.ID{"a1"}})
			c := b.fold()
			if len(c.Contradictions) != 1 || !slices.Equal(c.Contradictions[0].Acts, []journal.ID{"a2", "b2"}) {
				t.Fatalf("%+v", c.Contradictions)
			}
			act, err := DecideResolve(c, Env{}, c.Contradictions[0].ID, journal.ID(keep), "")
			if err != nil {
				t.Fatal(err)
			}
			b.act("a3", from("a2", "b2"), act.Effects...)
			c = b.fold()
			want := map[string]string{"a2": "accepted", "b2": "refused"}[keep]
			if len(c.Contradictions) != 0 || c.Slot("acceptance") != want || c.Main().Stage != want {
				t.Fatalf("%s stands, the case shows %q %q, %+v", keep, c.Slot("acceptance"), c.Main().Stage, c.Contradictions)
			}
		})
	}
}

func TestAnUndoCanBeUndone(t *testing.T) {
	b := newBranch()
	accept(b, "a1", "root")
	b.act("a2", from("a1"), &LetterIssued{ID: "l1", Kind: "acceptance", Number: "1"}, &Note{Text: "已电话告知"}, &Mark{Name: "told", At: moment("2026-09-28")})
	last := "a2"
	for i, want := range []string{"registered", "accepted", "registered", "accepted"} {
		target := map[bool]string{true: "a1", false: last}[i == 0]
		id := fmt.Sprint("u", i)
		b.act(id, from(last), &Undo{Act: journal.ID(target)})
		last = id
		if c := b.fold(); c.Main().Stage != want || len(c.Contradictions) != 0 {
			t.Fatalf("after %d undos the stage is %s", i+1, c.Main().Stage)
		}
	}
	b.act("x", from("a2"), &Undo{Act: "a2"})
	c := b.fold()
	if len(c.Letters) != 1 || len(c.Notes) != 1 {
		t.Errorf("the undone act's letter and note: %v %v", c.Letters, c.Notes)
	}
	if len(c.Marks["told"]) != 0 {
		t.Error("the undone act's mark stayed")
	}
	b.act("y", from("root"), &Undo{Act: "a1"})
	if c := b.fold(); c.History[slices.IndexFunc(c.History, func(s Step) bool { return s.Act == "a1" })].Dropped == "y" {
		t.Error("an undo took out an act its author had not seen")
	}
}

func TestDescriptiveFieldsTakeTheCausallyLast(t *testing.T) {
	b := newBranch()
	b.act("a1", from("root"), &Set{Values: map[string]any{"facts": "一"}})
	b.act("a2", from("a1"), &Set{Values: map[string]any{"facts": "二"}})
	b.entries[2].Clock.Millis = 0 // a clock set back
	if c := b.fold(); c.Fields["facts"] != "二" {
		t.Fatalf("facts %v", c.Fields["facts"])
	}
	b.act("b1", from("root"), &Set{Values: map[string]any{"facts": "三", "complainant.phone": "2", "complainant": map[string]any{"name": "张样本", "phone": "1"}}})
	c := b.fold()
	if c.Fields["facts"] != "三" || len(c.Contradictions) != 0 {
		t.Fatalf("facts %v %+v", c.Fields["facts"], c.Contradictions)
	}
	if person := c.Fields["complainant"].(map[string]any); person["phone"] != "2" || person["name"] != "张样本" {
		t.Fatalf("a path is set after the field it leads into: %v", person)
	}
}

func TestACorrectedMarkReplacesWhatItsAuthorSaw(t *testing.T) {
	b := newBranch()
	day := func(n int) time.Time { return moment(fmt.Sprintf("2026-09-%02d", n)) }
	b.act("a1", from("root"), &Mark{Name: ReceivedMark, At: day(1)})
	b.act("b1", from("root"), &Mark{Name: ReceivedMark, At: day(2)})
	b.act("a2", from("a1"), &Mark{Name: ReceivedMark, At: day(3), Correct: true})
	var got []int
	for _, m := range b.fold().Marks[ReceivedMark] {
		got = append(got, m.At.Day())
	}
	if !slices.Equal(got, []int{2, 3}) {
		t.Fatalf("days %v", got)
	}
	b.act("a3", from("a2", "b1"), &Mark{Name: ReceivedMark, At: day(4), Correct: true})
	if m := b.fold().Marks[ReceivedMark]; len(m) != 1 || m[0].At.Day() != 4 {
		t.Fatalf("%v", m)
	}
}

func TestAClockPausedTwiceApartRunsAgainWithOneResume(t *testing.T) {
	b := newBranch()
	b.act("a1", from("root"), &Suspend{Clock: "handling", At: moment("2026-09-28"), Reason: "鉴定"})
	b.act("b1", from("root"), &Suspend{Clock: "handling", At: moment("2026-09-29"), Reason: "鉴定"})
	b.act("a2", from("a1", "b1"), &Resume{Clock: "handling", At: moment("2026-10-09")})
	for _, p := range b.fold().Pauses {
		if p.To.IsZero() {
			t.Errorf("the pause of %s lasts for ever", p.Act)
		}
	}
}

func TestAProtectedPersonIsThereForThoseWhoMaySee(t *testing.T) {
	act := &Act{Action: RegisterAction, Effects: Effects{&Set{Values: map[string]any{"facts": "样本", "complainant": map[string]any{"name": "张样本"}}}}}
	act.Protect(nil, nil)
	node := journal.Node{ID: "e1"}
	seen := Fold("c1", []Entry{{Node: node, Act: act}})
	plain, identity, err := act.Encode()
	if err != nil || identity == nil {
		t.Fatal(err)
	}
	closed, err := Decode(plain, nil)
	if err != nil {
		t.Fatal(err)
	}
	hidden := Fold("c1", []Entry{{Node: node, Act: closed, Hidden: true}})
	if !seen.Protected || seen.Sealed || seen.Fields["complainant"] == nil {
		t.Errorf("for those who may see: %+v", seen)
	}
	if !hidden.Protected || !hidden.Sealed || hidden.Fields["complainant"] != nil || hidden.Fields["facts"] != "样本" {
		t.Errorf("for the others: %+v", hidden)
	}
}

func TestWhatOnlyANewerProgramUnderstandsMakesTheCaseReadOnly(t *testing.T) {
	for _, must := range []bool{false, true} {
		b := newBranch()
		b.act("a1", from("root"), &Unknown{Name: "future"})
		b.entries[1].Must = must
		c := b.fold()
		if c.ReadOnly != must || len(c.History) != 2 {
			t.Errorf("must %v: read-only %v", must, c.ReadOnly)
		}
		b.act("a2", from("a1"), &Note{Text: "x"})
		b.entries[2].Must, b.entries[2].Act = must, nil
		if c := b.fold(); c.ReadOnly != must {
			t.Errorf("unreadable, must %v: read-only %v", must, c.ReadOnly)
		}
	}
}
