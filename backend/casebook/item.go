package casebook

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"

	"jiesu/backend/complaint"
	"jiesu/backend/inbox"
	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// Item is an entry as one of its streams needs it, in the database.
type Item struct {
	ID      journal.ID        `json:"id"`
	Parents []journal.ID      `json:"parents,omitempty"`
	Clock   journal.Stamp     `json:"clock"`
	Replica journal.PublicKey `json:"replica"`
	Seq     uint64            `json:"seq"`
	By      journal.PublicKey `json:"by"`
	Must    bool              `json:"must,omitempty"`
	Act     json.RawMessage   `json:"-"`             // opened part
	Hidden  []byte            `json:"-"`             // identity part, still sealed
	Size    int               `json:"act,omitempty"` // bytes of Act in the stored form
	Key     string            `json:"key,omitempty"` // content key
	HideKey string            `json:"hide_key,omitempty"`
	HideAt  int               `json:"hide_at,omitempty"` // number of the identity part
	Pos     uint64            `json:"pos,omitempty"`     // where to reread it, when it is too large to stand here
	Part    int               `json:"part,omitempty"`

	late bool // opened only now
}

// encode writes the stored form: length of the head (4, big endian), head
// (JSON), Act, Hidden. The act is not wrapped in JSON, so it is read once.
func (it *Item) encode() ([]byte, error) {
	it.Size = len(it.Act)
	head, err := json.Marshal(it)
	if err != nil {
		return nil, err
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(head)+len(it.Act)+len(it.Hidden)), uint32(len(head)))
	return append(append(append(out, head...), it.Act...), it.Hidden...), nil
}

// decodeItem reads the stored form; the item keeps no part of it.
func decodeItem(raw []byte) (*Item, error) {
	if len(raw) < 4 {
		return nil, store.ErrDamaged.Wrap(errItem)
	}
	n := binary.BigEndian.Uint32(raw)
	if uint64(n)+4 > uint64(len(raw)) {
		return nil, store.ErrDamaged.Wrap(errItem)
	}
	var it Item
	if err := json.Unmarshal(raw[4:4+n], &it); err != nil {
		return nil, store.ErrDamaged.Wrap(err)
	}
	rest := raw[4+n:]
	if it.Size < 0 || it.Size > len(rest) {
		return nil, store.ErrDamaged.Wrap(errItem)
	}
	if it.Size > 0 {
		it.Act = bytes.Clone(rest[:it.Size])
	}
	if len(rest) > it.Size {
		it.Hidden = bytes.Clone(rest[it.Size:])
	}
	return &it, nil
}

var errItem = errors.New("casebook: an item of the database is cut off")

// largeAct is from where on an act is reread from the log.
const largeAct = 120 << 10

func (it *Item) node() journal.Node {
	return journal.Node{ID: it.ID, Parents: it.Parents, Clock: it.Clock, Replica: it.Replica.KeyID(), Seq: it.Seq}
}

// entry is the header as Judge needs it.
func (it *Item) entry() *journal.Entry {
	return &journal.Entry{Header: journal.Header{Replica: it.Replica, Seq: it.Seq, By: it.By}, ID: it.ID}
}

func (it *Item) officeEntry() office.Entry {
	e := office.Entry{Node: it.node(), By: it.By}
	if act, err := office.Decode(it.Act); err == nil {
		e.Act = act
	}
	return e
}

func (it *Item) inboxEntry() inbox.Entry {
	e := inbox.Entry{Node: it.node()}
	if act, err := inbox.Decode(it.Act); err == nil {
		e.Act = act
	}
	return e
}

// closedEntry leaves the identity part sealed.
func (it *Item) closedEntry() complaint.Entry {
	e := complaint.Entry{Node: it.node(), Must: it.Must, Hidden: len(it.Hidden) > 0}
	if act, err := complaint.Decode(it.Act, nil); err == nil {
		e.Act = act
	}
	return e
}

// caseEntry opens the identity part where the officer may see it.
func (b *Book) caseEntry(t *store.Txn, it *Item) complaint.Entry {
	e := complaint.Entry{Node: it.node(), Must: it.Must}
	var identity []byte
	if len(it.Hidden) > 0 {
		identity = b.openHidden(t, it)
		e.Hidden = identity == nil
	}
	if act, err := complaint.Decode(it.Act, identity); err == nil {
		e.Act = act
	}
	return e
}

func (b *Book) openHidden(t *store.Txn, it *Item) []byte {
	identity, ok := b.ring.Get(it.HideKey)
	content, ok2 := b.keyIn(t, it.Key)
	if !ok || !ok2 {
		return nil
	}
	k := seal.Combine(content, identity, seal.ContextEntryIdentity)
	plain, err := seal.Open(k, seal.ContextEntryIdentity, it.Hidden, journal.PartAD(it.Replica, it.Seq, it.HideAt))
	if err != nil {
		return nil
	}
	return plain
}

// noteLate notes what place could not: the key of these acts came after them.
func (b *Book) noteLate(t *store.Txn, kind byte, items []*Item) error {
	for _, it := range items {
		if !it.late {
			continue
		}
		if err := firstOf(b.countSerials(t, it.Replica, it.Act), b.noteBlobs(t, it.Replica.KeyID(), kind, it.Act)); err != nil {
			return err
		}
	}
	return nil
}

// items reads all entries of a stream.
func (b *Book) items(t *store.Txn, stream []byte) ([]*Item, error) {
	var items []*Item
	err := t.Scan(key(prefixItem, stream), store.ScanOptions{}, func(_, v []byte) error {
		it, err := decodeItem(v)
		items = append(items, it)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, it := range items {
		if len(it.Act) == 0 && it.Pos != 0 {
			b.reread(t, it)
		}
	}
	return items, nil
}

// reread opens a large act from the log.
func (b *Book) reread(t *store.Txn, it *Item) {
	payload, err := b.shared.Read(journalfile.PosFrom(it.Pos))
	if err != nil {
		return
	}
	rec, err := journal.DecodeRecord(payload)
	if err != nil {
		return
	}
	e, err := journal.Reread(rec.Entry)
	if err != nil || it.Part >= len(e.Parts) {
		return
	}
	if k, ok := b.keyIn(t, it.Key); ok {
		it.late = true
		it.Act, _ = seal.Open(k, seal.ContextEntryAct, e.Parts[it.Part], journal.PartAD(e.Replica, e.Seq, it.Part))
	}
}
