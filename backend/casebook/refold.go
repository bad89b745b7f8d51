package casebook

import (
	"encoding/binary"
	"encoding/json"

	"jiesu/backend/complaint"
	"jiesu/backend/inbox"
	"jiesu/backend/store"
	"jiesu/backend/view"
)

// refold makes the rows of what was touched anew.
func (b *Book) refold(t *store.Txn, touched *changed) error {
	for _, id := range sortedKeys(touched.cases) {
		if err := b.refoldCase(t, id, touched); err != nil {
			return err
		}
	}
	for _, id := range sortedKeys(touched.messages) {
		if err := b.refoldMessage(t, id); err != nil {
			return err
		}
	}
	return nil
}

// foldCase folds a case from the entries that count, as the officer at the desk
// may see it.
func (b *Book) foldCase(t *store.Txn, id string) (c *complaint.Case, parked int, err error) {
	sk, ok := streamKey(CaseStream(id))
	if !ok {
		return nil, 0, errNoCase
	}
	items, err := b.items(t, sk)
	if err != nil {
		return nil, 0, err
	}
	c, parked = b.foldItems(items, id, func(it *Item) complaint.Entry { return b.caseEntry(t, it) })
	return c, parked, nil
}

func (b *Book) foldItems(items []*Item, id string, entry func(*Item) complaint.Entry) (c *complaint.Case, parked int) {
	var entries []complaint.Entry
	for _, it := range items {
		if b.office != nil && !b.office.Judge(it.entry()).Counts {
			parked++
			continue
		}
		entries = append(entries, entry(it))
	}
	c = complaint.Fold(id, entries)
	c.Waiting += parked
	return c, parked
}

func (b *Book) refoldCase(t *store.Txn, id string, touched *changed) error {
	sk, ok := streamKey(CaseStream(id))
	if !ok {
		return errNoCase
	}
	items, err := b.items(t, sk)
	if err == nil {
		err = b.noteLate(t, kindCase, items)
	}
	if err != nil {
		return err
	}
	return b.putCase(t, id, b.foldRow(id, items), touched)
}

// folded is a case as lists and searches need it.
type folded struct {
	c      *complaint.Case
	parked int
	row    view.Row // without its document number
	text   string
}

// foldRow folds a case as everybody may see it: rows, columns and the text of
// the search are one for all who work at this desk, so no identity part goes
// into them, whoever is there.
func (b *Book) foldRow(id string, items []*Item) folded {
	c, parked := b.foldItems(items, id, (*Item).closedEntry)
	f := folded{c: c, parked: parked}
	if len(c.History) > 0 {
		f.row = view.Make(c, b.lookup(), 0)
		f.row.Office = firstOffice(c)
		f.text = view.Text(c, f.row)
	}
	return f
}

// putCase writes what lists and searches need of a folded case.
func (b *Book) putCase(t *store.Txn, id string, f folded, touched *changed) error {
	if err := setOrDelete(t, caseKey(prefixParked, id), []byte{1}, f.parked > 0); err != nil {
		return err
	}
	if err := setOrDelete(t, caseKey(prefixPerson, id), personFlag(f.c), personFlag(f.c) != nil); err != nil {
		return err
	}
	old, hadRow, err := b.row(t, id)
	if err != nil {
		return err
	}
	if len(f.c.History) == 0 { // nothing that counts yet
		return nil
	}
	doc := old.Doc
	if !hadRow {
		if doc, err = b.nextDoc(t); err != nil {
			return err
		}
		if err := firstOf(t.AddCount([]byte{prefixRow}, 1), t.AddCount([]byte{prefixColumn}, 1)); err != nil {
			return err
		}
	}
	row := f.row
	row.Doc = doc
	if err := b.putNumber(t, old.Number, row.Number, id); err != nil {
		return err
	}
	raw, err := json.Marshal(row)
	if err != nil {
		return err
	}
	column := row.Pack()
	touched.columns[doc] = column
	return firstOf(t.Set(columnKey(doc), column), b.indexText(t, doc, f.text), t.Set(caseKey(prefixRow, id), raw))
}

func firstOffice(c *complaint.Case) string {
	if len(c.History) > 0 {
		return c.History[0].Office
	}
	return ""
}

func (b *Book) row(t *store.Txn, id string) (r view.Row, found bool, err error) {
	raw, found, err := t.Get(caseKey(prefixRow, id))
	if err != nil || !found {
		return r, false, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, false, store.ErrDamaged.Wrap(err)
	}
	return r, true, nil
}

// nextDoc gives the case its dense local number.
func (b *Book) nextDoc(t *store.Txn) (uint32, error) {
	raw, _, err := t.Get(localKey("doc", "next"))
	if err != nil {
		return 0, err
	}
	var n uint32 = 1
	if len(raw) == 4 {
		n = binary.BigEndian.Uint32(raw)
	}
	return n, t.Set(localKey("doc", "next"), binary.BigEndian.AppendUint32(nil, n+1))
}

func (b *Book) putNumber(t *store.Txn, old, number, id string) error {
	if number == "" || number == old {
		return nil
	}
	ids, err := numberIDs(t, number)
	if err != nil {
		return err
	}
	for _, have := range ids {
		if have == id {
			return nil
		}
	}
	raw, _ := json.Marshal(append(ids, id))
	return t.Set(numberKey(number), raw)
}

func numberIDs(t *store.Txn, number string) (ids []string, err error) {
	raw, found, err := t.Get(numberKey(number))
	if err != nil || !found {
		return nil, err
	}
	return ids, json.Unmarshal(raw, &ids)
}

func (b *Book) refoldMessage(t *store.Txn, id string) error {
	sk, ok := streamKey(MessageStream(id))
	if !ok {
		return nil
	}
	items, err := b.items(t, sk)
	if err == nil {
		err = b.noteLate(t, kindMessage, items)
	}
	if err != nil {
		return err
	}
	return b.putMessage(t, id, items)
}

func (b *Book) putMessage(t *store.Txn, id string, items []*Item) error {
	var entries []inbox.Entry
	for _, it := range items {
		if b.office == nil || b.office.Judge(it.entry()).Counts {
			entries = append(entries, it.inboxEntry())
		}
	}
	m := inbox.Fold(id, entries)
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return t.Set(key(prefixMail, hexBytes(id)), raw)
}
