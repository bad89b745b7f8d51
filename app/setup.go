package app

import "jiesu/backend/desk"

// Setup is the way in: first run, password, lock, practice.
type Setup struct{ *program }

// Status says what the program found at start.
func (s *Setup) Status() (desk.SetupStatus, error) {
	return ask(s.program, func(d *desk.Desk) (desk.SetupStatus, error) {
		status, err := d.Status(s.ctx)
		status.Practice = s.practising()
		return status, err
	})
}

func (s *Setup) practising() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.practice
}

// Create makes the data folder and its first officer.
func (s *Setup) Create(in desk.InitInput) (desk.InitResult, error) {
	return ask(s.program, func(d *desk.Desk) (desk.InitResult, error) { return d.Create(s.ctx, in) })
}

// Unlock lets an officer in.
func (s *Setup) Unlock(officer, password string) error {
	return tell(s.program, func(d *desk.Desk) error {
		defer s.idle.touch()
		return d.Unlock(s.ctx, officer, []byte(password))
	})
}

// Recover gives an officer a new password by the recovery sheet.
func (s *Setup) Recover(code, officer, password string) error {
	return tell(s.program, func(d *desk.Desk) error { return d.Recover(s.ctx, code, officer, []byte(password)) })
}

// Lock takes the officer's keys out of memory.
func (s *Setup) Lock() error {
	return tell(s.program, func(d *desk.Desk) error { return d.Lock(s.ctx) })
}

// Touch tells that somebody is at the desk; the pages call it at most every
// few seconds.
func (s *Setup) Touch() { s.idle.touch() }

// OpenRecoverySheet shows the recovery sheet with the system's program, to be
// printed; what was lent is wiped at exit.
func (s *Setup) OpenRecoverySheet(sheet desk.RecoverySheet) error {
	return tell(s.program, func(d *desk.Desk) error {
		pdf, err := d.RecoverySheet(s.ctx, sheet)
		if err != nil {
			return err
		}
		path, err := lend(s.place.open, "recovery.pdf", pdf)
		if err != nil {
			return err
		}
		return openWithSystem(path)
	})
}

// SaveRecoverySheet writes the recovery sheet where the officer said.
func (s *Setup) SaveRecoverySheet(sheet desk.RecoverySheet, path string) error {
	return tell(s.program, func(d *desk.Desk) error {
		pdf, err := d.RecoverySheet(s.ctx, sheet)
		if err != nil {
			return err
		}
		return saveAs(path, pdf)
	})
}
