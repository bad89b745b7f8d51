package app

import (
	"context"
	"os"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

const maxInvitation = 64 << 10

// Share is the exchange with other offices.
type Share struct{ *program }

// Status is the exchange in words.
func (s *Share) Status() (desk.ShareStatus, error) {
	return ask(s.program, func(d *desk.Desk) (desk.ShareStatus, error) { return d.ShareStatus(s.ctx) })
}

// Create makes a new space in a folder and answers with its id.
func (s *Share) Create(folder string) (string, error) {
	return ask(s.program, func(d *desk.Desk) (string, error) { return d.ShareCreate(s.ctx, folder) })
}

// Invite writes an invitation file for another office.
func (s *Share) Invite(path string) error {
	return tell(s.program, func(d *desk.Desk) error {
		invitation, err := d.ShareInvite(s.ctx)
		if err != nil {
			return err
		}
		return saveAs(path, invitation)
	})
}

var errInvitation = fault.New(fault.Refused, "invitation-unreadable", "邀请文件无法读取", "请向发出邀请的单位重新索取")

// Join asks to be admitted to a space.
func (s *Share) Join(folder, invitationFile string) error {
	return tell(s.program, func(d *desk.Desk) error {
		info, err := os.Stat(invitationFile)
		if err != nil || info.Size() > maxInvitation {
			return errInvitation
		}
		invitation, err := os.ReadFile(invitationFile)
		if err != nil {
			return errInvitation.Wrap(err)
		}
		return d.ShareJoin(s.ctx, folder, invitation)
	})
}

// Admit lets an office in; an empty replica: all with a valid request.
func (s *Share) Admit(replica string) ([]string, error) {
	return ask(s.program, func(d *desk.Desk) ([]string, error) { return d.ShareAdmit(s.ctx, replica) })
}

// StartSync exchanges now. The job's result is a desk.SyncResult.
func (s *Share) StartSync() (string, error) {
	return ask(s.program, func(d *desk.Desk) (string, error) {
		return s.jobs.start(func(ctx context.Context, _ func(int, int)) (any, error) { return d.ShareSync(ctx) }), nil
	})
}

// Contradictions is what two offices did apart.
func (s *Share) Contradictions() ([]desk.ContradictionRow, error) {
	return ask(s.program, func(d *desk.Desk) ([]desk.ContradictionRow, error) { return d.Contradictions(s.ctx) })
}

// Resolve settles a contradiction by an act.
func (s *Share) Resolve(id, keep, reason string) (desk.Change, error) {
	return ask(s.program, func(d *desk.Desk) (desk.Change, error) { return d.Resolve(s.ctx, id, keep, reason) })
}
