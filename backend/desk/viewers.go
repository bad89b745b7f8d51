package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/office"
)

// Secrecy says who may see the person of a case, and who else could be let.
type Secrecy struct {
	Protected bool        `json:"protected"`
	Hidden    bool        `json:"hidden"`  // from the officer at the desk
	Viewers   []string    `json:"viewers"` // who alone, where officers are named
	Others    []OptionRow `json:"others"`  // officers who can be named
	Looks     bool        `json:"looks"`   // this officer may read who looked
}

// Secrecy answers for a case; without a number, for one to be registered.
func (d *Desk) Secrecy(_ context.Context, number string) (Secrecy, error) {
	book, me, err := d.entered()
	if err != nil {
		return Secrecy{}, err
	}
	out := Secrecy{Viewers: []string{}, Others: []OptionRow{}}
	if number != "" {
		o, err := d.openCase(number)
		if err != nil {
			return Secrecy{}, err
		}
		out.Protected, out.Hidden = o.c.Protected, o.c.Sealed
		out.Viewers = append(out.Viewers, viewerNames(o.c)...)
		out.Looks = out.Protected && mayReview(book, me, o.c.ID)
	}
	eachViewer(book, func(u *office.Unit, o *office.Officer) {
		if slices.Contains(out.Viewers, o.Name) {
			return
		}
		row := OptionRow{ID: o.ID, Label: o.Name}
		if u.ID != ownUnit(book) {
			row.Label += "（" + u.Name + "）"
		}
		out.Others = append(out.Others, row)
	})
	slices.SortFunc(out.Others, func(a, b OptionRow) int { return strings.Compare(a.Label, b.Label) })
	return out, nil
}

// eachViewer goes through the officers who can be named to see a person.
func eachViewer(book *casebook.Book, do func(*office.Unit, *office.Officer)) {
	for _, u := range book.Office().Units {
		for _, o := range u.Officers {
			if !o.Retired && (u.Counts || u.ID == ownUnit(book)) {
				do(u, o)
			}
		}
	}
}

// viewers finds the officers who are named to see a person.
func viewers(book *casebook.Book, names []string) (out []*office.Officer, err error) {
	for _, name := range names {
		var found *office.Officer
		eachViewer(book, func(u *office.Unit, o *office.Officer) {
			if o.ID == name || o.Name == name && (found == nil || u.ID == ownUnit(book)) {
				found = o
			}
		})
		if found == nil {
			return nil, fault.New(fault.NotFound, "no-such-officer", "没有这位人员："+name, "用 officer list 查看人员名单").At("viewers")
		}
		if !slices.Contains(out, found) {
			out = append(out, found)
		}
	}
	return out, nil
}

func namesOf(officers []*office.Officer) []any {
	out := make([]any, len(officers))
	for i, o := range officers {
		out[i] = o.Name
	}
	return out
}

// viewersField keeps the names for all to read: whom to ask is no secret.
const viewersField = "viewers"

func viewerNames(c *complaint.Case) (names []string) {
	list, _ := c.Fields[viewersField].([]any)
	for _, v := range list {
		if s, ok := v.(string); ok {
			names = append(names, s)
		}
	}
	return names
}

// Confide lets further officers see the protected person of a case. Who has
// seen cannot be made not to have; nobody is taken from the list.
func (d *Desk) Confide(ctx context.Context, number string, names []string) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	switch {
	case !o.c.Protected:
		return Change{}, fault.New(fault.Refused, "not-protected", "本案没有保密的人员", "只有保密的案件需要指定可见人员")
	case o.c.Sealed:
		return Change{}, fault.New(fault.Forbidden, "identity-key", "您不能查看本案受保护的人员，也就不能指定别人查看", "请由可见受保护人员身份的人员办理")
	case len(names) == 0:
		return Change{}, fault.New(fault.Usage, "viewers", "没有指定人员", "请写明人员姓名").At("viewers")
	}
	to, err := viewers(o.book, names)
	if err != nil {
		return Change{}, err
	}
	all := viewerNames(o.c)
	var added []string
	for _, v := range to {
		if !slices.Contains(all, v.Name) {
			all, added = append(all, v.Name), append(added, v.Name)
		}
	}
	list := make([]any, len(all))
	for i, n := range all {
		list[i] = n
	}
	act := complaint.Simple(d.env(o.book, o.me, o.regime, o.c), complaint.EditAction, "增加可见人员："+strings.Join(added, "、"), "",
		&complaint.Set{Values: map[string]any{viewersField: list}})
	return d.save(ctx, o, casebook.Write{Cases: []casebook.CaseWrite{{ID: o.c.ID, Act: act, Seen: o.c.Heads, Viewers: to}}})
}
