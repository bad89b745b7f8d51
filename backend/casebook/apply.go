package casebook

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"sort"

	"jiesu/backend/complaint"
	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// arrival is a record that stands in the log.
type arrival struct {
	record journal.Record
	entry  *journal.Entry
	pos    journalfile.Pos
}

// changed is what a transaction touched.
type changed struct {
	cases    map[string]bool
	messages map[string]bool
	office   bool
	columns  map[uint32][]byte
	heads    map[string]Head
}

func newChanged() *changed {
	return &changed{cases: map[string]bool{}, messages: map[string]bool{}, columns: map[uint32][]byte{}, heads: map[string]Head{}}
}

// apply brings records of the log into the database and tells what changed.
func (b *Book) apply(ctx context.Context, in []arrival) error {
	all, err := b.applyAll(in, b.remember)
	if err != nil {
		return err
	}
	if all.office {
		return b.officeChanged(ctx, all)
	}
	b.tell(all)
	return nil
}

// applyAll applies records in transactions of limited size and refolds what
// they touch; after each transaction it calls remember. If the office changed,
// what follows from that is still owed: see officeOwed.
func (b *Book) applyAll(in []arrival, remember func(*changed)) (*changed, error) {
	all := newChanged()
	for len(in) > 0 {
		n := batchOf(in)
		touched := newChanged()
		head := b.shared.Head()
		err := b.db.Update(func(t *store.Txn) error {
			for _, a := range in[:n] {
				if err := b.place(t, a, touched); err != nil {
					return err
				}
			}
			if err := b.refold(t, touched); err != nil {
				return err
			}
			if touched.office {
				if err := t.Set(officeOwed, []byte{1}); err != nil {
					return err
				}
			}
			if n == len(in) { // only now is all of the log applied
				return t.PutHead(headShared, encodeMark(head))
			}
			return nil
		})
		if err != nil {
			return all, err
		}
		remember(touched)
		all.merge(touched)
		in = in[n:]
	}
	return all, nil
}

// batchOf is how many arrivals fit one transaction beside their rows.
func batchOf(in []arrival) int {
	size := 0
	for i, a := range in {
		size += len(a.record.Entry) + 2048
		if i > 0 && (size > 400<<10 || i >= 200) {
			return i
		}
	}
	return len(in)
}

// place stores one entry under all its keys; a known one changes nothing.
func (b *Book) place(t *store.Txn, a arrival, touched *changed) error {
	e := a.entry
	if _, known, err := t.Get(idKey(e.ID)); err != nil || known {
		return err
	}
	replica := e.ReplicaID()
	at := binary.BigEndian.AppendUint64(nil, a.pos.Uint64())
	at = binary.BigEndian.AppendUint64(at, uint64(e.Clock.Millis))
	at = binary.BigEndian.AppendUint32(at, e.Clock.Counter)
	if err := t.Set(entryKey(replica, e.Seq, e.ID), at); err != nil {
		return err
	}
	if err := b.advance(t, e, touched); err != nil {
		return err
	}
	if err := t.AddCount([]byte{prefixEntry}, 1); err != nil {
		return err
	}
	if err := t.Set(idKey(e.ID), binary.BigEndian.AppendUint64(hexBytes(replica), e.Seq)); err != nil {
		return err
	}
	if err := b.grant(t, a.record.Keys); err != nil {
		return err
	}
	for i, s := range e.Streams {
		if err := b.placeIn(t, a, i, s.ID, touched); err != nil {
			return err
		}
	}
	return nil
}

