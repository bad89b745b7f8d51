package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/office"
	"jiesu/backend/regime"
)

// OfficerChange says what changes of a person; nil leaves it as it is.
type OfficerChange struct {
	Phone    *string   `json:"phone,omitempty"`
	Roles    *[]string `json:"roles,omitempty"`
	InCharge *[]string `json:"in_charge,omitempty"` // units and departments this officer answers for
	Skills   *[]string `json:"skills,omitempty"`    // what this officer knows (专长)
}

// maxNames bounds how many units one person answers for, and skills he has.
const maxNames = 100

// SetOfficer changes a person's telephone, roles, what he is in charge of or
// what he knows.
func (d *Desk) SetOfficer(ctx context.Context, name string, change OfficerChange) (OfficerRow, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return OfficerRow{}, err
	}
	if change.Roles != nil {
		if err := d.knownRoles(*change.Roles); err != nil {
			return OfficerRow{}, err
		}
	}
	charge, err := plainNames(change.InCharge, "in_charge", "分管的单位或部门")
	if err != nil {
		return OfficerRow{}, err
	}
	skills, err := plainNames(change.Skills, "skills", "专长")
	if err != nil {
		return OfficerRow{}, err
	}
	o, err := book.ChangeOfficer(ctx, strings.TrimSpace(name), func(o *office.Officer) {
		if change.Phone != nil {
			o.Phone = strings.TrimSpace(*change.Phone)
		}
		if change.Roles != nil {
			o.Roles = *change.Roles
		}
		if change.InCharge != nil {
			o.InCharge = charge
		}
		if change.Skills != nil {
			o.Skills = skills
		}
	})
	if err != nil {
		return OfficerRow{}, err
	}
	return officerRow(me.Unit, o), nil
}

// knownRoles refuses a role that neither the desk nor a rulebook knows.
func (d *Desk) knownRoles(roles []string) error {
	known := d.roleNames()
	for _, r := range roles {
		if !known[r] {
			return fault.New(fault.Usage, "unknown-role", "没有这个角色："+r, "可用 admin、handler、approver、identity、auditor 或办法中的角色").At("roles")
		}
	}
	return nil
}

// plainNames are the names without the empty and the repeated ones.
func plainNames(in *[]string, at, label string) ([]string, error) {
	if in == nil {
		return nil, nil
	}
	var out []string
	for _, name := range *in {
		name = strings.TrimSpace(name)
		if name == "" || slices.Contains(out, name) {
			continue
		}
		if len([]rune(name)) > 100 || len(out) == maxNames {
			return nil, fault.New(fault.Usage, "too-many-names", label+"太多，或名称太长", "最多 100 个，每个不超过 100 字").At(at)
		}
		out = append(out, name)
	}
	return out, nil
}

// AuthorityLimit is how far a role may go alone with the remedies of a group.
type AuthorityLimit struct {
	Regime      string   `json:"regime"`
	RegimeTitle string   `json:"regime_title"`
	Role        string   `json:"role"`
	RoleLabel   string   `json:"role_label"`
	Field       string   `json:"field"`
	FieldLabel  string   `json:"field_label"`
	Kinds       []string `json:"kinds"` // labels of the remedies allowed at all; none: every kind
	Money       bool     `json:"money"` // the rulebook knows an amount the office may set
	Max         string   `json:"max"`   // most in sum on one case; empty: no limit, or not set
	Unset       bool     `json:"unset"` // the rulebook leaves it to the office, which has set none: whatever costs money goes up
	Own         bool     `json:"own"`   // set by this office
}

// AuthorityLimits lists the limits of the rulebooks in use and what this
// office set.
func (d *Desk) AuthorityLimits(_ context.Context) ([]AuthorityLimit, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	out := []AuthorityLimit{}
	for _, r := range latest(book.Rules().Regimes) {
		for _, l := range r.Limits {
			out = append(out, authorityRow(r, l, me.Unit))
		}
	}
	return out, nil
}

func authorityRow(r *regime.Regime, l regime.Limit, u *office.Unit) AuthorityLimit {
	row := AuthorityLimit{Regime: r.ID, RegimeTitle: r.Title, Role: l.Role, RoleLabel: l.Role, Field: l.Field, FieldLabel: l.Field,
		Kinds: []string{}, Money: l.Amount != "", Max: l.Max}
	if row.Unset = l.Max == regime.Unset; row.Unset {
		row.Max = ""
	}
	for _, role := range r.Roles {
		if role.ID == l.Role {
			row.RoleLabel = role.Label
		}
	}
	if def, ok := r.FieldDef(l.Field); ok {
		row.FieldLabel = def.Label
		for _, item := range def.Items {
			for _, o := range item.Options {
				if item.ID == l.Kind && slices.Contains(l.Kinds, o.ID) {
					row.Kinds = append(row.Kinds, o.Label)
				}
			}
		}
	}
	if own := u.Limits[office.LimitKey(r.ID, l.Role, l.Field)]; own != "" {
		row.Max, row.Own, row.Unset = own, true, false
	}
	return row
}

// limitWords is an amount as a rulebook is read.
func limitWords(most string) string {
	if most == regime.Unset {
		return "由本单位设定"
	}
	return most
}

// SetAuthorityLimit sets how far a role may go alone with the remedies of a
// group; an empty group: all groups the rulebook limits for it, an empty amount
// gives the rulebook's own back.
func (d *Desk) SetAuthorityLimit(ctx context.Context, regimeID, role, group, amount string) ([]AuthorityLimit, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return nil, err
	}
	if !me.Has(office.Administrator) {
		return nil, errAdminOnly
	}
	r, err := book.Rules().Regimes.Latest(regimeID)
	if err != nil {
		return nil, err
	}
	if amount != "" {
		normal, err := field.Normalise(field.Def{ID: "max", Label: "额度", Type: field.Money}, amount)
		if err != nil {
			return nil, err
		}
		amount, _ = normal.(string)
	}
	var effects []office.Effect
	for _, l := range r.Limits {
		if l.Role == role && l.Amount != "" && (group == "" || l.Field == group) {
			effects = append(effects, &office.SetLimit{Regime: r.ID, Role: role, Field: l.Field, Max: amount})
		}
	}
	if len(effects) == 0 {
		return nil, fault.New(fault.NotFound, "unknown-limit", "《"+r.Title+"》没有给这个角色留额度："+role, "用 authority list 查看可以设定的额度").At("role")
	}
	if err := book.Decide(ctx, nil, effects...); err != nil {
		return nil, err
	}
	return d.AuthorityLimits(ctx)
}
