package desk

import (
	"context"
	"fmt"
	"strings"

	"jiesu/backend/fault"
	"jiesu/backend/office"
	"jiesu/backend/regime"
)

// AddListItem adds an item of the office's own to an open list: the source says
// 等, so no new version is needed, and cases in hand have it at once.
func (d *Desk) AddListItem(ctx context.Context, regimeID, list, label string) (RegimeReading, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return RegimeReading{}, err
	}
	if !me.Has(office.Administrator) {
		return RegimeReading{}, errAdminOnly
	}
	r, err := d.rulebook(regimeID)
	if err != nil {
		return RegimeReading{}, err
	}
	label = strings.TrimSpace(label)
	l, ok := r.List(list)
	switch {
	case !ok:
		return RegimeReading{}, fault.New(fault.NotFound, "unknown-list", "办法中没有这个列表："+list, "请刷新后重试").At("list")
	case !l.Open:
		return RegimeReading{}, fault.New(fault.Refused, "list-closed", "“"+l.Label+"”是办法写定的，不能增加", "确需增加的，请编辑办法，存为新版本").At("list")
	case label == "":
		return RegimeReading{}, fault.New(fault.Usage, "item-empty", "请填写名称", "名称写在登记表和文书上").At("label")
	}
	a := regime.Addition{Regime: r.ID, List: list, ID: ownItemID(me.Unit, r.ID, list), Label: label}
	if !r.Opens(a) {
		return RegimeReading{}, fault.New(fault.Refused, "item-refused", "“"+l.Label+"”里不能增加“"+label+"”", "名称不能与已有的相同，并控制在 100 字以内").At("label")
	}
	if err := book.Decide(ctx, nil, &office.ListItem{Regime: a.Regime, List: a.List, ID: a.ID, Label: a.Label}); err != nil {
		return RegimeReading{}, err
	}
	return d.ReadRegime(ctx, r.ID)
}

// ownItemID is an id no other office of the space gives: with the unit's code.
func ownItemID(u *office.Unit, regimeID, list string) string {
	n := 1
	for _, i := range u.Items {
		if i.Regime == regimeID && i.List == list {
			n++
		}
	}
	return fmt.Sprintf("own-%s-%d", strings.ToLower(u.Code), n)
}

// RetireListItem takes an item of the office's own back.
func (d *Desk) RetireListItem(ctx context.Context, regimeID, list, id string) (RegimeReading, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return RegimeReading{}, err
	}
	if !me.Has(office.Administrator) {
		return RegimeReading{}, errAdminOnly
	}
	r, err := d.rulebook(regimeID)
	if err != nil {
		return RegimeReading{}, err
	}
	for _, i := range me.Unit.Items {
		if i.Regime == r.ID && i.List == list && i.ID == id {
			i.Gone = true
			if err := book.Decide(ctx, nil, &i); err != nil {
				return RegimeReading{}, err
			}
			return d.ReadRegime(ctx, r.ID)
		}
	}
	return RegimeReading{}, fault.New(fault.NotFound, "unknown-item", "不是本单位增加的项目", "办法自己写的项目不能删除；请刷新后重试").At("id")
}
