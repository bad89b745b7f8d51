package casebook

import (
	"context"
	"encoding/json"
	"sort"

	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// Write is one command's entry: what it says to each stream it touches.
type Write struct {
	Cases    []CaseWrite
	Messages []MessageWrite
	Office   *office.Act
	Grants   []journal.KeyGrant // further keys that travel with the entry
	From     *journal.Origin    // the entry a new replica key continues

	asReplica bool // signed by the replica: background work
}

// CaseWrite is an act on a case.
type CaseWrite struct {
	ID   string
	Seen []journal.ID // heads the officer's screen showed; nil: the present ones
	Act  *complaint.Act

	Viewers []*office.Officer // who may see what the identity part says; of a case that has one: who else
}

// MessageWrite is an act on a received mail.
type MessageWrite struct {
	ID  string
	Act inbox.Act

	Sealed *inbox.Received // what only those may read who may see protected persons
}

var errReadOnly = fault.New(fault.Failed, "save-unconfirmed", "未能确认保存：磁盘写入失败，为避免丢失，现在只能查看", "请检查磁盘空间和硬件后重新启动程序；刚才的内容请先记在纸上")

// Append saves one command: when it returns without an error the entry is on
// disk and the database shows it.
func (b *Book) Append(ctx context.Context, w Write) (journal.ID, error) {
	ids, err := b.AppendAll(ctx, []Write{w})
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// AppendAll saves many commands with one sync: a table of complaints, samples.
// Refused, nothing is saved; a power cut in the middle may leave the first of
// them (see AppendTogether). No two may touch the same case or mail, because each
// names the heads it saw.
func (b *Book) AppendAll(ctx context.Context, writes []Write) ([]journal.ID, error) {
	return b.appendWith(ctx, writes, b.commit)
}

type committer func(context.Context, []journal.Record, []*journal.Entry) error

func (b *Book) appendWith(ctx context.Context, writes []Write, commit committer) ([]journal.ID, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.mayWrite(writes); err != nil {
		return nil, err
	}
	seq, prev := b.seq, b.prev
	ids := make([]journal.ID, len(writes))
	records := make([]journal.Record, len(writes))
	entries := make([]*journal.Entry, len(writes))
	for i, w := range writes {
		entry, grants, err := b.write(w)
		if err != nil {
			b.seq, b.prev = seq, prev
			return nil, err
		}
		b.seq, b.prev = entry.Seq, entry.ID
		ids[i], entries[i], records[i] = entry.ID, entry, journal.Record{Entry: entry.Bytes, Keys: grants}
	}
	if err := commit(ctx, records, entries); err != nil {
		b.seq, b.prev = seq, prev
		return nil, err
	}
	b.upkeep()
	return ids, nil
}

func (b *Book) mayWrite(writes []Write) error {
	switch {
	case b.db == nil || b.session == nil:
		return errClosed
	case b.readErr != nil:
		return b.readErr
	}
	for _, w := range writes {
		if b.session.Locked() && !w.asReplica {
			return errClosed
		}
	}
	return nil
}

// write seals and signs the entry.
func (b *Book) write(w Write) (*journal.Entry, []journal.KeyGrant, error) {
	b.state.RLock()
	defer b.state.RUnlock()
	d := journal.Draft{Seq: b.seq + 1, Prev: b.prev, From: w.From, Clock: b.clock.Next(b.opts.Now())}
	if b.office != nil {
		d.Saw = b.office.Heads
	}
	grants := w.Grants
	err := b.db.View(func(t *store.Txn) error {
		s := sealer{b: b, t: t, d: &d, grants: &grants}
		for _, c := range w.Cases {
			if err := s.caseAct(c); err != nil {
				return err
			}
		}
		for _, m := range w.Messages {
			if err := s.message(m); err != nil {
				return err
			}
		}
		if w.Office != nil {
			plain, err := w.Office.Encode()
			if err != nil {
				return err
			}
			if _, err := s.part(office.Stream, nil, plain); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	var officer journal.Signer = b.replica
	if !w.asReplica {
		officer = b.session.Signer()
	}
	entry, err := journal.Write(d, officer, b.replica)
	return entry, grants, err
}

// sealer puts parts into a draft.
type sealer struct {
	b      *Book
	t      *store.Txn
	d      *journal.Draft
	grants *[]journal.KeyGrant
}

func (s *sealer) caseAct(c CaseWrite) error {
	plain, identity, err := c.Act.Encode()
	if err != nil {
		return err
	}
	if identity == nil && len(c.Viewers) == 0 {
		_, err = s.part(CaseStream(c.ID), c.Seen, plain)
		return err
	}
	idKey, err := s.identityOf(c)
	if err != nil {
		return err
	}
	content, err := s.part(CaseStream(c.ID), c.Seen, plain)
	if err != nil || identity == nil {
		return err
	}
	n := len(s.d.Parts)
	k := seal.Combine(content, idKey, seal.ContextEntryIdentity)
	sealed := seal.Seal(k, seal.ContextEntryIdentity, identity, journal.PartAD(s.b.replica.Public(), s.d.Seq, n))
	s.d.Parts = append(s.d.Parts, journal.SealedPart{Of: len(s.d.Streams) - 1, Identity: true, Key: seal.ID(idKey), Bytes: sealed})
	return nil
}

func (s *sealer) message(m MessageWrite) error {
	plain, err := m.Act.Encode()
	if err != nil {
		return err
	}
	content, err := s.part(MessageStream(m.ID), nil, plain)
	if err != nil || m.Sealed == nil {
		return err
	}
	if plain, err = json.Marshal(m.Sealed); err != nil {
		return err
	}
	return s.sealMail(content, plain)
}

// part seals one act for a stream, under the stream's content key, which is
// made and granted with the stream's first entry.
func (s *sealer) part(stream string, seen []journal.ID, plain []byte) (seal.Key, error) {
	sk, ok := streamKey(stream)
	if !ok {
		return seal.Key{}, fault.New(fault.Usage, "bad-stream", "案件或邮件的内部编号不对", "请刷新后重试")
	}
	k, found, err := s.b.streamContentKey(s.t, sk)
	if err != nil {
		return k, err
	}
	if !found {
		k = seal.New()
		*s.grants = append(*s.grants, journal.KeyGrant{ID: seal.ID(k), Key: append([]byte(nil), k[:]...)})
	}
	if seen == nil {
		if seen, err = s.b.heads(s.t, sk); err != nil {
			return k, err
		}
	}
	n := len(s.d.Parts)
	s.d.Streams = append(s.d.Streams, journal.Stream{ID: stream, Heads: seen})
	sealed := seal.Seal(k, seal.ContextEntryAct, plain, journal.PartAD(s.b.replica.Public(), s.d.Seq, n))
	s.d.Parts = append(s.d.Parts, journal.SealedPart{Of: len(s.d.Streams) - 1, Key: seal.ID(k), Bytes: sealed})
	return k, nil
}

// heads are the stream's present heads.
func (b *Book) heads(t *store.Txn, stream []byte) ([]journal.ID, error) {
	items, err := b.items(t, stream)
	if err != nil {
		return nil, err
	}
	nodes := make([]journal.Node, len(items))
	for i, it := range items {
		nodes[i] = it.node()
	}
	ordered, _ := journal.Sort(nodes)
	heads := journal.Heads(ordered)
	sort.Slice(heads, func(i, j int) bool { return heads[i] < heads[j] })
	return heads, nil
}

// commit makes records durable and applies them.
func (b *Book) commit(ctx context.Context, records []journal.Record, entries []*journal.Entry) error {
	payloads := make([][]byte, len(records))
	for i, r := range records {
		raw, err := r.Encode()
		if err != nil {
			return err
		}
		payloads[i] = raw
	}
	positions, err := b.shared.Append(payloads...)
	if err != nil {
		if b.shared.Err() != nil {
			b.readErr = errReadOnly.Wrap(err)
			return b.readErr
		}
		return err
	}
	in := make([]arrival, len(records))
	for i := range records {
		in[i] = arrival{record: records[i], entry: entries[i], pos: positions[i]}
	}
	if err := b.apply(ctx, in); err != nil {
		// The entries are on disk; the database is what failed. It is rebuilt
		// from the log at the next start, so nothing is lost.
		b.opts.Log("apply after append: " + err.Error())
		b.readErr = fault.New(fault.Retry, "store-behind", "内容已保存，但本机数据库没有更新", "请关闭程序后重新打开，程序会自动恢复").Wrap(err)
		return b.readErr
	}
	return nil
}
