package desk

import (
	"context"
	"encoding/json"
	"path/filepath"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/sharedfolder"
)

// joinPayload is what a newcomer tells of itself: enough to know it and to
// wrap the key ring for it. The founding entry is signed by its administrator.
type joinPayload struct {
	Unit      string `json:"unit"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	Recipient string `json:"recipient"` // age, of the replica
	Founding  []byte `json:"founding"`  // journal.Record
}

// ShareJoin asks to join the space an invitation is for.
func (d *Desk) ShareJoin(ctx context.Context, folder string, invitation []byte) error {
	book, me, err := d.shareAdmin(ctx)
	if err != nil {
		return err
	}
	v, err := sharedfolder.ParseInvitation(invitation)
	if err != nil {
		return err
	}
	if d.o.Now().After(v.Expires) {
		return fault.New(fault.Refused, "invitation-expired", "邀请已过期", "请管理员重新发出邀请")
	}
	path, err := filepath.Abs(folder)
	if err != nil {
		return sharedfolder.ErrNoFolder.Wrap(err)
	}
	space, err := sharedfolder.ReadSpace(ctx, d.opener(path))
	if err != nil {
		return err
	}
	if !v.Matches(space) {
		return fault.New(fault.Refused, "invitation-other-space", "这份邀请不是这个共享文件夹的", "请核对文件夹和邀请文件")
	}
	d.share.mu.Lock()
	defer d.share.mu.Unlock()
	if s, has, err := setupOf(book); err != nil || has && s.Joined {
		return firstError(err, fault.New(fault.Refused, "share-joined", "本机已经在一个共享空间里", "一个数据文件夹只能属于一个共享空间；换了位置请用 share create 指向同一空间的文件夹"))
	}
	s := shareSetup{Folder: path, Space: space, Invitation: invitation}
	if err := book.PutLocal(ctx, casebook.Local{Kind: shareKind, ID: "setup", Value: s}); err != nil {
		return err
	}
	payload, err := d.joinPayload(ctx, book, me)
	if err != nil {
		return err
	}
	f, err := d.exchange(book, s)
	if err != nil {
		return err
	}
	signer, _, _ := book.ReplicaKeys()
	d.say("已申请加入，等待接纳")
	return f.WriteJoinRequest(ctx, v, signer, payload)
}

func (d *Desk) joinPayload(ctx context.Context, book *casebook.Book, me casebook.Me) ([]byte, error) {
	founding, err := book.Founding(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := founding.Encode()
	if err != nil {
		return nil, err
	}
	_, _, recipient := book.ReplicaKeys()
	return json.Marshal(joinPayload{Unit: me.Unit.ID, Code: me.Unit.Code, Name: me.Unit.Name, Recipient: recipient, Founding: raw})
}

// ShareAdmit admits the offices that ask with a valid invitation; replica
// narrows to one.
func (d *Desk) ShareAdmit(ctx context.Context, replica string) ([]string, error) {
	book, _, err := d.shareAdmin(ctx)
	if err != nil {
		return nil, err
	}
	d.share.mu.Lock()
	defer d.share.mu.Unlock()
	s, has, err := setupOf(book)
	if err != nil || !has || !s.Joined {
		return nil, firstError(err, errNoShare)
	}
	f, err := d.exchange(book, s)
	if err != nil {
		return nil, err
	}
	return d.admit(ctx, book, f, replica)
}

// admit answers the open requests; share.mu is held.
func (d *Desk) admit(ctx context.Context, book *casebook.Book, f *sharedfolder.Folder, only string) ([]string, error) {
	waits := d.stillWaiting(book, f)
	requests, err := f.JoinRequests(ctx, func(id string) (sharedfolder.Issued, bool) {
		var v issuedInvitation
		found, err := book.Local(invitationKind, id, &v)
		used := v.Used
		for _, replica := range v.For {
			if waits(replica) { // to be answered again
				used--
			}
		}
		return sharedfolder.Issued{Invitation: v.Invitation, Used: used}, found && err == nil
	}, func(replica string) bool { return member(book, replica) && !waits(replica) })
	if err != nil {
		return nil, err
	}
	admitted := []string{}
	asks := []JoinAsk{}
	for _, r := range requests {
		var p joinPayload
		known := decodeJSON(r.Payload, &p)
		if member(book, r.Replica) {
			if r.Valid && known && d.answerAgain(r.Replica) {
				if err := d.answer(ctx, book, f, r, p); err != nil {
					return admitted, err
				}
			}
			continue
		}
		if r.Valid && known && (only == "" || only == r.Replica) {
			if err := d.admitOne(ctx, book, f, r, p); err == nil {
				admitted = append(admitted, p.Name)
				continue
			} else if fault.Of(err).Kind == fault.Retry {
				return admitted, err
			} else {
				r.Valid, r.Why = false, fault.Of(err).Message
			}
		}
		asks = append(asks, JoinAsk{Replica: r.Replica, Office: p.Name, At: stamp(r.At), Valid: r.Valid, Why: r.Why})
	}
	d.share.logMu.Lock()
	d.share.asks = asks
	d.share.logMu.Unlock()
	return admitted, nil
}

func member(book *casebook.Book, replica string) bool {
	state := book.Office()
	r := state.Replicas[replica]
	return replica == book.Replica() || r != nil && state.Units[r.Unit] != nil && state.Units[r.Unit].Counts
}

// stillWaiting tells of a member that has not been seen in the folder yet: its
// answer may have been lost there.
func (d *Desk) stillWaiting(book *casebook.Book, f *sharedfolder.Folder) func(replica string) bool {
	there := map[string]bool{book.Replica(): true}
	for _, o := range f.Health().Offices {
		there[o.Replica] = o.Seen > 1 || !o.AckedAt.IsZero() // its founding came with the request
	}
	return func(replica string) bool { return member(book, replica) && !there[replica] }
}

// answerAgain says when a lost answer is given once more: soon, then ever less
// often, because the newcomer may just be switched off.
func (d *Desk) answerAgain(replica string) bool {
	now, last := d.o.Now(), d.share.answers[replica]
	if age := now.Sub(last.at); !last.at.IsZero() && age >= 0 && age < answerFirst<<min(last.times, 8) {
		return false
	}
	first := last.at.IsZero()
	last.at = now
	if !first { // the first time only starts the wait
		last.times++
	}
	if d.share.answers == nil {
		d.share.answers = map[string]answered{}
	}
	d.share.answers[replica] = last
	return !first
}

// answer wraps the key ring for a newcomer.
func (d *Desk) answer(ctx context.Context, book *casebook.Book, f *sharedfolder.Folder, r sharedfolder.Request, p joinPayload) error {
	recipient, err := seal.ParseRecipient(p.Recipient)
	if err != nil {
		return err
	}
	ring, err := spaceKeys{book}.ring().Encode()
	if err != nil {
		return err
	}
	wrapped, err := seal.WrapFor([]seal.Recipient{recipient}, ring)
	if err != nil {
		return err
	}
	var v issuedInvitation
	if _, err := book.Local(invitationKind, r.Invitation, &v); err != nil {
		return err
	}
	return f.WriteAdmission(ctx, v.Invitation, r.Replica, wrapped)
}

// askAgain writes the own request anew: what was written may be lost.
func (d *Desk) askAgain(ctx context.Context, book *casebook.Book, f *sharedfolder.Folder, v sharedfolder.Invitation) error {
	now := d.o.Now()
	if age := now.Sub(d.share.askedAt); age >= 0 && age < answerFirst || now.After(v.Expires) {
		return nil
	}
	first := d.share.askedAt.IsZero()
	d.share.askedAt = now
	me, err := book.Me()
	if err != nil || first {
		return nil // nobody is at the desk, or it was only just asked
	}
	payload, err := d.joinPayload(ctx, book, me)
	if err != nil {
		return err
	}
	signer, _, _ := book.ReplicaKeys()
	return f.WriteJoinRequest(ctx, v, signer, payload)
}

// admitOne takes the newcomer's founding, admits its unit and wraps the ring.
func (d *Desk) admitOne(ctx context.Context, book *casebook.Book, f *sharedfolder.Folder, r sharedfolder.Request, p joinPayload) error {
	rec, err := journal.DecodeRecord(p.Founding)
	if err != nil {
		return errFounding.Wrap(err)
	}
	e, err := journal.Parse(rec.Entry)
	if err != nil || e.ReplicaID() != r.Replica && e.Seq != 1 {
		return errFounding.Wrap(err)
	}
	if _, err := book.Receive(ctx, []journal.Record{rec}); err != nil {
		return err
	}
	unit := book.Office().Units[p.Unit]
	if unit == nil || unit.Founded != e.ID {
		return errFounding
	}
	for id, u := range book.Office().Units {
		if u.Code == unit.Code && id != unit.ID && u.Counts {
			return fault.New(fault.Refused, "code-taken", "单位代码 "+unit.Code+" 已被“"+u.Name+"”使用，编号会混淆", "请对方换一个单位代码重新建立数据文件夹")
		}
	}
	// The answer first: a request of a member is not answered again, so one that
	// counts without its keys would wait for ever.
	if err := d.answer(ctx, book, f, r, p); err != nil {
		return err
	}
	if err := book.Decide(ctx, nil, &office.Admit{Unit: unit.ID}); err != nil {
		return err
	}
	var v issuedInvitation
	if _, err := book.Local(invitationKind, r.Invitation, &v); err != nil {
		return err
	}
	v.Used, v.For = v.Used+1, append(v.For, r.Replica)
	d.say("接纳了" + unit.Name)
	return book.PutLocal(ctx, casebook.Local{Kind: invitationKind, ID: r.Invitation, Value: v})
}

var errFounding = fault.New(fault.Refused, "join-founding", "加入申请里的单位资料不完整或对不上", "请对方重新申请加入")

// takeAdmission looks for an answer to the own request and takes the key ring.
func (d *Desk) takeAdmission(ctx context.Context, book *casebook.Book, f *sharedfolder.Folder, s *shareSetup) error {
	v, err := sharedfolder.ParseInvitation(s.Invitation)
	if err != nil {
		return err
	}
	answers, err := f.Admissions(ctx, v)
	if err != nil {
		return err
	}
	_, unwrap, _ := book.ReplicaKeys()
	for _, a := range answers {
		raw, err := unwrap(a.Wrapped)
		if err != nil {
			continue
		}
		var ring casebook.EpochKeys
		if !decodeJSON(raw, &ring) {
			continue
		}
		if epoch, _ := ring.Current(); epoch == "" {
			continue
		}
		s.Joined = true
		d.say("已被接纳，开始收发")
		return book.PutLocal(ctx, casebook.Local{Kind: shareKind, ID: "epochs", Value: ring}, casebook.Local{Kind: shareKind, ID: "setup", Value: s})
	}
	return d.askAgain(ctx, book, f, v)
}
