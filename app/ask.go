package app

import "jiesu/backend/desk"

// ask runs one task of the desk for a page, so that no bound method can
// forget the guard or meet a closed desk.
func ask[T any](p *program, task func(d *desk.Desk) (T, error)) (answer T, err error) {
	defer guard(&err)
	d, err := p.desk()
	if err != nil {
		return answer, err
	}
	return task(d)
}

// tell is ask for tasks without an answer.
func tell(p *program, task func(d *desk.Desk) error) (err error) {
	defer guard(&err)
	d, err := p.desk()
	if err != nil {
		return err
	}
	return task(d)
}
