package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
)

// entryCases is how many cases one entry may touch.
const entryCases = 4

// PersonMerge says that the complainants of two cases are one person.
func (d *Desk) PersonMerge(ctx context.Context, number, other, reason string) (Change, error) {
	return d.sayPerson(ctx, number, other, reason, false)
}

// PersonApart says that they are not, whatever they have in common.
func (d *Desk) PersonApart(ctx context.Context, number, other, reason string) (Change, error) {
	return d.sayPerson(ctx, number, other, reason, true)
}

func (d *Desk) sayPerson(ctx context.Context, number, other, reason string, apart bool) (Change, error) {
	if strings.TrimSpace(reason) == "" {
		return Change{}, fault.New(fault.Refused, "field-required", "请写明依据", "例如：电话和证件号码相同").At("reason")
	}
	a, b, err := d.both(ctx, number, other)
	if err != nil {
		return Change{}, err
	}
	if a.c.Sealed || b.c.Sealed {
		return Change{}, errHiddenPerson
	}
	s := d.saying(a, reason, map[bool]string{false: "同一人", true: "不是同一人"}[apart])
	s.add(a.c, b.c, apart)
	return s.save(ctx)
}

// PersonUnmerge takes one case off its card: its complainant is not the person
// of the others, who stay one.
func (d *Desk) PersonUnmerge(ctx context.Context, number, reason string) (Change, error) {
	if strings.TrimSpace(reason) == "" {
		return Change{}, fault.New(fault.Refused, "field-required", "请写明依据", "例如：经核实为同名的另一人").At("reason")
	}
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	if o.c.Sealed {
		return Change{}, errHiddenPerson
	}
	ring, err := newCircle(o.book)
	if err != nil {
		return Change{}, err
	}
	near := ring.neighbours(o.c)
	if len(near) == 0 {
		return Change{}, fault.New(fault.Refused, "person-alone", "这件没有和别的案件合并为同一人", "用 person show 查看人员卡片")
	}
	s := d.saying(o, reason, "不是同一人")
	for i, id := range near {
		s.add(o.c, ring.get(id), true)
		if i > 0 {
			s.add(ring.get(near[0]), ring.get(id), false)
		}
	}
	return s.save(ctx)
}

// saying gathers what is said of persons, one act a case.
type saying struct {
	d       *Desk
	o       opened
	reason  string
	label   string
	cases   []*complaint.Case
	effects map[string]complaint.Effects
}

func (d *Desk) saying(o opened, reason, label string) *saying {
	return &saying{d: d, o: o, reason: reason, label: label, effects: map[string]complaint.Effects{}}
}

// add says it of two cases, on both, but an open case never names a protected
// one.
func (s *saying) add(a, b *complaint.Case, apart bool) {
	for _, pair := range [][2]*complaint.Case{{a, b}, {b, a}} {
		own, other := pair[0], pair[1]
		if other.Protected && !own.Protected {
			continue
		}
		if !slices.Contains(s.cases, own) {
			s.cases = append(s.cases, own)
		}
		s.effects[own.ID] = append(s.effects[own.ID], &complaint.SamePerson{Case: other.ID, Apart: apart})
	}
}

func (s *saying) save(ctx context.Context) (Change, error) {
	var writes []casebook.Write
	for i, c := range s.cases {
		act := complaint.Simple(s.d.env(s.o.book, s.o.me, s.o.regime, c), complaint.PersonAction, s.label, s.reason)
		if c.Protected {
			act.Identity = s.effects[c.ID]
			act.Protect(s.o.regime, c)
		} else {
			act.Effects = s.effects[c.ID]
		}
		if i%entryCases == 0 || c.Protected || s.cases[i-1].Protected { // a protected case shares no entry
			writes = append(writes, casebook.Write{})
		}
		last := &writes[len(writes)-1]
		last.Cases = append(last.Cases, casebook.CaseWrite{ID: c.ID, Act: act, Seen: c.Heads})
	}
	ids, err := s.o.book.AppendTogether(ctx, writes)
	if err != nil {
		return Change{}, err
	}
	row, err := s.o.book.Row(s.o.c.ID)
	return Change{Act: string(ids[0]), Line: s.label + "：" + s.reason, Row: caseRow(s.o.book, row, s.d.o.Now())}, err
}
