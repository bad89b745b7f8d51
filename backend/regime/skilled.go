package regime

import (
	"slices"
	"strings"

	"jiesu/backend/field"
)

// SkillFlag in front of a skill makes a list item call for it: of whoever
// works on a case with that item, "skill:银行卡" asks for 银行卡.
const SkillFlag = "skill:"

// Skilled holds where an officer has the skills (专长) a case calls for. It asks
// nothing where none is called for, or where no officer of the office has one
// on record.
type Skilled struct {
	Who   string `json:"who,omitempty" yaml:"who,omitempty"`     // field with the officer's name; empty: this officer
	Is    string `json:"is,omitempty" yaml:"is,omitempty"`       // the skill
	Field string `json:"field,omitempty" yaml:"field,omitempty"` // or a choice whose items call for one (SkillFlag), or a text that says it
}

// Needs are the skills that are called for.
func (s *Skilled) Needs(r *Regime, f Facts) []string {
	if s.Is != "" {
		return []string{s.Is}
	}
	v, ok := f.Field(s.Field)
	def, known := r.FieldDef(s.Field)
	if !ok || !known {
		return nil
	}
	if def.List == "" {
		return []string{plain(v)}
	}
	var out []string
	for _, o := range def.Options {
		item, _ := r.ListItem(def.List, o.ID)
		for _, flag := range item.Flags {
			if skill, calls := strings.CutPrefix(flag, SkillFlag); calls && has(v, o.ID) {
				out = append(out, skill)
			}
		}
	}
	return out
}

func (s *Skilled) holds(f Facts) bool {
	names, me, asked := f.Skilled(s)
	if !asked || s.Who == "" {
		return !asked || me
	}
	v, ok := f.Field(s.Who)
	return ok && slices.ContainsFunc(names, func(name string) bool { return has(v, name) })
}

// left is what remains once the form alone says who it is: one of those who
// have the skills. false: nobody has.
func (s *Skilled) left(f Facts) (*Guard, bool) {
	names, _, asked := f.Skilled(s)
	switch {
	case !asked:
		return nil, true
	case len(names) == 0:
		return nil, false
	}
	return &Guard{Field: s.Who, In: names}, true
}

// SkillOf is the condition on the officer that a form names in a field, or nil.
func (a *Action) SkillOf(id string) *Skilled {
	guards := []*Guard{a.Guard}
	for _, use := range a.Fields {
		guards = append(guards, use.When)
	}
	for _, g := range guards {
		if s := g.skillOf(id); s != nil {
			return s
		}
	}
	return nil
}

func (g *Guard) skillOf(id string) *Skilled {
	if g == nil {
		return nil
	}
	if g.Skilled != nil && g.Skilled.Who == id {
		return g.Skilled
	}
	for _, each := range slices.Concat(g.All, g.Any) {
		if s := each.skillOf(id); s != nil {
			return s
		}
	}
	return g.Not.skillOf(id)
}

// guardSkilled checks such a condition.
func (c *checker) guardSkilled(at string, s *Skilled) {
	if s == nil {
		return
	}
	if (s.Is == "") == (s.Field == "") {
		c.say(at, "条件 skilled 应写专长（is）或看哪一项（field），二者之一")
	}
	for _, id := range []string{s.Who, s.Field} {
		if id == "" {
			continue
		}
		if def, ok := c.r.FieldDef(id); !ok || def.Type != field.Text && (id == s.Who || def.Type != field.Choice && def.Type != field.MultiChoice) {
			c.say(at, "条件 skilled 的“%s”不是能写人员或专长的字段", short(id))
		}
	}
}
