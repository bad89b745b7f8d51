package casebook

import (
	"context"
	"errors"
	"slices"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
)

// Me is who is at the desk.
type Me struct {
	Officer *office.Officer
	Unit    *office.Unit
	Replica string
	Code    string // the replica's two characters in numbers
}

// Has reports whether the officer has a role.
func (m Me) Has(role string) bool { return m.Unit.Has(m.Officer, role) }

// Me tells who is at the desk; an error when nobody is.
func (b *Book) Me() (Me, error) {
	b.mu.Lock()
	session, replica := b.session, b.replica
	b.mu.Unlock()
	if session == nil || session.Locked() || replica == nil {
		return Me{}, errClosed
	}
	b.state.RLock()
	defer b.state.RUnlock()
	unit := b.office.Units[b.unit]
	if unit == nil {
		return Me{}, errClosed
	}
	me := Me{Unit: unit, Replica: replica.Public().KeyID(), Code: office.ReplicaCode(replica.Public())}
	for _, o := range unit.Officers {
		if string(o.Sign) == string(session.SigningPublic()) {
			me.Officer = o
		}
	}
	if me.Officer == nil || me.Officer.Retired {
		return Me{}, fault.New(fault.Forbidden, "officer-retired", "您已不在本单位人员名单中", "请联系管理员")
	}
	return me, nil
}

// Office is the folded office stream; it must not be changed.
func (b *Book) Office() *office.State {
	b.state.RLock()
	defer b.state.RUnlock()
	return b.office
}

// Decide appends an act on the office, signed by the officer at the desk.
func (b *Book) Decide(ctx context.Context, grants []journal.KeyGrant, effects ...office.Effect) error {
	me, err := b.Me()
	if err != nil {
		return err
	}
	now := b.Now()
	_, err = b.Append(ctx, Write{Grants: grants, Office: &office.Act{At: now, Recorded: now, Unit: me.Unit.ID, Officer: me.Officer.ID, Effects: effects}})
	return err
}

// AddOfficer gives a person a password on this machine and a place in the unit.
func (b *Book) AddOfficer(ctx context.Context, name, phone string, roles []string, password []byte) (*office.Officer, error) {
	me, err := b.Me()
	if err != nil {
		return nil, err
	}
	if !me.Has(office.Administrator) {
		return nil, fault.New(fault.Forbidden, "admin-only", "只有管理员可以添加人员", "请由管理员办理")
	}
	var identity seal.Key
	var identityID string
	if slices.Contains(roles, office.IdentityRole) {
		if identity, identityID, err = b.identityKey(); err != nil {
			return nil, err
		}
	}
	slot, err := b.session.AddOfficer(name, password)
	if err != nil {
		return nil, err
	}
	o := office.Officer{ID: randomID(), Name: name, Phone: phone, Roles: roles, Sign: journal.PublicKey(slot.Sign), Age: slot.Recipient.String()}
	var grants []journal.KeyGrant
	if identityID != "" {
		wrapped, err := seal.WrapFor([]seal.Recipient{slot.Recipient}, identity[:])
		if err != nil {
			return nil, err
		}
		grants = append(grants, journal.KeyGrant{ID: identityID + "-" + o.ID, Age: wrapped})
	}
	if err := b.Decide(ctx, grants, &office.SetOfficer{Officer: o}); err != nil {
		return nil, errors.Join(err, b.session.RetireOfficer(name)) // no password without a place in the unit
	}
	return &o, nil
}

// RetireOfficer ends an officer: what he signed until now counts.
func (b *Book) RetireOfficer(ctx context.Context, name string) error {
	me, err := b.Me()
	if err != nil {
		return err
	}
	if !me.Has(office.Administrator) {
		return fault.New(fault.Forbidden, "admin-only", "只有管理员可以办理人员离岗", "请由管理员办理")
	}
	o := me.Unit.OfficerByName(name)
	if o == nil {
		return fault.New(fault.NotFound, "no-such-officer", "本单位没有这位人员", "用 officer list 查看人员名单")
	}
	if o.ID == me.Officer.ID {
		return fault.New(fault.Refused, "retire-self", "不能让自己离岗", "请由另一位管理员办理")
	}
	if err := b.Decide(ctx, nil, &office.Retire{Officer: o.ID, Upto: b.vector()}); err != nil {
		return err
	}
	return b.session.RetireOfficer(name)
}

// ChangePassword changes the password of the officer at the desk.
func (b *Book) ChangePassword(old, password []byte) error {
	if b.session == nil {
		return errClosed
	}
	return b.vault.ChangePassword(b.session.Officer(), old, password)
}

func errNoFounding(replica string) error {
	return fault.New(fault.Failed, "no-founding", "没有找到本单位的建立记录", "请运行数据检查（verify）；可从备份恢复").Wrap(errors.New("replica " + replica))
}
