package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/view"
)

// A person card is what officers said is one person: cases, each of whose
// complainants was said to be that of another of them. Nothing is joined by the
// program itself; it only shows why two might be one.

// PersonRow is one line of the list of person cards.
type PersonRow struct {
	ID    string   `json:"id"` // of the card: that of its first case
	Name  string   `json:"name"`
	Names []string `json:"names"` // other ways it was written
	Cases int      `json:"cases"`
	First string   `json:"first"` // received
	Last  string   `json:"last"`
}

// PersonCard is a person with the cases this officer may see.
type PersonCard struct {
	PersonRow
	Phones       []string           `json:"phones"`
	Addresses    []string           `json:"addresses"`
	IDTails      []string           `json:"id_tails"`
	Emails       []string           `json:"emails"`
	Rows         []CaseRow          `json:"rows"`
	ByRespondent []PersonCount      `json:"by_respondent"`
	ByCategory   []PersonCount      `json:"by_category"`
	Suggestions  []PersonSuggestion `json:"suggestions"`
}

// PersonCount is how many cases of a person name one respondent or category.
type PersonCount struct {
	Label string `json:"label"`
	Count int    `json:"count"`
}

// PersonSuggestion is a case that may be the same person's, and why.
type PersonSuggestion struct {
	Row     CaseRow  `json:"row"`
	Reasons []string `json:"reasons"`
}

// maxCard bounds the cases of one card, maxClosed the protected cases that are
// asked whether they belong to it.
const (
	maxCard   = 500
	maxClosed = 2000
)

// circle is the cases said to be one person's, as this officer may see them.
type circle struct {
	book  *casebook.Book
	cases map[string]*complaint.Case
	back  map[string][]string // protected cases this officer sees, by whom they name
}

func newCircle(book *casebook.Book) (*circle, error) {
	c := &circle{book: book, cases: map[string]*complaint.Case{}, back: map[string][]string{}}
	_, closed, err := book.Persons()
	for _, id := range closed[:min(len(closed), maxClosed)] {
		own, err := book.Case(id)
		if err != nil || own.Sealed {
			continue
		}
		for other, same := range own.Persons {
			if same {
				c.back[other] = append(c.back[other], id)
			}
		}
	}
	return c, err
}

