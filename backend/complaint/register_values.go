package complaint

import (
	"maps"
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// registerValues checks the standard fields and those the regime's own
// registration form adds, and fills in what the rulebook says where the form
// does not.
func registerValues(env Env, action *regime.Action, matter regime.Matter, in Registration) (map[string]any, error) {
	out, err := normalised(env.Regime, in.Values)
	if err != nil {
		return nil, err
	}
	out["matter"], out["channel"] = matter.ID, in.Channel
	out["received_at"] = in.ReceivedAt.In(calendar.Zone()).Format(time.RFC3339)
	if in.Message != "" {
		out["message"] = in.Message
	}
	anonymous := matter.Has(regime.AnonymousFlag)
	if anonymous && unnamed(out["complainant"]) {
		forgetName(out)
	}
	if err := registerForm(env, action, out, anonymous); err != nil {
		return nil, err
	}
	if person, _ := out["complainant"].(map[string]any); person["name"] == nil && !anonymous {
		return nil, errNoName
	}
	if out["facts"] == nil && out["request"] == nil {
		return nil, fault.New(fault.Refused, "field-required", "请填写投诉的事实或请求", "至少写明一项，投诉人才知道登记的是什么").At("facts")
	}
	derive(newCase(""), env.Regime, out)
	return out, nil
}

func normalised(r *regime.Regime, in map[string]any) (map[string]any, error) {
	out := map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(in)) {
		def, ok := r.FieldDef(id)
		if !ok {
			return nil, fault.New(fault.Usage, "unknown-field", "登记表没有这一项："+id, "请核对字段名称").At(id)
		}
		if field.Empty(in[id]) {
			continue
		}
		normal, err := field.Normalise(def, in[id])
		if err != nil {
			return nil, err
		}
		if err := checkChoice(def, normal); err != nil {
			return nil, err
		}
		out[id] = normal
	}
	return out, nil
}

// registerForm fills in defaults and asks for what the form demands. Fields
// that the form does not show stay: what comes in may say more than is asked.
func registerForm(env Env, action *regime.Action, out map[string]any, anonymous bool) error {
	facts := factsOf(newCase(""), env, action.Track, out)
	for _, use := range action.Fields {
		def, _ := env.Regime.FieldDef(use.ID)
		shown, _ := use.When.Eval(facts)
		if _, given := out[use.ID]; given || !shown {
			continue
		}
		if use.Default != nil {
			normal, err := field.Normalise(def, standingFor(def, use.Default, env.Now))
			if err != nil {
				return err
			}
			out[use.ID] = normal
			continue
		}
		must := use.Required == field.Always && !(anonymous && use.ID == "complainant") || use.Required == field.When
		if must {
			label := use.Label
			if label == "" {
				label = def.Label
			}
			return fault.New(fault.Refused, "field-required", "请填写“"+label+"”", "补上后再登记").At(use.ID)
		}
	}
	return nil
}

// apart separates the rows of groups from the values that are set: rows of all
// branches stay, a value is replaced.
func apart(env Env, values map[string]any) (*Set, Effects) {
	set := &Set{Values: map[string]any{}}
	var rows Effects
	for _, id := range slices.Sorted(maps.Keys(values)) {
		def, _ := env.Regime.FieldDef(id)
		if def.Type != field.Group {
			set.Values[id] = values[id]
			keepLabels(set.Values, def, values[id])
			continue
		}
		for _, row := range asRows(values[id]) {
			rows = append(rows, &Add{Field: id, ID: env.NewID(), Row: row})
		}
	}
	return set, rows
}

// errNoName asks for a name; matters that may be anonymous do not need one.
var errNoName = fault.New(fault.Refused, "field-required", "请填写投诉人姓名", "没有留姓名的写“匿名”").At("complainant")

// noNames are what people write where there is no name. No letter is addressed
// to one of them.
var noNames = []string{"匿名", "未知", "不详", "不明", "无", "无名", "无名氏", "匿名人", "匿名者", "匿名投诉人", "匿名举报人"}

func unnamed(person any) bool {
	m, _ := person.(map[string]any)
	name, _ := m["name"].(string)
	return name == "" || slices.Contains(noNames, strings.TrimSpace(name))
}

// forgetName stores no name for one that was not given; a telephone number
// that was given stays.
func forgetName(values map[string]any) {
	m, ok := values["complainant"].(map[string]any)
	if !ok {
		return
	}
	m = maps.Clone(m)
	delete(m, "name")
	delete(m, "kind")
	if field.Empty(m) {
		delete(values, "complainant")
		return
	}
	values["complainant"] = m
}
