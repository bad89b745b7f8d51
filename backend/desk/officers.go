package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/office"
)

// Officers lists the people of this office, and of the others by name.
func (d *Desk) Officers(_ context.Context) ([]OfficerRow, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	out := []OfficerRow{}
	for _, u := range book.Office().Units {
		for _, o := range u.Officers {
			if u.ID == me.Unit.ID || u.Counts {
				out = append(out, officerRow(u, o))
			}
		}
	}
	slices.SortFunc(out, func(a, b OfficerRow) int {
		if c := strings.Compare(a.Office, b.Office); c != 0 && a.Office != b.Office {
			if a.Office == me.Unit.Name {
				return -1
			}
			if b.Office == me.Unit.Name {
				return 1
			}
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out, nil
}

func officerRow(u *office.Unit, o *office.Officer) OfficerRow {
	roles := append([]string{}, o.Roles...)
	return OfficerRow{ID: o.ID, Name: o.Name, Phone: o.Phone, Roles: roles, Retired: o.Retired, Office: u.Name, InCharge: append([]string{}, o.InCharge...),
		Skills: append([]string{}, o.Skills...)}
}

// AddOfficer adds a person with a password of their own.
func (d *Desk) AddOfficer(ctx context.Context, name, phone string, roles []string, password []byte) (OfficerRow, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return OfficerRow{}, err
	}
	if len(roles) == 0 {
		roles = []string{office.Handler}
	}
	if err := d.knownRoles(roles); err != nil {
		return OfficerRow{}, err
	}
	o, err := book.AddOfficer(ctx, strings.TrimSpace(name), phone, roles, password)
	if err != nil {
		return OfficerRow{}, err
	}
	return officerRow(me.Unit, o), nil
}

func (d *Desk) roleNames() map[string]bool {
	known := map[string]bool{office.Administrator: true, office.Handler: true, office.Approver: true, office.IdentityRole: true, office.Auditor: true}
	rules := d.rules
	if book, err := d.open(); err == nil {
		rules = book.Rules()
	}
	for _, r := range rules.Regimes.All() {
		for _, role := range r.Roles {
			known[role.ID] = true
		}
	}
	return known
}

// RetireOfficer ends a person's access; what they did stays.
func (d *Desk) RetireOfficer(ctx context.Context, name string) error {
	book, _, err := d.writable(ctx)
	if err != nil {
		return err
	}
	return book.RetireOfficer(ctx, name)
}

// ChangePassword changes the password of the officer at the desk.
func (d *Desk) ChangePassword(_ context.Context, old, new []byte) error {
	book, _, err := d.entered()
	if err != nil {
		return err
	}
	return book.ChangePassword(old, new)
}
