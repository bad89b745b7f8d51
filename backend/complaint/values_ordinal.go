package complaint

import (
	"slices"
	"strings"

	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// ordinals are the places of the chosen items in their list, in hanzi: a
// letter that prints all grounds names the ones that apply 第〔一、三〕项.
func (x *reader) ordinals(id string) any {
	def, _ := x.r.FieldDef(id)
	list, ok := x.r.List(def.List)
	if !ok {
		return nil
	}
	var out []string
	for i, item := range list.Items {
		if x.chose(id, item) {
			out = append(out, letter.HanNumber(i+1))
		}
	}
	if out == nil {
		return nil
	}
	return strings.Join(out, "、")
}

// chose says whether a choice, or one of several, is the item.
func (x *reader) chose(id string, item regime.ListItem) bool {
	switch v := x.c.Fields[id].(type) {
	case string:
		return v == item.ID
	case []any:
		return slices.Contains(v, any(item.ID))
	}
	return false
}
