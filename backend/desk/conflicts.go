package desk

import (
	"context"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/view"
)

// slotWords name what two offices decided apart.
var slotWords = map[string]string{"acceptance": "受理决定", "decision": "处理决定", complaint.AssigneeSlot: "承办人", complaint.NumberSlot: "统一编号", "merged": "并案", "regime": "适用办法"}

// Contradictions lists what offices did apart, over all cases.
func (d *Desk) Contradictions(ctx context.Context) ([]ContradictionRow, error) {
	book, err := d.open()
	if err != nil {
		return nil, err
	}
	rows, _, err := book.Select(ctx, view.Query{Conflict: true}, 0, 500)
	if err != nil {
		return nil, err
	}
	out := []ContradictionRow{}
	for _, r := range rows {
		c, err := book.Case(r.Case)
		if err != nil {
			return nil, err
		}
		out = append(out, contradictionRows(book, c)...)
	}
	return out, nil
}

func contradictionRows(book *casebook.Book, c *complaint.Case) []ContradictionRow {
	out := []ContradictionRow{}
	for _, k := range c.Contradictions {
		row := ContradictionRow{ID: k.ID, Case: c.ID, Number: c.Number, Slots: k.Slots, Label: slotLabel(k.Slots), Branches: []ContradictionBy{}}
		for _, act := range k.Acts {
			row.Branches = append(row.Branches, branch(book, c, act))
		}
		out = append(out, row)
	}
	return out
}

func slotLabel(slots []string) string {
	var words []string
	for _, s := range slots {
		if w, ok := slotWords[s]; ok {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return "办理环节"
	}
	return strings.Join(words, "、")
}

// branch is one side: what was done, which letters went out on it, and whether
// the complainant was told.
func branch(book *casebook.Book, c *complaint.Case, act journal.ID) ContradictionBy {
	by := ContradictionBy{Entry: string(act)}
	nodes := make([]journal.Node, len(c.History))
	for i, s := range c.History {
		nodes[i] = journal.Node{ID: s.Act, Parents: s.Parents}
		if s.Act == act {
			by.Officer, by.Office, by.At = s.Officer.Name, officeName(book, s.Office), stamp(s.At)
			by.Line, by.Own = s.Label, s.Replica == book.Replica()
			if s.Line != "" {
				by.Line += "：" + s.Line
			}
		}
	}
	past := journal.NewAncestry(nodes)
	var letters []string
	for _, l := range c.Letters {
		if past.Saw(journal.ID(l.Act), act) && !l.Voided {
			letters = append(letters, l.Label+" "+l.Number)
			by.Told = by.Told || !l.Delivered.IsZero()
		}
	}
	by.Letters = strings.Join(letters, "；")
	return by
}

// Resolve settles a contradiction for one side.
func (d *Desk) Resolve(ctx context.Context, id, keep, reason string) (Change, error) {
	all, err := d.Contradictions(ctx)
	if err != nil {
		return Change{}, err
	}
	for _, k := range all {
		if k.ID != id {
			continue
		}
		o, err := d.change(ctx, k.Case)
		if err != nil {
			return Change{}, err
		}
		act, err := complaint.DecideResolve(o.c, d.env(o.book, o.me, o.regime, o.c), id, journal.ID(keep), reason)
		if err != nil {
			return Change{}, err
		}
		return d.append(ctx, o, act, nil)
	}
	return Change{}, fault.New(fault.NotFound, "contradiction-not-found", "没有这个冲突，可能已经裁决", "请刷新后查看")
}
