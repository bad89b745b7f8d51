package complaint

import (
	"slices"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// RecordAction writes a row of one of the groups every case has, whatever its
// regime says: who was told what, who consented, other matters of a letter.
const RecordAction = "record-row"

// betweenAttempts is how far apart attempts to reach a person are at least to
// count as made at different times.
const betweenAttempts = time.Hour

// failedAttempts that many attempts at different times open telling by message
// and letter (domain D5).
const failedAttempts = 3

// DecideRecord adds a row. What is recorded of a contact stops the limit of
// telling only where the person was told, or where there is nothing to reach
// the person by and the reason is given.
func DecideRecord(c *Case, env Env, group string, row map[string]any) (*Act, error) {
	if c.ReadOnly {
		return nil, fault.New(fault.Refused, "case-read-only", c.closedTo(), "请升级程序")
	}
	def, ok := env.Regime.FieldDef(group)
	if !ok || !slices.Contains(regime.RecordGroups(), group) {
		return nil, fault.New(fault.Usage, "unknown-record", "没有这种记录："+group, "可记录联系、提供给被投诉人的信息、联名成员、本人同意、继承人、其他事项、利害关系").At("group")
	}
	clean, err := recordRow(c, env, def, row)
	if err != nil {
		return nil, err
	}
	act := env.newAct(RecordAction, "记录："+def.Label, "", env.Now, "")
	act.Reversible = true
	act.Effects = append(Effects{&Add{Field: group, ID: env.NewID(), Row: clean}}, contactMarks(c, env, group, clean)...)
	return act, nil
}

// recordRow checks a row, and fills in when and by whom where it is now and
// this officer.
func recordRow(c *Case, env Env, def field.Def, row map[string]any) (map[string]any, error) {
	for _, item := range def.Items {
		if item.Min != nil && field.Empty(row[item.ID]) {
			return nil, fault.New(fault.Refused, "field-required", "请填写“"+item.Label+"”", "补上后再记录").At(item.ID)
		}
	}
	normal, err := field.Normalise(def, []any{row})
	rows := asRows(normal)
	if err != nil || len(rows) == 0 {
		return nil, firstError(err, fault.New(fault.Refused, "field-required", "没有要记录的内容", "请填写后再记录").At(def.ID))
	}
	clean := rows[0]
	for _, item := range def.Items {
		moment, given := ParseMoment(textOf(clean[item.ID]))
		switch {
		case item.ID == "by" && clean["by"] == nil:
			clean["by"] = env.Officer.Name
		case item.Type == field.DateTime && !given:
			clean[item.ID] = env.Now.In(calendar.Zone()).Format(time.RFC3339)
		case given && (item.Type == field.DateTime || item.ID == "on" || item.ID == "left_at"):
			if err := c.happened(moment, env.Now, "“"+item.Label+"”", item.ID); err != nil {
				return nil, err
			}
		}
	}
	return clean, contactFits(def.ID, clean)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func textOf(v any) string {
	s, _ := v.(string)
	return s
}

// contactFits asks of a contact what makes it proof: whom it reached, or why
// there is nobody to reach.
func contactFits(group string, row map[string]any) error {
	if group != "contact_attempts" {
		return nil
	}
	switch row["result"] {
	case nil:
		return fault.New(fault.Refused, "field-required", "请填写联系的“结果”", "只有已告知才停止告知时限").At("result")
	case "no-contact":
		if row["script"] == nil {
			return fault.New(fault.Refused, "field-required", "没有联系方式的，请在“说了什么”中写明查找的经过", "写明后告知时限停止").At("script")
		}
		return nil
	}
	if row["number"] == nil {
		return fault.New(fault.Refused, "field-required", "请填写联系的“号码或地址”", "").At("number")
	}
	return nil
}

func contactMarks(c *Case, env Env, group string, row map[string]any) Effects {
	if group != "contact_attempts" {
		return nil
	}
	at, _ := ParseMoment(textOf(row["at"]))
	switch row["result"] {
	case "told":
		return append(Effects{&Mark{Name: regime.ToldMark, At: at}}, decidedTold(c, env.Regime, at)...)
	case "no-contact":
		return append(Effects{&Mark{Name: regime.NoContactMark, At: at}}, decidedTold(c, env.Regime, at)...)
	}
	if len(c.Marks[regime.UnreachableMark]) == 0 && failedTimes(append(c.attempts(), at)) >= failedAttempts {
		return Effects{&Mark{Name: regime.UnreachableMark, At: at}}
	}
	return nil
}

// decidedTold marks a contact once there is a decision to tell: a talk before it
// tells nothing that a limit waits for. The day of a decision has no hour, so
// the order in which both were written down counts.
func decidedTold(c *Case, r *regime.Regime, at time.Time) Effects {
	for i := range r.Clocks {
		for _, mark := range r.Clocks[i].Told {
			if len(c.Marks[mark]) > 0 {
				return Effects{&Mark{Name: regime.DecidedToldMark, At: at}}
			}
		}
	}
	return nil
}

// attempts are the moments of contacts that failed since the last that did not.
func (c *Case) attempts() (at []time.Time) {
	for _, r := range c.Rows["contact_attempts"] {
		switch r.Values["result"] {
		case "told", "no-contact":
			at = nil
		default:
			if t, ok := ParseMoment(textOf(r.Values["at"])); ok {
				at = append(at, t)
			}
		}
	}
	return at
}

// failedTimes counts the attempts made at different times.
func failedTimes(at []time.Time) (n int) {
	slices.SortFunc(at, time.Time.Compare)
	var last time.Time
	for _, t := range at {
		if n == 0 || t.Sub(last) >= betweenAttempts {
			n, last = n+1, t
		}
	}
	return n
}

// DecideAmend changes columns of a recorded row: a member leaves, the answer to
// another matter of the letter is known.
func DecideAmend(c *Case, env Env, group, id string, columns map[string]any) (*Act, error) {
	if c.ReadOnly {
		return nil, fault.New(fault.Refused, "case-read-only", c.closedTo(), "请升级程序")
	}
	def, ok := env.Regime.FieldDef(group)
	i := slices.IndexFunc(c.Rows[group], func(r Row) bool { return r.ID == id })
	if !ok || i < 0 || !slices.Contains(regime.RecordGroups(), group) {
		return nil, fault.New(fault.NotFound, "row-not-found", "没有这一行记录", "请刷新后重试").At("row")
	}
	normal, err := field.Normalise(def, []any{columns})
	rows := asRows(normal)
	if err != nil || len(rows) == 0 {
		return nil, firstError(err, fault.New(fault.Refused, "field-required", "没有要更改的内容", "请填写后再保存").At(group))
	}
	if left, ok := ParseMoment(textOf(rows[0]["left_at"])); ok {
		if err := c.happened(left, env.Now, "退出日期", "left_at"); err != nil {
			return nil, err
		}
	}
	act := env.newAct(RecordAction, "更改记录："+def.Label, "", env.Now, "")
	act.Reversible = true
	act.Effects = Effects{&Update{Field: group, ID: id, Values: rows[0], Line: textOf(c.Rows[group][i].Values["name"])}}
	return act, nil
}