// placeIn stores the entry's item in one stream.
func (b *Book) placeIn(t *store.Txn, a arrival, n int, stream string, touched *changed) error {
	sk, ok := streamKey(stream)
	if !ok {
		return nil // a stream of a newer program: the entry itself is kept
	}
	e := a.entry
	it, act := b.itemOf(t, a, n)
	if err := b.countSerials(t, e.Replica, act); err != nil {
		return err
	}
	if err := b.noteBlobs(t, e.ReplicaID(), sk[0], act); err != nil {
		return err
	}
	if it.Key != "" {
		if _, found, err := t.Get(key(prefixMeta, sk)); err != nil {
			return err
		} else if !found {
			if err := t.Set(key(prefixMeta, sk), []byte(it.Key)); err != nil {
				return err
			}
		}
	}
	raw, err := it.encode()
	if err != nil {
		return err
	}
	touched.stream(sk[0], stream)
	if err := t.AddCount([]byte{prefixItem}, 1); err != nil {
		return err
	}
	return t.Set(itemKey(sk, e.ID), raw)
}

// itemOf is the entry's item of its nth stream, with the act in the clear as
// far as the key is here. A large act stays in the entry's file.
func (b *Book) itemOf(t *store.Txn, a arrival, n int) (it Item, act []byte) {
	e := a.entry
	it = Item{ID: e.ID, Parents: e.Streams[n].Heads, Clock: e.Clock, Replica: e.Replica, Seq: e.Seq, By: e.By, Must: e.Must}
	for i, p := range e.Header.Parts {
		switch {
		case p.Of != n:
		case p.Identity:
			it.Hidden, it.HideKey, it.HideAt = e.Parts[i], p.Key, i
		default:
			it.Key, it.Part = p.Key, i
			if k, ok := b.keyIn(t, p.Key); ok {
				act, _ = seal.Open(k, seal.ContextEntryAct, e.Parts[i], journal.PartAD(e.Replica, e.Seq, i))
			}
			if it.Act = act; len(act) == 0 || len(act) > largeAct {
				it.Act, it.Pos = nil, a.pos.Uint64()
			}
		}
	}
	return it, act
}

// stream notes that a stream has to be read anew.
func (touched *changed) stream(kind byte, stream string) {
	switch kind {
	case kindCase:
		touched.cases[stream[len("case:"):]] = true
	case kindMessage:
		touched.messages[stream[len("message:"):]] = true
	case kindOffice:
		touched.office = true
	}
}

// countSerials follows the numbers given, undone ones too, by what makes them
// unique: the office and the two characters of the replica.
func (b *Book) countSerials(t *store.Txn, replica journal.PublicKey, act []byte) error {
	if !bytes.Contains(act, []byte(`"serial"`)) {
		return nil
	}
	var a struct { // an act as far as numbers go: decide and letter_issued have a serial
		Office  string `json:"office"`
		Effects []struct {
			With struct {
				Serial *complaint.Serial `json:"serial"`
			} `json:"with"`
		} `json:"effects"`
	}
	if json.Unmarshal(act, &a) != nil {
		return nil
	}
	for _, effect := range a.Effects {
		s := effect.With.Serial
		if s == nil {
			continue
		}
		k := serialKey(a.Office, office.ReplicaCode(replica), s.Kind, s.Year)
		old, _, err := t.Get(k)
		if err != nil {
			return err
		}
		if len(old) == 8 && binary.BigEndian.Uint64(old) >= uint64(s.N) {
			continue
		}
		if err := t.Set(k, binary.BigEndian.AppendUint64(nil, uint64(s.N))); err != nil {
			return err
		}
	}
	return nil
}

// remember brings the memory up to a committed transaction.
func (b *Book) remember(touched *changed) {
	b.state.Lock()
	defer b.state.Unlock()
	for replica, h := range touched.heads {
		b.rowEnd[replica] = h
	}
	if b.table == nil { // still filling
		return
	}
	for doc, column := range touched.columns {
		b.table.Set(doc, column)
	}
}

func (c *changed) merge(o *changed) {
	for id := range o.cases {
		c.cases[id] = true
	}
	for id := range o.messages {
		c.messages[id] = true
	}
	c.office = c.office || o.office
}

func setOrDelete(t *store.Txn, k, v []byte, set bool) error {
	if set {
		return t.Set(k, v)
	}
	if _, found, err := t.Get(k); err != nil || !found {
		return err
	}
	return t.Delete(k)
}

func sortedKeys(m map[string]bool) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
