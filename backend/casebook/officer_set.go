package casebook

import (
	"context"
	"slices"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
)

// ChangeOfficer changes what is recorded of a person: telephone, roles, what
// he is in charge of. Whoever newly gets the identity role is given the key to
// protected persons; one who loses it keeps the key he had (he could have
// copied it) and gets none of the next epoch.
func (b *Book) ChangeOfficer(ctx context.Context, name string, change func(*office.Officer)) (*office.Officer, error) {
	me, err := b.Me()
	if err != nil {
		return nil, err
	}
	if !me.Has(office.Administrator) {
		return nil, fault.New(fault.Forbidden, "admin-only", "只有管理员可以更改人员", "请由管理员办理")
	}
	have := me.Unit.OfficerByName(name)
	if have == nil {
		return nil, fault.New(fault.NotFound, "no-such-officer", "本单位没有这位人员", "用 officer list 查看人员名单")
	}
	o := *have
	o.Roles, o.InCharge, o.Skills = slices.Clone(have.Roles), slices.Clone(have.InCharge), slices.Clone(have.Skills)
	change(&o)
	if o.ID == me.Officer.ID && !slices.Contains(o.Roles, office.Administrator) {
		return nil, fault.New(fault.Refused, "demote-self", "不能取消自己的管理员角色", "请由另一位管理员办理")
	}
	var grants []journal.KeyGrant
	if slices.Contains(o.Roles, office.IdentityRole) && !slices.Contains(have.Roles, office.IdentityRole) {
		grant, err := b.identityGrant(&o)
		if err != nil {
			return nil, err
		}
		grants = append(grants, grant)
	}
	return &o, b.Decide(ctx, grants, &office.SetOfficer{Officer: o})
}

// identityGrant wraps the unit's identity key for an officer.
func (b *Book) identityGrant(o *office.Officer) (journal.KeyGrant, error) {
	key, id, err := b.identityKey()
	if err != nil {
		return journal.KeyGrant{}, err
	}
	to, err := seal.ParseRecipient(o.Age)
	if err != nil {
		return journal.KeyGrant{}, err
	}
	wrapped, err := seal.WrapFor([]seal.Recipient{to}, key[:])
	return journal.KeyGrant{ID: id + "-" + o.ID, Age: wrapped}, err
}
