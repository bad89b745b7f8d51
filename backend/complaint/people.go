package complaint

import (
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// Scopes of a power of attorney: what gives up a right needs the second
// (民事诉讼法第六十二条第二款 by analogy).
const (
	GeneralScope = "general"
	SpecialScope = "special"
)

// expiryWarning is how long before its end a power of attorney is spoken of.
const expiryWarning = 30

// fullAge is when a person speaks for himself (民法典第十七条).
const fullAge = 18

// checkPeople refuses what cannot be true of those who speak for the
// complainant: an unknown scope, a date that is none.
func checkPeople(values map[string]any) error {
	agent, _ := values["agent"].(map[string]any)
	if scope := textOf(agent["scope"]); scope != "" && scope != GeneralScope && scope != SpecialScope {
		return fault.New(fault.Refused, "bad-value", "代理权限应为一般（general）或特别（special）", "撤回、和解须特别授权").At("agent")
	}
	complainant, _ := values["complainant"].(map[string]any)
	for _, d := range []struct{ id, label, date string }{{"agent", "代理期限", textOf(agent["until"])},
		{"complainant", "出生日期", textOf(complainant["birth"])}, {"complainant", "死亡日期", textOf(complainant["died_on"])}} {
		if _, ok := ParseMoment(d.date); d.date != "" && !ok {
			return fault.New(fault.Refused, "bad-value", d.label+"应为日期", "形如 2026-12-31").At(d.id)
		}
	}
	return nil
}

// disposes is what giving up a right an action does, by its id where the
// regime does not say.
func disposes(a *regime.Action) string {
	if a.Disposes == "" && a.ID == "withdraw" {
		return "withdraw"
	}
	return a.Disposes
}

var disposalWords = map[string]string{"withdraw": "撤回", "settlement": "和解、调解", "change": "变更请求", "waiver": "放弃请求"}

// unconsented refuses a step that gives up a right nobody entitled gave up; the
// facts say whether it does.
func (c *Case) unconsented(a *regime.Action, f *facts, now time.Time) refusal {
	if ok, _ := a.GivesUp.Eval(f); !ok {
		return refusal{}
	}
	if why := c.consentMissing(a, now); why != "" {
		no := refusal{code: "consent-missing", why: why}
		if a.GivesUp != nil { // with another answer there it may be done
			no.at = a.GivesUp.Field
		}
		return no
	}
	return refusal{}
}

// consentMissing says whose consent a step that gives up a right still needs,
// or "": an agent needs special authority that has not run out, and of joint
// complainants everybody who is represented must have consented.
func (c *Case) consentMissing(a *regime.Action, now time.Time) string {
	kind := disposes(a)
	if kind == "" {
		return ""
	}
	if missing := c.notConsented(kind); len(missing) > 0 {
		return "联名投诉人尚未全部同意" + disposalWords[kind] + "，还缺：" + strings.Join(missing, "、")
	}
	agent, _ := c.Fields["agent"].(map[string]any)
	complainant, _ := c.Fields["complainant"].(map[string]any)
	if agent == nil || c.consented(textOf(complainant["name"]), kind) {
		return ""
	}
	switch scope, until := c.authority(agent); {
	case scope != SpecialScope:
		return "代理人没有特别授权，" + disposalWords[kind] + "须有特别授权或本人同意"
	case ended(until, now):
		return "授权委托已于 " + until + " 到期，" + disposalWords[kind] + "须重新授权或本人同意"
	}
	return ""
}

// authority is what an agent may do and until when: as registered of him, or as
// a check of the power of attorney found (fields of the rulebook).
func (c *Case) authority(agent map[string]any) (scope, until string) {
	scope, until = textOf(c.Fields["poa_authority"]), textOf(c.Fields["poa_until"])
	if scope == "" {
		scope = textOf(agent["scope"])
	}
	if until == "" {
		until = textOf(agent["until"])
	}
	return scope, until
}

func ended(until string, now time.Time) bool {
	t, ok := ParseMoment(until)
	return ok && calendar.DateOf(now).After(calendar.DateOf(t))
}

// notConsented are the represented members without a recorded consent. Who has
// left has no part in it; a representative acts himself.
func (c *Case) notConsented(kind string) (names []string) {
	for _, m := range c.Members() {
		if m.Representative || c.consented(m.Name, kind) {
			continue
		}
		names = append(names, m.Name)
	}
	return names
}

func (c *Case) consented(name, kind string) bool {
	return slices.ContainsFunc(c.Rows["consents"], func(r Row) bool { return r.Values["name"] == name && r.Values["act"] == kind })
}

// Member is one of several who complain together.
type Member struct {
	Row, Name      string
	Representative bool
}

// Members are those who complain together and have not left.
func (c *Case) Members() (out []Member) {
	for _, r := range c.Rows["members"] {
		if name := textOf(r.Values["name"]); name != "" && textOf(r.Values["left_at"]) == "" {
			out = append(out, Member{Row: r.ID, Name: name, Representative: r.Values["role"] == "representative"})
		}
	}
	return out
}

// Notice is something an officer should know of the people of a case.
type Notice struct {
	ID   string
	Text string
}

// Notices are what the people of a case call for now.
func (c *Case) Notices(now time.Time) (out []Notice) {
	say := func(id, text string) { out = append(out, Notice{id, text}) }
	agent, _ := c.Fields["agent"].(map[string]any)
	complainant, _ := c.Fields["complainant"].(map[string]any)
	if agent != nil {
		c.agentNotices(agent, now, say)
	}
	if age, known := ageOf(complainant, now); known && age < fullAge && c.Fields["guardian"] == nil {
		say("guardian-missing", "投诉人未满十八周岁，请登记监护人和关系证明；监护人不需要授权委托书")
	}
	if guardian, _ := c.Fields["guardian"].(map[string]any); guardian != nil && guardian["relation_proof"] == nil {
		say("guardian-proof", "监护关系证明尚未登记")
	}
	if complainant["died_on"] != nil && len(c.Rows["heirs"]) == 0 {
		say("heirs-missing", "投诉人已死亡，请登记继承人及其是否继续的意思")
	}
	if scribe, _ := c.Fields["scribe"].(map[string]any); scribe != nil && (scribe["read_aloud"] != true || scribe["fingerprint"] != true || textOf(scribe["second_officer"]) == "") {
		say("scribe-proof", "代书的材料应向本人宣读、由本人捺印，并有另一名工作人员在场")
	}
	if members := c.Members(); len(members) > 0 && !slices.ContainsFunc(members, func(m Member) bool { return m.Representative }) {
		say("representative-missing", "联名投诉还没有推选代表")
	}
	if failedTimes(c.attempts()) >= failedAttempts {
		say("not-reachable", "已在不同时间三次联系未果：可发送短信，并以信函书面告知")
	}
	return out
}

func (c *Case) agentNotices(agent map[string]any, now time.Time, say func(id, text string)) {
	scope, end := c.authority(agent)
	until, limited := ParseMoment(end)
	switch left := calendar.DateOf(until).Sub(calendar.DateOf(now)); {
	case !limited:
	case left < 0:
		say("agent-ended", "授权委托已于 "+end+" 到期，请重新授权或由本人办理")
	case left <= expiryWarning:
		say("agent-ending", "授权委托将于 "+end+" 到期")
	}
	var lacks []string
	if scope == "" {
		lacks = append(lacks, "代理权限")
	}
	for _, k := range []struct{ id, words string }{{"original_seen", "核对委托书原件"}, {"id_seen", "核对代理人证件"}} {
		if v := agent[k.id]; v == nil || v == false || v == "" {
			lacks = append(lacks, k.words)
		}
	}
	if len(lacks) > 0 {
		say("agent-proof", "代理手续还缺："+strings.Join(lacks, "、"))
	}
}

// ageOf reads a person's age from the day of birth, or from a resident
// identity number.
func ageOf(person map[string]any, now time.Time) (age int, known bool) {
	birth := textOf(person["birth"])
	if id := textOf(person["id_number"]); birth == "" && len(id) == 18 {
		birth = id[6:10] + "-" + id[10:12] + "-" + id[12:14]
	}
	t, ok := ParseMoment(birth)
	if !ok {
		return 0, false
	}
	b, n := calendar.DateOf(t), calendar.DateOf(now)
	age = n.Year() - b.Year()
	if n.Before(b.AddMonths(12 * age)) {
		age--
	}
	return age, true
}

// jointNames are all who complain together, the first as registered: a letter to
// the representatives names everybody. "" where one complains alone.
func (c *Case) jointNames(first string) string {
	names := []string{first}
	members := c.Members()
	for _, m := range members {
		if !slices.Contains(names, m.Name) {
			names = append(names, m.Name)
		}
	}
	if len(members) == 0 || first == "" {
		return ""
	}
	return strings.Join(names, "、")
}
