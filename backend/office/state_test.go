package office_test

import (
	"crypto/ed25519"
	"math/rand"
	"testing"

	"jiesu/backend/journal"
	"jiesu/backend/office"
)

func key(seed byte) journal.PublicKey {
	s := make([]byte, ed25519.SeedSize)
	s[0] = seed
	return journal.PublicKey(ed25519.NewKeyFromSeed(s).Public().(ed25519.PublicKey))
}

var unitA, unitB = key(1).KeyID(), key(2).KeyID()

type script struct {
	entries []office.Entry
}

func (s *script) add(id string, seq uint64, replica byte, by byte, unit string, parents []journal.ID, effects ...office.Effect) {
	s.entries = append(s.entries, office.Entry{
		Node: journal.Node{ID: journal.ID(id), Parents: parents, Clock: journal.Stamp{Millis: int64(len(s.entries) + 1)}, Replica: key(replica).KeyID(), Seq: seq},
		By:   key(by), Act: &office.Act{Unit: unit, Effects: effects}})
}

func officer(id string, by byte, roles ...string) office.Officer {
	return office.Officer{ID: id, Name: "样本" + id, Roles: roles, Sign: key(by)}
}

// Unit A: administrator 1 on replica 11. Unit B: administrator 2 on replica 12.
func twoUnits() *script {
	s := &script{}
	s.add("a1", 1, 11, 1, unitA, nil, &office.Found{Unit: unitA, Code: "A", Name: "甲", Officer: officer("o1", 1, office.Administrator, office.Handler), Replica: office.Replica{Key: key(11)}})
	s.add("b1", 1, 12, 2, unitB, nil, &office.Found{Unit: unitB, Code: "B", Name: "乙", Officer: officer("o2", 2, office.Administrator, office.Handler), Replica: office.Replica{Key: key(12)}})
	return s
}

func entryBy(by, replica byte, seq uint64) *journal.Entry {
	return &journal.Entry{Header: journal.Header{By: key(by), Replica: key(replica), Seq: seq}}
}

