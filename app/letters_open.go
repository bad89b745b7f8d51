package app

import "jiesu/backend/desk"

// Open shows an issued letter with the system's program.
func (l *Letters) Open(number, letter string) error {
	return tell(l.program, func(d *desk.Desk) error {
		pdf, err := d.LetterExport(l.ctx, number, letter)
		if err != nil {
			return err
		}
		path, err := lend(l.place.open, "letter.pdf", pdf)
		if err != nil {
			return err
		}
		return openWithSystem(path)
	})
}
