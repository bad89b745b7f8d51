package complaint

import (
	"strings"
	"testing"

	"jiesu/backend/journal"
	"jiesu/backend/regime"
)

// people is a case with fields and rows as given.
func people(fields map[string]any, rows map[string][]map[string]any) *Case {
	act := &Act{Action: RegisterAction, Effects: Effects{&Set{Values: fields}}}
	for group, list := range rows {
		for i, row := range list {
			act.Effects = append(act.Effects, &Add{Field: group, ID: group + string(rune('a'+i)), Row: row})
		}
	}
	return Fold("c1", []Entry{{Node: journal.Node{ID: "e1"}, Act: act}})
}

type m = map[string]any

func TestWhatGivesUpARightNeedsAuthorityOrConsent(t *testing.T) {
	withdraw, settle, accept := &regime.Action{ID: "withdraw"}, &regime.Action{ID: "mediate", Disposes: "settlement"}, &regime.Action{ID: "accept"}
	now := moment("2026-09-28 09:00")
	joint := []map[string]any{{"name": "甲样本", "role": "representative"}, {"name": "乙样本"}, {"name": "丙样本", "left_at": "2026-09-20"}}
	for _, tt := range []struct {
		name   string
		c      *Case
		action *regime.Action
		says   string // "": allowed
	}{
		{"the person himself", people(m{"complainant": m{"name": "张样本"}}, nil), withdraw, ""},
		{"an agent without special authority", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本", "scope": "general"}}, nil), withdraw, "特别授权"},
		{"an agent whose authority nobody wrote down", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本"}}, nil), settle, "特别授权"},
		{"what gives nothing up", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本"}}, nil), accept, ""},
		{"special authority", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本", "scope": "special", "until": "2026-09-28"}}, nil), withdraw, ""},
		{"special authority that has ended", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本", "scope": "special", "until": "2026-09-27"}}, nil), withdraw, "到期"},
		{"the person consented", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本", "scope": "general"}},
			map[string][]map[string]any{"consents": {{"name": "张样本", "act": "withdraw"}}}), withdraw, ""},
		{"he consented to something else", people(m{"complainant": m{"name": "张样本"}, "agent": m{"name": "李样本", "scope": "general"}},
			map[string][]map[string]any{"consents": {{"name": "张样本", "act": "change"}}}), withdraw, "特别授权"},
		{"a member who is represented", people(oneOfThree(), map[string][]map[string]any{"members": joint}), withdraw, "乙样本"},
		{"all represented members consented, one has left", people(oneOfThree(), map[string][]map[string]any{"members": joint, "consents": {{"name": "乙样本", "act": "withdraw"}}}), withdraw, ""},
	} {
		switch got := tt.c.consentMissing(tt.action, now); {
		case tt.says == "" && got != "", tt.says != "" && !strings.Contains(got, tt.says), strings.Contains(got, "丙样本"):
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

func oneOfThree() m { return m{"complainant": m{"name": "甲样本"}} }

func TestTheCaseSaysWhatItsPeopleCallFor(t *testing.T) {
	now := moment("2026-09-28 09:00")
	for _, tt := range []struct {
		name   string
		fields m
		want   string
	}{
		{"nothing", m{"complainant": m{"name": "张样本"}}, ""},
		{"a minor by the identity number", m{"complainant": m{"id_number": "110105200910012344"}}, "guardian-missing"},
		{"of age today", m{"complainant": m{"birth": "2008-09-28"}}, ""},
		{"of age tomorrow", m{"complainant": m{"birth": "2008-09-29"}}, "guardian-missing"},
		{"a guardian without proof", m{"complainant": m{"birth": "2015-01-01"}, "guardian": m{"name": "张样本父"}}, "guardian-proof"},
		{"a guardian", m{"complainant": m{"birth": "2015-01-01"}, "guardian": m{"name": "张样本父", "relation": "父亲", "relation_proof": "户口簿"}}, ""},
		{"who died", m{"complainant": m{"died_on": "2026-09-01"}}, "heirs-missing"},
		{"an authority that ends in thirty days", m{"agent": m{"name": "李样本", "scope": "special", "until": "2026-10-28", "original_seen": true, "id_seen": true}}, "agent-ending"},
		{"one that ends later", m{"agent": m{"name": "李样本", "scope": "special", "until": "2026-10-29", "original_seen": true, "id_seen": true}}, ""},
		{"one that has ended", m{"agent": m{"name": "李样本", "scope": "special", "until": "2026-09-27", "original_seen": true, "id_seen": true}}, "agent-ended"},
		{"one whose original nobody saw", m{"agent": m{"name": "李样本", "scope": "special", "id_seen": true}}, "agent-proof"},
		{"written by another", m{"scribe": m{"name": "王样本", "read_aloud": true}}, "scribe-proof"},
	} {
		if tt.fields["complainant"] == nil {
			tt.fields["complainant"] = m{"name": "张样本"}
		}
		var ids []string
		for _, n := range people(tt.fields, nil).Notices(now) {
			ids = append(ids, n.ID)
		}
		if strings.Join(ids, " ") != tt.want {
			t.Errorf("%s: %v, want %q", tt.name, ids, tt.want)
		}
	}
}

func TestOnlyASuccessfulContactStopsTheLimitOfTelling(t *testing.T) {
	r := rulebook(t, "cn.gov.general")
	c := people(m{"complainant": m{"name": "张样本"}}, nil)
	now := moment("2026-09-28 18:00")
	n := 0
	env := Env{Regime: r, Officer: Ref{ID: "o1", Name: "样本经办"}, Now: now, NewID: func() string { n++; return string(rune('a' + n)) }}
	entries := []Entry{{Node: journal.Node{ID: "e1"}, Act: &Act{Action: RegisterAction, Effects: Effects{&Set{Values: m{"complainant": m{"name": "张样本"}}}}}}}
	try := func(at, result, wantMark string) {
		t.Helper()
		act, err := DecideRecord(c, env, "contact_attempts", m{"number": "13800000000", "at": at, "result": result, "script": "说明"})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, e := range act.Effects {
			if mark, ok := e.(*Mark); ok {
				got = mark.Name
			}
		}
		if got != wantMark {
			t.Errorf("%s at %s sets %q, want %q", result, at, got, wantMark)
		}
		id := journal.ID("x" + at + result)
		entries = append(entries, Entry{Node: journal.Node{ID: id, Parents: []journal.ID{entries[len(entries)-1].ID}, Clock: journal.Stamp{Millis: int64(len(entries))}}, Act: act})
		c = Fold("c1", entries)
	}
	try("2026-09-28 09:00", "no-answer", "")
	try("2026-09-28 09:20", "powered-off", "") // not at a different time
	try("2026-09-28 11:00", "refused", "")
	try("2026-09-28 15:00", "no-answer", regime.UnreachableMark)
	if notices := c.Notices(now); len(notices) != 1 || notices[0].ID != "not-reachable" {
		t.Errorf("nobody offers message and letter: %v", notices)
	}
	try("2026-09-28 16:00", "told", regime.ToldMark)
	try("2026-09-28 17:00", "no-contact", regime.NoContactMark)
	for _, row := range []m{{"number": "1"}, {"result": "told"}, {"result": "no-contact"}, {"number": "1", "result": "told", "at": "2026-09-29 09:00"}} {
		if _, err := DecideRecord(c, env, "contact_attempts", row); err == nil {
			t.Errorf("taken: %v", row)
		}
	}
	if _, err := DecideRecord(c, env, "evidence", m{"name": "x"}); err == nil {
		t.Error("a group of the rulebook's own is written without its action")
	}
}

func TestALetterToOneOfSeveralNamesAll(t *testing.T) {
	c := people(oneOfThree(), map[string][]map[string]any{"members": {{"name": "甲样本", "role": "representative"}, {"name": "乙样本"}, {"name": "丙样本", "left_at": "2026-09-20"}}})
	r := rulebook(t, "cn.gov.general")
	if got := Values(c, r, Letterhead{}).Get("complainant.name"); got != "甲样本、乙样本" {
		t.Errorf("addressed to %v", got)
	}
}
