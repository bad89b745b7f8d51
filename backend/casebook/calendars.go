package casebook

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"jiesu/backend/calendar"
	"jiesu/backend/office"
	"jiesu/backend/store"
)

// calendars are the days that count: the national arrangement, one for all, and
// on top of it the own days of the units that have any (放假办法 art. 4).
type calendars struct {
	national *calendar.Calendar
	own      map[string]*calendar.Calendar // by unit's code
}

// adoptedYears puts the year files of all units that count on the shipped
// ones. Of two files of one year the later adopted counts, whoever did it.
func (b *Book) adoptedYears(national *calendar.Calendar) *calendar.Calendar {
	var files []office.Adopt
	for _, unit := range b.counting() {
		for _, name := range sortedNames(unit.Adopted) {
			if a := unit.Adopted[name]; a.Kind == "calendar" {
				files = append(files, a)
			}
		}
	}
	slices.SortStableFunc(files, func(x, y office.Adopt) int {
		if x.Before(y) {
			return -1
		}
		return 1
	})
	var years []calendar.Year
	for _, a := range files {
		year, err := calendar.ParseYear(a.Content)
		if err != nil {
			b.opts.Log("adopted calendar " + a.ID + ": " + err.Error())
			continue
		}
		years = append(years, year)
	}
	if len(years) == 0 {
		return national
	}
	return national.WithYears(years...)
}

// counting are the units whose rules hold here, in one order everywhere.
func (b *Book) counting() []*office.Unit {
	var out []*office.Unit
	for _, id := range sortedNames(b.office.Units) {
		if u := b.office.Units[id]; u.Counts || id == b.unit {
			out = append(out, u)
		}
	}
	return out
}

// calendarsNow are the calendars of the office as folded.
func (b *Book) calendarsNow(national *calendar.Calendar) calendars {
	out := calendars{national: national, own: map[string]*calendar.Calendar{}}
	for _, u := range b.counting() {
		edits := u.Edits()
		if len(edits) == 0 {
			continue
		}
		own, err := national.With(edits...)
		if err != nil {
			b.opts.Log("days of unit " + u.Code + ": " + err.Error())
			continue
		}
		out.own[u.Code] = own
	}
	return out
}

// of is the calendar of the office with that code: whoever shows a case, its
// limits run by the days of the office that owes the act.
func (c calendars) of(code string) *calendar.Calendar {
	if own := c.own[code]; own != nil {
		return own
	}
	return c.national
}

func (c calendars) equal(o calendars) bool {
	if !c.national.Equal(o.national) || len(c.own) != len(o.own) {
		return false
	}
	for code, own := range c.own {
		if other := o.own[code]; other == nil || !own.Equal(other) {
			return false
		}
	}
	return true
}

// CalendarOf is the calendar of an office, by its code; empty: this one's.
func (b *Book) CalendarOf(code string) *calendar.Calendar {
	b.state.RLock()
	defer b.state.RUnlock()
	if code == "" {
		code = b.ownCode()
	}
	return b.days.of(code)
}

func (b *Book) ownCode() string {
	if b.office == nil || b.office.Units[b.unit] == nil {
		return ""
	}
	return b.office.Units[b.unit].Code
}

// What the rows were last counted by is kept in the database, one key a year
// and one a unit: after a crash, or when the program itself brings a new year,
// it tells what moved.
const countedKind = "counted"

func (b *Book) keepCounted() error {
	return b.db.Update(func(t *store.Txn) error {
		now := map[string]any{}
		for _, year := range b.days.national.Years() {
			now[strconv.Itoa(year)] = b.days.national.File(year)
		}
		for code, own := range b.days.own {
			now["unit "+code] = own.Edits()
		}
		prefix := localKey(countedKind, "")
		var gone [][]byte
		err := t.Scan(prefix, store.ScanOptions{KeysOnly: true}, func(k, _ []byte) error {
			if now[string(k[len(prefix):])] == nil {
				gone = append(gone, append([]byte(nil), k...))
			}
			return nil
		})
		for _, k := range gone {
			err = firstOf(err, t.Delete(k))
		}
		for _, name := range sortedNames(now) {
			raw, _ := json.Marshal(now[name])
			err = firstOf(err, t.Set(localKey(countedKind, name), raw))
		}
		return err
	})
}

// counted reads it back; false in a database that was just made.
func (b *Book) counted() (calendars, bool, error) {
	var years []calendar.Year
	edits := map[string][]calendar.Edit{}
	prefix := localKey(countedKind, "")
	err := b.db.View(func(t *store.Txn) error {
		return t.Scan(prefix, store.ScanOptions{}, func(k, raw []byte) error {
			name := string(k[len(prefix):])
			if len(name) > len("unit ") && name[:len("unit ")] == "unit " {
				var list []calendar.Edit
				err := json.Unmarshal(raw, &list)
				edits[name[len("unit "):]] = list
				return err
			}
			var year calendar.Year
			err := json.Unmarshal(raw, &year)
			years = append(years, year)
			return err
		})
	})
	out := calendars{national: calendar.New(years...), own: map[string]*calendar.Calendar{}}
	for code, list := range edits {
		if own, bad := out.national.With(list...); bad == nil {
			out.own[code] = own
		}
	}
	return out, len(years) > 0, err
}

// settleCounted tells, when the folder is opened, what moved since it was last
// counted.
func (b *Book) settleCounted(ctx context.Context) error {
	old, known, err := b.counted()
	if err != nil {
		return err
	}
	if known && !old.equal(b.days) {
		return b.noteMoves(ctx, old)
	}
	if !known {
		return b.keepCounted()
	}
	return nil
}
