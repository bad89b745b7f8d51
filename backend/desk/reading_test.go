package desk_test

import (
	"slices"
	"strings"
	"testing"

	"jiesu/backend/desk"
)

func TestARulebookIsReadWithItsPictureLimitsAndLetters(t *testing.T) {
	d := plainDesk(t, "")
	r, err := d.ReadRegime(t.Context(), "S16")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Purpose, "提高客户满意率") || len(r.Tracks) == 0 || r.Adopted {
		t.Errorf("%+v", r.RegimeAbout)
	}
	main := r.Tracks[0]
	if !slices.ContainsFunc(main.Ways, func(w desk.ReadWay) bool {
		return w.From == "received" && w.To == "desk" && w.Label == "告知前台接待员"
	}) {
		t.Errorf("no way from 已接诉 to the desk: %+v", main.Ways)
	}
	i := slices.IndexFunc(r.Limits, func(l desk.ReadLimit) bool { return l.ID == "tell-desk" })
	if i < 0 {
		t.Fatal("no limit tell-desk")
	}
	l := r.Limits[i]
	for what, ok := range map[string]bool{"words": l.Words == "1小时" || strings.Contains(l.Words, "小时"), "start": l.Start == "收到",
		"stop": strings.Contains(l.Stop, "“告知前台接待员”"), "only": strings.Contains(l.Only, "“渠道”是“来电”或“来函”"), "origin": l.Origin == "办法规定",
		"article": l.Article == "4.2.3", "overdue": l.Overdue == "转前台接待员"} {
		if !ok {
			t.Errorf("%s: %+v", what, l)
		}
	}
	if len(r.Letters) == 0 || len(r.Letters[0].Needs) == 0 || len(r.Letters[0].Remedy) == 0 {
		t.Errorf("letters: %+v", r.Letters)
	}
}

func TestThePictureDrawsNoWayThatAConditionRulesOut(t *testing.T) {
	d := plainDesk(t, "")
	for _, c := range []struct {
		system, action, from, to string
		want                     bool
	}{
		{"S11", "notify", "handled", "replied", true},
		{"S11", "notify", "refused", "tracked", true},
		{"S11", "notify", "handled", "tracked", false},
		{"S11", "notify", "refused", "replied", false},
	} {
		r, err := d.ReadRegime(t.Context(), c.system)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(r.Tracks[0].Ways, func(w desk.ReadWay) bool { return w.Action == c.action && w.From == c.from && w.To == c.to })
		if got != c.want {
			t.Errorf("%s %s from %s to %s: %v", c.system, c.action, c.from, c.to, got)
		}
	}
}

func TestTheNoteSaysWhyARemedyIsNotPrinted(t *testing.T) {
	d := plainDesk(t, "")
	for capacity, want := range map[string][2]string{"enterprise": {"没有行政主体资格", "申诉"}, "agency": {"行政复议法", "申请行政复议"}} {
		form, err := d.Profile(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		form.Profile.Capacity = capacity
		if _, err := d.SetProfile(t.Context(), form.Profile); err != nil {
			t.Fatal(err)
		}
		r, err := d.ReadRegime(t.Context(), "S7")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(r.Letters, func(l desk.ReadLetter) bool { return l.Kind == "decision" })
		if i < 0 || !slices.ContainsFunc(r.Letters[i].Remedy, func(x desk.ReadRemedy) bool {
			return strings.Contains(x.Note, want[0]) && strings.Contains(x.Text, want[1])
		}) {
			t.Errorf("%s: %+v", capacity, r.Letters[max(i, 0)].Remedy)
		}
	}
}

func TestHowToReceiveAComplaintTellsWhatToSayAskAndDo(t *testing.T) {
	d := plainDesk(t, "")
	r, err := d.ReadRegime(t.Context(), "S16")
	if err != nil {
		t.Fatal(err)
	}
	channel := func(id string) desk.ReadChannel {
		return r.Channels[slices.IndexFunc(r.Channels, func(c desk.ReadChannel) bool { return c.ID == id })]
	}
	visit, phone := channel("visit"), channel("phone")
	has := func(list []string, words string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, words) })
	}
	if !has(visit.Says, "致歉") || !has(visit.Asks, "投诉人") || !has(visit.Asks, "已致歉并致谢") || has(phone.Asks, "已致歉并致谢") {
		t.Errorf("%+v", visit)
	}
	if !has(visit.Limits, "通知上级领导") || has(phone.Limits, "通知上级领导") || !has(phone.Limits, "告知前台") {
		t.Errorf("limits: %v and %v", visit.Limits, phone.Limits)
	}
	if len(visit.Next) == 0 || visit.Next[0].Article == "" || visit.Next[0].Guidance == "" {
		t.Errorf("next: %+v", visit.Next)
	}
}

func TestAVersionIsComparedWithTheOneBefore(t *testing.T) {
	d := plainDesk(t, "")
	next := strings.NewReplacer(`version: "2026.1"`, `version: "2026.2"`, `effective_from: "2015-09-01"`, `effective_from: "2026-09-01"`,
		"    span: 3day\n", "    span: 5day\n", "- {id: property-head, label: 物业服务部负责人}", "- {id: property-head, label: 物业服务部负责人}\n  - {id: clerk, label: 办事员}",
		"- {id: spot_reported, label: 已向上级汇报, type: bool}", "- {id: spot_reported, label: 已向领导汇报, type: bool}").Replace(rulebook(t, "s16-property.yaml"))
	if _, err := d.AddRegime(t.Context(), []byte(next)); err != nil {
		t.Fatal(err)
	}
	diff, err := d.DiffRegimes(t.Context(), "cn.property.zz98@2026.1", "cn.property.zz98@2026.2")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, row := range diff.Rows {
		words := row.Change
		for _, v := range row.Values {
			words += "|" + v.What + ":" + v.Before + ">" + v.After
		}
		got[row.Part+" "+row.ID] = words
	}
	for id, want := range map[string]string{"时限 follow-up": "changed|长度:3日>5日", "角色 clerk": "added", "字段 spot_reported": "changed|名称:已向上级汇报>已向领导汇报",
		"总则 head": "changed|施行日期:2015-09-01>2026-09-01"} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
	if back, err := d.DiffRegimes(t.Context(), "cn.property.zz98@2026.2", "cn.property.zz98@2026.1"); err != nil || !slices.ContainsFunc(back.Rows, func(m desk.RegimeMove) bool {
		return m.Part == "角色" && m.ID == "clerk" && m.Change == "removed"
	}) {
		t.Errorf("back: %v %+v", err, back)
	}
	if same, err := d.DiffRegimes(t.Context(), "S7", "S7"); err != nil || len(same.Rows) != 0 {
		t.Errorf("a version differs from itself: %+v", same.Rows)
	}
}
