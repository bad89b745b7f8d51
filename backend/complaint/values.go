package complaint

import (
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// Letterhead is what a letter says of the office and the day, and a case does not.
type Letterhead struct {
	Office  map[string]any // the profile by its keys: issuer, capacity, review_body …
	Officer letter.Values  // 承办人: name, phone
	Number  string         // 文号; empty in a draft
	Serial  string         // of a form without 文号
	Date    string         // 成文日期; empty in a draft
	Limit   string         // how long handling may take, in words; empty: nobody has set it
	Until   string         // the day the limit extended last now ends on; empty: none was extended
	Copy    string         // "respondent": the copy that hides where the complainant lives
	Sample  bool           // 样本 across every page
}

// source is where one merge value comes from. read gets the name of the field
// and may look at others beside it.
type source struct {
	path  string // in the templates
	field string // in the rulebooks
	read  func(x *reader, field string) any
}

// sources are all merge values that come from a case. Templates and rulebooks
// meet here and nowhere else.
var sources = []source{
	{"complainant", "complainant", (*reader).party},
	{"respondent", "respondent", (*reader).party},
	{"complainant.agent", "agent", (*reader).name},
	{"request", "request", (*reader).sentence},
	{"facts", "facts", (*reader).sentence},
	{"case.received_at", "received_at", (*reader).value},
	{"case.channel_label", "channel", (*reader).label},
	{"case.civil_dispute", "dispute_kind", is("civil")},
	{"case.internal", "dispute_kind", is("internal")},

	{"acceptance.at", "accept_at", (*reader).value},
	{"acceptance.department", "accept_department", (*reader).value},

	{"refusal.condition", "refusal_condition", (*reader).value},
	{"refusal.facts", "refusal_facts", (*reader).sentence},
	{"refusal.ground_text", "refusal_ground", (*reader).words},
	{"refusal.ground_article", "refusal_ground", (*reader).groundArticle},
	{"refusal.proper_body", "refusal_proper_body", (*reader).value},
	{"refusal.ordinals", "refusal_ground", (*reader).ordinals},
	{"termination.ordinals", "terminate_ground", (*reader).ordinals},

	{"decision.respondent_statement", "respondent_statement", (*reader).sentence},
	{"decision.procedure", "procedure", (*reader).sentence},
	{"decision.facts_found", "facts_found", (*reader).sentence},
	{"decision.evidence", "evidence", (*reader).rows},
	{"decision.reasons", "reasons", (*reader).sentence},
	{"decision.basis", "basis", (*reader).sentence},
	{"decision.authority_basis", "authority_basis", (*reader).sentence},
	{"decision.items", "items", (*reader).rows},
	{"decision.performance", "performance", (*reader).sentence},
	{"decision.copied_to", "copied_to", (*reader).value},

	{"result.outcome_label", "outcome", (*reader).label},
	{"result.reasons", "inform_reason", (*reader).sentence},
	{"result.procedure", "procedure", (*reader).sentence},

	{"delivery.way", "notify_way", (*reader).way},

	{"building", "building", (*reader).value},
	{"mode", "channel", (*reader).mode},
	{"department", "complained_department", (*reader).value},
	{"class", "class", (*reader).value},
	{"content", "facts", (*reader).content},
	{"receiver", "receiver", (*reader).value},
	{"handling", "handling", (*reader).handling},
	{"department_head", "department_head", (*reader).value},
	{"followup_situation", "followup_situation", (*reader).followUp},
	{"followup_by", "followup_by", (*reader).value},
	{"followup_date", "followup_date", (*reader).value},
	{"satisfaction", "satisfaction", (*reader).value},
	{"property_head_opinion", "property_head_opinion", (*reader).value},
}

// Values are the merge values of a case: the one source of what its letters,
// ledgers and forms say.
func Values(c *Case, r *regime.Regime, d Letterhead) letter.Values {
	v := letter.Values{}
	x := &reader{c: c, r: r}
	for _, s := range sources {
		if value := s.read(x, s.field); value != nil {
			put(v, s.path, value)
		}
	}
	v["f"], v["mark"], v["who"] = x.generic()
	put(v, "case.number", c.Number)
	put(v, "case.regime_title", c.Regime.Title)
	if m := c.Marks[ReceivedMark]; len(m) > 0 { // also after the date was corrected
		put(v, "case.received_at", m[0].At.In(calendar.Zone()))
	}
	put(v, "acceptance.limit_text", d.Limit)
	put(v, "extension.until", d.Until)
	if v.Get("decision.authority_basis") == nil {
		put(v, "decision.authority_basis", d.Office["authority_basis"])
	}
	v["office"], v["officer"] = d.Office, map[string]any(d.Officer)
	v["document"] = map[string]any{"number": d.Number, "date": d.Date}
	v["serial"], v["sample"] = d.Serial, d.Sample
	v["copy"] = map[string]any{"for": d.Copy}
	return v
}

// put sets a value by dotted path.
func put(v map[string]any, path string, value any) {
	head, rest, more := strings.Cut(path, ".")
	if !more {
		v[head] = value
		return
	}
	inner, ok := v[head].(map[string]any)
	if !ok {
		inner = map[string]any{}
		v[head] = inner
	}
	put(inner, rest, value)
}

// Where says who can supply what a letter lacks: the office's profile, the
// case as registered, or the action that should have filled it.
func Where(path string) string {
	head, rest, _ := strings.Cut(path, ".")
	if head == "f" { // a field of every case, or one that an action fills
		head, _, _ = strings.Cut(rest, ".")
	}
	switch head {
	case "office", "officer":
		return "profile"
	case "complainant", "respondent", "case", "request", "facts", "content":
		return "case"
	}
	return "action"
}
