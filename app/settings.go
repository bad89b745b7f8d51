package app

import (
	"context"
	"os"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

const maxRuleFile = 1 << 20

// Settings is the office, its rulebooks and this machine.
type Settings struct{ *program }

// Officers lists the people of this office.
func (s *Settings) Officers() ([]desk.OfficerRow, error) {
	return ask(s.program, func(d *desk.Desk) ([]desk.OfficerRow, error) { return d.Officers(s.ctx) })
}

// AddOfficer adds a person.
func (s *Settings) AddOfficer(name, phone string, roles []string, password string) (desk.OfficerRow, error) {
	return ask(s.program, func(d *desk.Desk) (desk.OfficerRow, error) {
		return d.AddOfficer(s.ctx, name, phone, roles, []byte(password))
	})
}

// SetOfficer changes what is recorded of a person; what is not given stays.
func (s *Settings) SetOfficer(name string, change desk.OfficerChange) (desk.OfficerRow, error) {
	return ask(s.program, func(d *desk.Desk) (desk.OfficerRow, error) { return d.SetOfficer(s.ctx, name, change) })
}

// RetireOfficer ends a person's access; the history keeps the name.
func (s *Settings) RetireOfficer(name string) error {
	return tell(s.program, func(d *desk.Desk) error { return d.RetireOfficer(s.ctx, name) })
}

// ChangePassword changes one's own.
func (s *Settings) ChangePassword(old, new string) error {
	return tell(s.program, func(d *desk.Desk) error { return d.ChangePassword(s.ctx, []byte(old), []byte(new)) })
}

// Profile is the office as letters name it.
func (s *Settings) Profile() (desk.ProfileForm, error) {
	return ask(s.program, func(d *desk.Desk) (desk.ProfileForm, error) { return d.Profile(s.ctx) })
}

// SetProfile changes it.
func (s *Settings) SetProfile(profile desk.Profile) (desk.ProfileForm, error) {
	return ask(s.program, func(d *desk.Desk) (desk.ProfileForm, error) { return d.SetProfile(s.ctx, profile) })
}

// Regimes lists the rulebooks.
func (s *Settings) Regimes() ([]desk.RegimeRow, error) {
	return ask(s.program, func(d *desk.Desk) ([]desk.RegimeRow, error) { return d.Regimes(s.ctx) })
}

// RegimeForm is what registration under a rulebook asks.
func (s *Settings) RegimeForm(id string) (desk.RegimeForm, error) {
	return ask(s.program, func(d *desk.Desk) (desk.RegimeForm, error) { return d.RegimeForm(s.ctx, id) })
}

// RegimeActions lists every action of a rulebook.
func (s *Settings) RegimeActions(regime string) ([]desk.ActionRow, error) {
	return ask(s.program, func(d *desk.Desk) ([]desk.ActionRow, error) { return d.RegimeActions(s.ctx, regime) })
}

// AddRegime takes a rulebook file in.
func (s *Settings) AddRegime(path string) (desk.RegimeRow, error) {
	return ask(s.program, func(d *desk.Desk) (desk.RegimeRow, error) {
		file, err := readSmall(path)
		if err != nil {
			return desk.RegimeRow{}, err
		}
		return d.AddRegime(s.ctx, file)
	})
}

// Clocks lists the limits the office sets itself.
func (s *Settings) Clocks() ([]desk.ClockSetting, error) {
	return ask(s.program, func(d *desk.Desk) ([]desk.ClockSetting, error) { return d.ClockSettings(s.ctx) })
}

// SetClock sets one of them.
func (s *Settings) SetClock(regime, clock, span string) error {
	return tell(s.program, func(d *desk.Desk) error { return d.SetClock(s.ctx, regime, clock, span) })
}

// Calendar is one year of working days.
func (s *Settings) Calendar(year int) (desk.CalendarYear, error) {
	return ask(s.program, func(d *desk.Desk) (desk.CalendarYear, error) { return d.CalendarYear(s.ctx, year) })
}

// LoadCalendar takes a year file in.
func (s *Settings) LoadCalendar(path string) (desk.CalendarYear, error) {
	return ask(s.program, func(d *desk.Desk) (desk.CalendarYear, error) {
		file, err := readSmall(path)
		if err != nil {
			return desk.CalendarYear{}, err
		}
		return d.LoadCalendar(s.ctx, file)
	})
}

// SetDay makes a day the office's own (off, work), or takes it back ("").
func (s *Settings) SetDay(date, state, name string) (desk.CalendarYear, error) {
	return ask(s.program, func(d *desk.Desk) (desk.CalendarYear, error) { return d.SetDay(s.ctx, date, state, name) })
}

// CalendarLog is what changes of the calendar moved.
func (s *Settings) CalendarLog() ([]desk.CalendarChange, error) {
	return ask(s.program, func(d *desk.Desk) ([]desk.CalendarChange, error) { return d.CalendarLog(s.ctx) })
}

var errFileTooLarge = fault.New(fault.Refused, "file-too-large", "选择的文件过大，不是这里需要的文件", "请重新选择")

func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, errNotAFile.Wrap(err)
	}
	if info.Size() > maxRuleFile {
		return nil, errFileTooLarge
	}
	return os.ReadFile(path)
}

// StartVerify reads everything again. The job's result is a desk.VerifyResult.
func (s *Settings) StartVerify() (string, error) {
	return s.startCheck(func(ctx context.Context, d *desk.Desk) (desk.VerifyResult, error) { return d.Verify(ctx) })
}

// StartRebuild makes the database anew from the journal.
func (s *Settings) StartRebuild() (string, error) {
	return s.startCheck(func(ctx context.Context, d *desk.Desk) (desk.VerifyResult, error) { return d.Rebuild(ctx) })
}

func (s *Settings) startCheck(check func(context.Context, *desk.Desk) (desk.VerifyResult, error)) (string, error) {
	return ask(s.program, func(d *desk.Desk) (string, error) {
		return s.jobs.start(func(ctx context.Context, _ func(int, int)) (any, error) { return check(ctx, d) }), nil
	})
}

// StartBackup writes everything into one file. The job's result is its path.
func (s *Settings) StartBackup(path string) (string, error) {
	return ask(s.program, func(d *desk.Desk) (string, error) {
		return s.jobs.start(func(ctx context.Context, _ func(int, int)) (any, error) { return path, d.Backup(ctx, path) }), nil
	})
}

// StartRestore takes a backup in.
func (s *Settings) StartRestore(path string) (string, error) {
	return ask(s.program, func(d *desk.Desk) (string, error) {
		return s.jobs.start(func(ctx context.Context, _ func(int, int)) (any, error) { return path, d.Restore(ctx, path) }), nil
	})
}

// Preferences are how this machine shows the desk.
func (s *Settings) Preferences() Preferences { return s.preferences.get() }

// SetPreferences keeps them. The window's size is the program's own to keep.
func (s *Settings) SetPreferences(look Preferences) (err error) {
	defer guard(&err)
	err = s.preferences.change(func(p *Preferences) {
		look.Width, look.Height, look.Maximised = p.Width, p.Height, p.Maximised
		*p = look
	})
	s.idle.set(s.preferences.get().IdleMinutes)
	return err
}