// around walks from a case to all that were said to be the same person's.
func (c *circle) around(id string) []*complaint.Case {
	seen := map[string]bool{id: true}
	var out []*complaint.Case
	for queue := []string{id}; len(queue) > 0 && len(out) < maxCard; queue = queue[1:] {
		own := c.get(queue[0])
		if own == nil || own.Sealed {
			continue
		}
		out = append(out, own)
		for _, next := range c.neighbours(own) {
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	slices.SortFunc(out, func(a, b *complaint.Case) int {
		if d := receivedAt(a).Compare(receivedAt(b)); d != 0 {
			return d
		}
		return strings.Compare(a.Number, b.Number)
	})
	return out
}

// neighbours are the cases said to be the same person's, by either of the two,
// unless one of them says they are not.
func (c *circle) neighbours(own *complaint.Case) (out []string) {
	for id, same := range own.Persons {
		other := c.get(id)
		if other == nil || other.Sealed || !same {
			continue
		}
		if says, said := other.Persons[own.ID]; said && !says {
			continue
		}
		out = append(out, id)
	}
	for _, id := range c.back[own.ID] {
		if says, said := own.Persons[id]; !slices.Contains(out, id) && (!said || says) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

func (c *circle) get(id string) *complaint.Case {
	if known, ok := c.cases[id]; ok {
		return known
	}
	own, err := c.book.Case(id)
	if err != nil {
		own = nil
	}
	c.cases[id] = own
	return own
}

// Persons lists the cards of several cases, or with words every person they are
// found by.
func (d *Desk) Persons(ctx context.Context, query string) ([]PersonRow, error) {
	book, _, err := d.entered()
	if err != nil {
		return nil, err
	}
	ring, err := newCircle(book)
	if err != nil {
		return nil, err
	}
	ids, _, err := book.Persons()
	if words := strings.TrimSpace(query); words != "" && err == nil {
		ids, err = caseIDs(ctx, book, words)
	}
	if err != nil {
		return nil, err
	}
	out := []PersonRow{}
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		cases := ring.around(id)
		for _, c := range cases {
			seen[c.ID] = true
		}
		if len(cases) > 1 || len(cases) == 1 && query != "" {
			out = append(out, personRow(cases))
		}
	}
	byName := view.NameOrder()
	slices.SortFunc(out, func(a, b PersonRow) int { return cmp.Or(byName(a.Name, b.Name), strings.Compare(a.ID, b.ID)) })
	return out, nil
}

func caseIDs(ctx context.Context, book *casebook.Book, words string) (ids []string, err error) {
	rows, _, err := book.Select(ctx, view.Query{Words: words, Sort: "-received"}, 0, groupRows)
	for _, r := range rows {
		if !r.Protected {
			ids = append(ids, r.Case)
		}
	}
	return ids, err
}

func personRow(cases []*complaint.Case) PersonRow {
	out := PersonRow{ID: cases[0].ID, Names: []string{}, Cases: len(cases), First: stamp(receivedAt(cases[0])), Last: stamp(receivedAt(cases[len(cases)-1]))}
	for _, c := range cases {
		name := partOf(c, "name")
		switch {
		case out.Name == "":
			out.Name = name
		case name != "" && name != out.Name && !slices.Contains(out.Names, name):
			out.Names = append(out.Names, name)
		}
	}
	return out
}

// Person shows a card; every look is written down first.
func (d *Desk) Person(ctx context.Context, number string) (PersonCard, error) {
	o, err := d.openCase(number)
	if err != nil {
		return PersonCard{}, err
	}
	if o.c.Sealed {
		return PersonCard{}, errHiddenPerson
	}
	ring, err := newCircle(o.book)
	if err != nil {
		return PersonCard{}, err
	}
	cases := ring.around(o.c.ID)
	out := PersonCard{PersonRow: personRow(cases), Rows: []CaseRow{}}
	if err := d.look(ctx, o.book, o.me, out.ID, "", "人员卡片"); err != nil {
		return PersonCard{}, err
	}
	now := d.o.Now()
	for _, c := range cases {
		if err := d.lookAt(ctx, opened{o.book, o.me, c, nil}, "人员卡片"); err != nil {
			return PersonCard{}, err
		}
		if row, err := o.book.Row(c.ID); err == nil {
			out.Rows = append(out.Rows, caseRow(o.book, row, now))
		}
	}
	out.Phones, out.Addresses, out.Emails = partValues(cases, "phone"), partValues(cases, "address"), partValues(cases, "email")
	out.IDTails = []string{}
	for _, id := range partValues(cases, "id_number") {
		out.IDTails = append(out.IDTails, tail(id))
	}
	out.ByRespondent = countedBy(cases, func(c *complaint.Case) string {
		m, _ := c.Fields["respondent"].(map[string]any)
		s, _ := m["name"].(string)
		return s
	})
	out.ByCategory = countedBy(cases, func(c *complaint.Case) string {
		s, _ := c.Fields["category"].(string)
		return categoryLabel(o.book, c, s)
	})
	out.Suggestions, err = d.alike(ctx, o.book, cases)
	return out, err
}

var errHiddenPerson = fault.New(fault.Forbidden, "person-identity", "这个人受保护，您不能查看", "请由可见受保护人员身份的人员办理")

func categoryLabel(book *casebook.Book, c *complaint.Case, id string) string {
	r, err := book.RegimeOf(c)
	if err != nil {
		return id
	}
	if def, ok := r.FieldDef("category"); ok {
		return fieldText(def, id)
	}
	return id
}

func countedBy(cases []*complaint.Case, of func(*complaint.Case) string) []PersonCount {
	out := []PersonCount{}
	for _, c := range cases {
		label := of(c)
		i := slices.IndexFunc(out, func(p PersonCount) bool { return p.Label == label })
		switch {
		case label == "":
		case i < 0:
			out = append(out, PersonCount{label, 1})
		default:
			out[i].Count++
		}
	}
	slices.SortStableFunc(out, func(a, b PersonCount) int { return b.Count - a.Count })
	return out
}
