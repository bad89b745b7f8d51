package desk

import (
	"context"
	"fmt"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
)

// MaxMany is how many commands go into one save.
const MaxMany = 500

// RegisterMany registers a table of complaints with one save: all or none. The
// first that cannot be registered is named by its line.
func (d *Desk) RegisterMany(ctx context.Context, ins []RegisterInput) ([]Registered, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return nil, err
	}
	if len(ins) > MaxMany {
		return nil, errTooMany
	}
	_, serial, err := d.nextNumber(book, me)
	if err != nil {
		return nil, err
	}
	out := make([]Registered, len(ins))
	writes := make([]casebook.Write, len(ins))
	for i, in := range ins {
		act, err := d.registration(book, me, in, serial)
		if err != nil {
			return nil, atLine(i, err)
		}
		out[i] = Registered{Number: d.number(me, serial), ID: book.ID()}
		w, err := caseWrite(book, out[i].ID, act, in)
		if err != nil {
			return nil, atLine(i, err)
		}
		writes[i] = casebook.Write{Cases: []casebook.CaseWrite{w}}
		serial.N++
	}
	ids, err := book.AppendAll(ctx, writes)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		row, err := book.Row(out[i].ID)
		if err != nil {
			return nil, err
		}
		out[i].Act, out[i].Stage = string(id), row.Stage
	}
	return out, nil
}

// ActMany does one action each to many cases with one save: all or none.
func (d *Desk) ActMany(ctx context.Context, ins []ActInput) error {
	if len(ins) > MaxMany {
		return errTooMany
	}
	writes := make([]casebook.Write, len(ins))
	seen := map[string]bool{}
	var book *casebook.Book
	for i, in := range ins {
		o, err := d.change(ctx, in.Case)
		if err != nil {
			return atLine(i, err)
		}
		if seen[o.c.ID] {
			return atLine(i, fault.New(fault.Usage, "case-twice", "同一案件出现两次", "每个案件一次只办理一步"))
		}
		seen[o.c.ID] = true
		book = o.book
		at, err := readMoment(in.At, "at")
		if err != nil {
			return atLine(i, err)
		}
		act, err := complaint.Decide(o.c, d.env(o.book, o.me, o.regime, o.c), complaint.Command{Action: in.Action, Track: in.Track, At: at, Values: in.Fields, Reason: in.Reason})
		if err != nil {
			return atLine(i, err)
		}
		writes[i] = casebook.Write{Cases: []casebook.CaseWrite{{ID: o.c.ID, Act: act, Seen: o.c.Heads}}}
	}
	if book == nil {
		return nil
	}
	_, err := book.AppendAll(ctx, writes)
	return err
}

var errTooMany = fault.New(fault.Usage, "too-many", fmt.Sprintf("一次最多 %d 件", MaxMany), "请分批办理")

// atLine names the line of a table that a fault belongs to.
func atLine(i int, err error) error {
	f := *fault.Of(err)
	f.Message = fmt.Sprintf("第 %d 行：%s", i+1, f.Message)
	return f.Wrap(err)
}

// registration makes the first act of a case.
func (d *Desk) registration(book *casebook.Book, me casebook.Me, in RegisterInput, serial complaint.Serial) (*complaint.Act, error) {
	received, err := readMoment(in.ReceivedAt, "received_at")
	if err != nil {
		return nil, err
	}
	if received.IsZero() {
		return nil, fault.New(fault.Refused, "field-required", "请填写收到日期", "时限从单位签收之日起算").At("received_at")
	}
	r, err := d.regimeFor(book, in.Regime, calendar.DateOf(received))
	if err != nil {
		return nil, err
	}
	values, err := registerFields(in)
	if err != nil {
		return nil, err
	}
	return complaint.Register(d.env(book, me, r, nil), complaint.Registration{Number: d.number(me, serial), Serial: serial, Matter: in.Matter,
		Channel: in.Channel, ReceivedAt: received, Values: values, Protected: in.Protected || len(in.Viewers) > 0, Message: in.Message})
}

// number makes a case number: office code, replica code, year, serial.
func (d *Desk) number(me casebook.Me, s complaint.Serial) string {
	return fmt.Sprintf("%s-%s-%d-%06d", me.Unit.Code, me.Code, s.Year, s.N)
}