func TestAuthority(t *testing.T) {
	tests := []struct {
		name  string
		build func(s *script)
		entry *journal.Entry
		want  bool
	}{
		{"the root unit's officer counts", func(*script) {}, entryBy(1, 11, 5), true},
		{"a unit nobody admitted does not", func(*script) {}, entryBy(2, 12, 5), false},
		{"an admitted unit counts", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
		}, entryBy(2, 12, 5), true},
		{"a unit cannot admit itself", func(s *script) {
			s.add("b2", 2, 12, 2, unitB, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
		}, entryBy(2, 12, 5), false},
		{"an officer cannot sign in another unit's replica", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
		}, entryBy(1, 12, 5), false},
		{"what a retired officer wrote before counts", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1"}, &office.SetOfficer{Officer: officer("o3", 3, office.Handler)})
			s.add("a3", 3, 11, 1, unitA, []journal.ID{"a2"}, &office.Retire{Officer: "o3", Upto: map[string]uint64{key(11).KeyID(): 9}})
		}, entryBy(3, 11, 9), true},
		{"what he wrote afterwards does not", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1"}, &office.SetOfficer{Officer: officer("o3", 3, office.Handler)})
			s.add("a3", 3, 11, 1, unitA, []journal.ID{"a2"}, &office.Retire{Officer: "o3", Upto: map[string]uint64{key(11).KeyID(): 9}})
		}, entryBy(3, 11, 10), false},
		{"a handler cannot make officers", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1"}, &office.SetOfficer{Officer: officer("o3", 3, office.Handler)})
			s.add("a3", 3, 11, 3, unitA, []journal.ID{"a2"}, &office.SetOfficer{Officer: officer("o4", 4, office.Administrator)})
		}, entryBy(4, 11, 10), false},
		{"a retirement wins over a grant that had not seen it", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1"}, &office.SetOfficer{Officer: officer("o3", 3, office.Handler)})
			s.add("a3", 3, 11, 1, unitA, []journal.ID{"a2"}, &office.Retire{Officer: "o3"})
			s.add("a4", 4, 11, 1, unitA, []journal.ID{"a2"}, &office.SetOfficer{Officer: officer("o3", 3, office.Handler, office.Administrator)})
		}, entryBy(3, 11, 10), false},
		{"an officer brings his unit's new data folder", func(s *script) {
			s.add("a2", 2, 13, 1, unitA, []journal.ID{"a1"}, &office.SetReplica{Replica: office.Replica{Key: key(13)}})
		}, entryBy(1, 13, 2), true},
		{"nobody takes over another unit's data folder", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.SetReplica{Replica: office.Replica{Key: key(12)}})
		}, entryBy(1, 12, 2), false},
		{"nobody founds another's unit, however early his clock", func(s *script) {
			s.add("c1", 1, 15, 5, unitA, nil, &office.Found{Unit: unitA, Code: "X", Officer: officer("o5", 5, office.Administrator), Replica: office.Replica{Key: key(15)}})
			s.entries[2].Clock.Millis = -1
		}, entryBy(1, 11, 5), true},
		{"nobody takes a data folder for his unit before its own does", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
			s.add("a3", 1, 13, 1, unitA, []journal.ID{"a2"}, &office.SetReplica{Replica: office.Replica{Key: key(13)}})
			s.add("b2", 2, 12, 2, unitB, []journal.ID{"b1"}, &office.SetReplica{Replica: office.Replica{Key: key(13)}})
			s.entries[4].Clock.Millis = 2
		}, entryBy(1, 13, 2), true},
		{"a removed data folder counts up to where it ended", func(s *script) {
			s.add("a2", 1, 13, 1, unitA, []journal.ID{"a1"}, &office.SetReplica{Replica: office.Replica{Key: key(13)}})
			s.add("a3", 2, 11, 1, unitA, []journal.ID{"a2"}, &office.Remove{Replica: key(13).KeyID(), Upto: 4})
		}, entryBy(1, 13, 4), true},
		{"and no further", func(s *script) {
			s.add("a2", 1, 13, 1, unitA, []journal.ID{"a1"}, &office.SetReplica{Replica: office.Replica{Key: key(13)}})
			s.add("a3", 2, 11, 1, unitA, []journal.ID{"a2"}, &office.Remove{Replica: key(13).KeyID(), Upto: 4})
		}, entryBy(1, 13, 5), false},
		{"a removed unit does not count", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
			s.add("a3", 3, 11, 1, unitA, []journal.ID{"a2"}, &office.Remove{Unit: unitB})
		}, entryBy(2, 12, 5), false},
		{"an admission that had not seen the removal does not undo it", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
			s.add("a3", 3, 11, 1, unitA, []journal.ID{"a2"}, &office.Remove{Unit: unitB})
			s.add("a4", 4, 11, 1, unitA, []journal.ID{"a2"}, &office.Admit{Unit: unitB})
		}, entryBy(2, 12, 5), false},
		{"the root unit cannot be removed", func(s *script) {
			s.add("a2", 2, 11, 1, unitA, []journal.ID{"a1", "b1"}, &office.Admit{Unit: unitB})
			s.add("b2", 2, 12, 2, unitB, []journal.ID{"a2"}, &office.Remove{Unit: unitA})
		}, entryBy(1, 11, 5), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := twoUnits()
			tt.build(s)
			for range 20 { // the order of arrival does not matter
				rand.Shuffle(len(s.entries), func(i, j int) { s.entries[i], s.entries[j] = s.entries[j], s.entries[i] })
				if got := office.Fold(unitA, s.entries).Judge(tt.entry); got.Counts != tt.want {
					t.Fatalf("counts = %v (%s), want %v", got.Counts, got.Why, tt.want)
				}
			}
		})
	}
}

func TestSmallOfficeRoles(t *testing.T) {
	s := twoUnits()
	st := office.Fold(unitA, s.entries)
	u := st.Units[unitA]
	if !u.Has(u.Officers["o1"], "reception") {
		t.Error("a regime's role nobody has must be everybody's")
	}
	if u.Has(u.Officers["o1"], office.IdentityRole) {
		t.Error("protected persons are never everybody's")
	}
}

