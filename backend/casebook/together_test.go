package casebook

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/journal"
	"jiesu/backend/journalfile"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// two are the registrations of two cases that must be saved all or none.
func two(t testing.TB, b *Book) (writes []Write, ids []string) {
	t.Helper()
	me := must(b.Me())
	for n := range 2 {
		serial := complaint.Serial{Kind: "case", Year: 2026, N: must(b.NextSerial("case", 2026)) + n}
		env := b.env(me)
		act, err := complaint.Register(env, complaint.Registration{Number: fmt.Sprintf("T-%d", serial.N), Serial: serial, Channel: "written",
			ReceivedAt: env.Now, Values: map[string]any{"complainant": map[string]any{"name": "张样本"}, "facts": "一信两求"}, Protected: n == 1})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, b.ID())
		writes = append(writes, Write{Cases: []CaseWrite{{ID: ids[n], Act: act}}})
	}
	return writes, ids
}

func TestWhatMustBeSavedTogetherIsFinishedAtTheNextStart(t *testing.T) {
	for arrived := range 3 {
		dir := t.TempDir()
		b := create(t, options(dir))
		writes, ids := two(t, b)
		died := func(ctx context.Context, records []journal.Record, entries []*journal.Entry) error {
			if err := b.noteTogether(records, entries); err != nil || arrived == 0 {
				return err
			}
			return b.commit(ctx, records[:arrived], entries[:arrived])
		}
		if _, err := b.appendWith(ctx, writes, died); err != nil {
			t.Fatal(err)
		}
		b.Close()
		b = unlock(t, options(dir), "样本经办")
		for _, id := range ids {
			if _, err := b.Case(id); (err == nil) != (arrived > 0) {
				t.Errorf("%d arrived: %v", arrived, err)
			}
		}
		if _, _, err := register(b, 9); err != nil {
			t.Errorf("%d arrived: nothing can be registered after it: %v", arrived, err)
		}
		sound(t, b)
		b.Close()
		if again := unlock(t, options(dir), "样本经办"); again.seq != uint64(map[int]int{0: 2, 1: 4, 2: 4}[arrived]) {
			t.Errorf("%d arrived: %d entries", arrived, again.seq)
		}
	}
}

