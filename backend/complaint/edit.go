package complaint

import (
	"maps"
	"slices"

	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// DecideEdit corrects descriptive fields; the rows it names are added to their
// groups. A corrected date of receipt also moves the mark that limits count
// from, a corrected class what the matrices derive from it.
func DecideEdit(c *Case, env Env, values map[string]any, reason string) (*Act, error) {
	if c.ReadOnly {
		return nil, fault.New(fault.Refused, "case-read-only", c.closedTo(), "请升级程序")
	}
	if err := c.mayWork(env, "更正"); err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return nil, fault.New(fault.Usage, "nothing-to-edit", "没有要更正的内容", "")
	}
	if err := checkPeople(values); err != nil {
		return nil, err
	}
	set, more, err := c.corrections(env, values)
	if err != nil {
		return nil, err
	}
	act := env.newAct(EditAction, "更正", "", env.Now, reason)
	if len(set.Values) > 0 {
		act.Effects = append(act.Effects, set)
	}
	act.Effects = append(append(act.Effects, more...), deriveFrom(c, env.Regime, Effects{set})...)
	act.Reversible = true
	if c.Protected {
		act.Protect(env.Regime, c)
	}
	return act, nil
}

// corrections are the values to set, and the rows and marks beside them.
func (c *Case) corrections(env Env, values map[string]any) (*Set, Effects, error) {
	set := &Set{Values: map[string]any{}}
	var more Effects
	for _, id := range slices.Sorted(maps.Keys(values)) {
		if err := mayCorrect(env, id); err != nil {
			return nil, nil, err
		}
		value, err := c.corrected(env.Regime, id, values[id])
		if err != nil {
			return nil, nil, err
		}
		def, _ := env.Regime.FieldDef(id)
		if def.Type == field.Group {
			for _, row := range asRows(value) {
				more = append(more, &Add{Field: id, ID: env.NewID(), Row: row})
			}
			continue
		}
		set.Values[id] = value
		moved, err := correctMarks(c, env, id, value)
		if err != nil {
			return nil, nil, err
		}
		more = append(more, moved...)
	}
	return set, more, c.textsGiven(env.Regime, set.Values)
}

// corrected checks one corrected value; nil empties the field.
func (c *Case) corrected(r *regime.Regime, id string, value any) (any, error) {
	def, ok := r.FieldDef(id)
	if !ok {
		return nil, fault.New(fault.Usage, "unknown-field", "没有这一项："+id, "请核对字段名称").At(id)
	}
	normal, err := field.Normalise(def, value)
	if err == nil && normal != nil {
		err = checkChoice(def, normal)
	}
	if err != nil {
		return nil, err
	}
	if person, _ := normal.(map[string]any); id == "complainant" && person["name"] == nil && !c.anonymous(r) {
		return nil, errNoName
	}
	return normal, nil
}

// anonymous says whether a case of this matter needs no name.
func (c *Case) anonymous(r *regime.Regime) bool {
	id, _ := c.Fields["matter"].(string)
	m, ok := r.Matter(id)
	return ok && m.Has(regime.AnonymousFlag)
}

// textsGiven asks what 其他 is where a choice was corrected to it, and keeps
// the labels of items that an office added.
func (c *Case) textsGiven(r *regime.Regime, values map[string]any) error {
	for _, id := range slices.Sorted(maps.Keys(values)) {
		def, _ := r.FieldDef(id)
		keepLabels(values, def, values[id])
		if !def.NeedsText(values[id]) {
			continue
		}
		text, given := values[field.TextOf(id)]
		if !given {
			text = c.Fields[field.TextOf(id)]
		}
		if field.Empty(text) {
			return fault.New(fault.Refused, "field-required", "请写明“"+def.Label+"”是什么", "选了“其他”的，一并写明").At(field.TextOf(id))
		}
	}
	return nil
}