func TestEffectsRoundTrip(t *testing.T) {
	a := office.Act{Unit: unitA, Effects: office.Effects{&office.Admit{Unit: unitB}, &office.SetClock{Regime: "r", Clock: "c", Span: "5workday"},
		&office.Unknown{Name: "later", With: []byte(`{"x":1}`)}}}
	b, err := a.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := office.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := back.Encode()
	if err != nil || string(again) != string(b) {
		t.Fatalf("not the same again:\n%s\n%s (%v)", b, again, err)
	}
}

func TestAUnitsOwnDays(t *testing.T) {
	s := twoUnits()
	last := "a1"
	set := func(id string, by byte, days ...office.Effect) {
		s.add(id, uint64(len(s.entries)), 11, by, unitA, []journal.ID{journal.ID(last)}, days...)
		last = id
	}
	set("a2", 1, &office.SetDay{Date: "2027-04-09", State: office.DayOff, Name: "壮族三月三"}, &office.SetDay{Date: "2027-04-10", State: office.DayWork, Name: "值班"})
	set("a3", 1, &office.SetDay{Date: "2027-04-10", State: ""})
	set("a4", 1, &office.SetDay{Date: "2027-02-30", State: office.DayOff})
	set("a5", 1, &office.SetDay{Date: "2027-04-12", State: "half"})
	set("a6", 2, &office.SetDay{Date: "2027-04-13", State: office.DayOff})
	state := office.Fold(unitA, s.entries)
	if got := state.Units[unitA].Edits(); len(got) != 1 || got[0].Date.String() != "2027-04-09" || !got[0].Off || got[0].Name != "壮族三月三" {
		t.Errorf("own days %+v", got)
	}
	if len(state.Refused) != 3 {
		t.Errorf("refused %v", state.Refused)
	}
	if len(state.Units[unitB].Edits()) != 0 {
		t.Error("another unit has them too")
	}
}

func TestWhoIsInCharge(t *testing.T) {
	u := office.Fold(unitA, twoUnits().entries).Units[unitA]
	o := u.Officers["o1"]
	if !u.InCharge(o, "工程部") {
		t.Error("in an office that put nobody in charge, everybody is")
	}
	u.Officers["o2"] = &office.Officer{ID: "o2", InCharge: []string{"工程部"}}
	if u.InCharge(o, "工程部") || u.InCharge(o, "保洁部") || !u.InCharge(u.Officers["o2"], "工程部") || u.InCharge(u.Officers["o2"], "保洁部") {
		t.Error("once somebody is, only who is named")
	}
	u.Officers["o2"].Retired = true
	if u.InCharge(u.Officers["o2"], "工程部") || !u.InCharge(o, "工程部") {
		t.Error("who has left is in charge of nothing")
	}
}

func TestWhoHasASkill(t *testing.T) {
	u := office.Fold(unitA, twoUnits().entries).Units[unitA]
	if _, asked := u.Skilled([]string{"银行卡"}); asked {
		t.Error("where nobody has a skill on record it is not asked for")
	}
	u.Officers["o2"] = &office.Officer{ID: "o2", Name: "样本专员", Skills: []string{"银行卡", "理财"}}
	if names, asked := u.Skilled([]string{"理财", "银行卡"}); !asked || len(names) != 1 || names[0] != "样本专员" {
		t.Errorf("%v %v", names, asked)
	}
	if names, asked := u.Skilled([]string{"银行卡", "信贷"}); !asked || len(names) != 0 {
		t.Errorf("one skill of two is not enough: %v %v", names, asked)
	}
	if _, asked := u.Skilled(nil); asked {
		t.Error("a case that calls for none asks for none")
	}
	u.Officers["o2"].Retired = true
	if names, asked := u.Skilled([]string{"银行卡"}); asked || len(names) != 0 {
		t.Error("who has left has none")
	}
}