func TestOnlyTheNamedSeeAPersonRegisteredForThem(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	add(t, b, "样本乙", office.Handler)
	add(t, b, "样本丙", office.Handler, office.IdentityRole)
	enter(t, b, "样本乙")
	me := must(b.Me())
	writes, ids := two(t, b)
	writes = writes[1:]
	writes[0].Cases[0].Viewers = []*office.Officer{me.Officer}
	if _, err := b.AppendTogether(ctx, writes); err != nil {
		t.Fatal(err)
	}
	id := ids[1]
	sees := func(officer string, want bool) {
		t.Helper()
		enter(t, b, officer)
		if c := must(b.Case(id)); c.Sealed == want || (c.Fields["complainant"] != nil) != want {
			t.Errorf("%s sees the person: %v", officer, !c.Sealed)
		}
	}
	sees("样本乙", true)
	sees("样本丙", false)
	sees("样本经办", false)
	env := b.env(must(b.Me()))
	edit := func(phone string) (*complaint.Act, error) {
		return complaint.DecideEdit(must(b.Case(id)), env, map[string]any{"complainant": map[string]any{"name": "张样本", "phone": phone}}, "")
	}
	act := must(edit("13800000001"))
	if _, err := b.Append(ctx, Write{Cases: []CaseWrite{{ID: id, Act: act}}}); fault.Of(err).Code != "identity-key" {
		t.Errorf("who does not see writes what he cannot read: %v", err)
	}
	enter(t, b, "样本乙")
	act = complaint.Simple(env, complaint.EditAction, "指定可见人员", "", &complaint.Set{Values: map[string]any{"viewers": []any{"样本乙", "样本丙"}}})
	for _, o := range must(b.Me()).Unit.Officers {
		if o.Name == "样本丙" {
			if _, err := b.Append(ctx, Write{Cases: []CaseWrite{{ID: id, Act: act, Viewers: []*office.Officer{o}}}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	sees("样本丙", true)
	sees("样本经办", false)
	sound(t, b)
	b.Close()
	b = unlock(t, options(dir), "样本经办")
	sees("样本乙", true)
	sees("样本经办", false)
}

// What the officer at the desk could open on the disk with all the keys he
// holds: every part of every entry, every local record, every database value.
func TestNothingOfAProtectedPersonOpensWithAnothersKeys(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	add(t, b, "样本乙", office.Handler)
	secrets := []string{"张样本7", "13800000007", "张样本的举报"}
	id, _, err := register(b, 7, protect, func(r *complaint.Registration) { r.Values["facts"] = "张样本7称可拨13800000007" })
	if err != nil {
		t.Fatal(err)
	}
	if err := sealedNote(b, id, "与张样本7通话"); err != nil {
		t.Fatal(err)
	}
	full := inbox.Received{SHA256: "aa", FromName: "张样本7", Subject: "张样本的举报", Blob: inbox.Blob{Hash: strings.Repeat("a", 64), Key: []byte("k"), Size: 1}}
	open := full.Open()
	mail := MessageWrite{ID: b.ID(), Act: inbox.Act{Do: "received", Received: &open}, Sealed: &full}
	if _, err := b.Append(ctx, Write{Messages: []MessageWrite{mail}}); err != nil {
		t.Fatal(err)
	}
	if m := must(b.Message(mail.ID)); m.Received.FromName != "张样本7" || m.Received.Sealed {
		t.Errorf("who may see reads %+v", m.Received)
	}
	sealed := must(b.SealOwn([]byte("草稿：张样本7")))
	if err := b.PutLocal(ctx, Local{"draft", "x", sealed}); err != nil {
		t.Fatal(err)
	}
	if n := openable(t, b, secrets...); n == 0 {
		t.Error("nothing opens for who may see: the test reads nothing")
	}
	enter(t, b, "样本乙")
	if n := openable(t, b, secrets...); n != 0 {
		t.Errorf("%d places open", n)
	}
	if _, err := b.OpenOwn(sealed); err == nil {
		t.Error("another's draft opens")
	}
	if m := must(b.Message(mail.ID)); !m.Received.Sealed || m.Received.Subject != "" {
		t.Errorf("the other reads %+v", m.Received)
	}
	noValue(t, b, secrets...)
	if err := b.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	noValue(t, b, secrets...)
}

func sealedNote(b *Book, id, text string) error {
	env := b.env(must(b.Me()))
	act := must(complaint.DecideNote(env, text))
	act.Protect(env.Regime, must(b.Case(id)))
	_, err := b.Append(ctx, Write{Cases: []CaseWrite{{ID: id, Act: act}}})
	return err
}

// openable counts the places on the disk that hold one of the words and open
// with the keys of who is at the desk.
func openable(t testing.TB, b *Book, words ...string) (n int) {
	t.Helper()
	look := func(raw []byte) {
		for _, w := range words {
			if bytes.Contains(raw, []byte(w)) {
				n++
			}
		}
	}
	err := b.db.View(func(tx *store.Txn) error {
		_, err := b.shared.Scan(ctx, journalfile.Mark{}, func(r journalfile.Record) error {
			rec := must(journal.DecodeRecord(r.Payload))
			look(r.Payload)
			e := must(journal.Reread(rec.Entry))
			content := map[int]seal.Key{}
			for i, p := range e.Header.Parts {
				k, ok := b.keyIn(tx, p.Key)
				at, context := journal.PartAD(e.Replica, e.Seq, i), seal.ContextEntryAct
				if !p.Identity {
					content[p.Of] = k
				} else {
					k, context = seal.Combine(content[p.Of], k, seal.ContextEntryIdentity), seal.ContextEntryIdentity
				}
				if plain, err := seal.Open(k, context, e.Parts[i], at); ok && err == nil {
					look(plain)
				}
			}
			return nil
		})
		return err
	})
	if err == nil {
		_, err = b.local.Scan(ctx, journalfile.Mark{}, func(r journalfile.Record) error { look(r.Payload); return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}
