package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/sharedfolder"
)

// rounds limits how often one ShareSync goes round: admissions and newly read
// entries make further rounds worth while.
const rounds = 12

// ShareSync exchanges with the shared folder until there is nothing more to do
// now. An administrator's sync admits valid requests.
func (d *Desk) ShareSync(ctx context.Context) (SyncResult, error) {
	out := SyncResult{Admitted: []string{}, Skipped: []Skipped{}}
	book, err := d.open()
	if err != nil {
		return out, err
	}
	d.share.mu.Lock()
	defer d.share.mu.Unlock()
	s, has, err := setupOf(book)
	if err != nil || !has {
		return out, firstError(err, errNoShare)
	}
	if book.TakeHoles() {
		if err := forgetSegments(ctx, book); err != nil {
			return out, err
		}
	}
	for range rounds {
		again, err := d.round(ctx, book, &s, &out)
		if err != nil {
			return out, err
		}
		if !again {
			break
		}
	}
	out.Contradictions = book.Counts(d.o.Now()).Conflict
	d.tell("share")
	return out, nil
}

// forgetSegments lets every segment be read again.
func forgetSegments(ctx context.Context, book *casebook.Book) error {
	var all []casebook.Local
	err := book.Locals(segmentKind, func(id string, _ json.RawMessage) error {
		all = append(all, casebook.Local{Kind: segmentKind, ID: id})
		return nil
	})
	for err == nil && len(all) > 0 {
		n := min(len(all), 500)
		err, all = book.PutLocal(ctx, all[:n]...), all[n:]
	}
	return err
}

// round is one exchange and what follows from it; again asks for another.
func (d *Desk) round(ctx context.Context, book *casebook.Book, s *shareSetup, out *SyncResult) (again bool, err error) {
	f, err := d.exchange(book, *s)
	if err != nil {
		return false, err
	}
	if !s.Joined {
		if err := d.takeAdmission(ctx, book, f, s); err != nil || !s.Joined {
			return false, err
		}
		again = true
	}
	res, err := f.Exchange(ctx)
	d.count(out, res)
	if err != nil {
		d.say(fault.Of(err).Message)
		return false, err
	}
	if res.Fork != nil {
		return true, d.onFork(ctx, book, *s, res.Fork)
	}
	if err := d.recheckFiles(ctx, book, f); err != nil {
		return false, err
	}
	if s.Space.Root != "" {
		if _, err := book.TrustRoot(ctx, s.Space.Root); err != nil {
			return false, err
		}
	}
	if me, err := book.Me(); err == nil && me.Has(office.Administrator) && me.Unit.Counts {
		admitted, err := d.admit(ctx, book, f, "")
		if err != nil {
			return false, err
		}
		out.Admitted = append(out.Admitted, admitted...)
		again = again || len(admitted) > 0
	}
	return again || res.More || res.Published+res.Received > 0, nil
}

// filesEvery is how often sent files are looked after, filesTurn how many.
const (
	filesEvery = 5 * time.Minute
	filesTurn  = 200
)

// recheckFiles sends files again that are gone from the folder, and in turn one
// of the others, which replaces it if it is spoilt.
func (d *Desk) recheckFiles(ctx context.Context, book *casebook.Book, f *sharedfolder.Folder) error {
	now := d.o.Now()
	if age := now.Sub(d.share.filesAt); age >= 0 && age < filesEvery {
		return nil
	}
	sent := book.SentAfter(d.share.filesAfter, filesTurn)
	d.share.filesAt, d.share.filesAfter = now, ""
	if len(sent) == 0 {
		return nil
	}
	again, err := f.MissingBlobs(ctx, sent)
	if err != nil {
		return err
	}
	d.share.filesTurn++
	for _, hash := range append(again, sent[d.share.filesTurn%len(sent)]) {
		book.Reoffer(hash)
	}
	if len(sent) == filesTurn {
		d.share.filesAfter = sent[len(sent)-1]
	}
	return nil
}

func (d *Desk) count(out *SyncResult, res sharedfolder.Result) {
	out.Published += res.Published
	out.Received += res.Received
	out.Offices = len(res.Offices)
	out.Waiting = len(res.Waiting)
	out.Skipped = out.Skipped[:0]
	for _, s := range res.Skipped {
		out.Skipped = append(out.Skipped, Skipped{File: s.File, Why: s.Why})
	}
	if res.Published > 0 {
		d.say(fmt.Sprintf("送出 %d 条", res.Published))
	}
	if res.Received > 0 {
		d.say(fmt.Sprintf("收到 %d 条", res.Received))
	}
}

// onFork keeps the other branch, goes on under a new key and lays the own
// branch into the folder, where the old key's folder shows the other one.
func (d *Desk) onFork(ctx context.Context, book *casebook.Book, s shareSetup, fork *sharedfolder.Fork) error {
	d.share.logMu.Lock()
	d.share.forked = "发现本机数据曾被复制或从备份恢复（分叉）：两边的内容都已保留，本机改用新的副本标识继续"
	d.share.logMu.Unlock()
	d.say("发现分叉，已改用新的副本标识")
	old := book.Replica()
	var branch []journal.Record
	for from := fork.At + 1; ; {
		more, err := book.Records(ctx, old, from, 1000)
		if err != nil {
			return err
		}
		branch, from = append(branch, more...), from+uint64(len(more))
		if len(more) < 1000 {
			break
		}
	}
	if err := book.NewReplica(ctx); err != nil {
		return err
	}
	if _, err := (exchangeBook{book}).Receive(ctx, fork.Entries); err != nil {
		return err
	}
	f, err := d.exchange(book, s)
	if err != nil || len(branch) == 0 {
		return err
	}
	return f.Relay(ctx, branch)
}

// ShareStatus tells how the exchange stands, without touching the folder.
func (d *Desk) ShareStatus(_ context.Context) (ShareStatus, error) {
	out := ShareStatus{State: "off", Line: "未设置共享文件夹，只在本机保存", Offices: []ShareFrom{}, Skipped: []Skipped{}, Requests: []JoinAsk{}, Log: []string{}}
	book, err := d.open()
	if err != nil {
		return out, err
	}
	s, has, err := setupOf(book)
	if err != nil || !has {
		return out, err
	}
	d.share.logMu.Lock()
	out.Log = append(out.Log, d.share.lines...)
	out.Requests = append(out.Requests, d.share.asks...)
	out.Forked = d.share.forked
	f := d.share.folder
	d.share.logMu.Unlock()
	out.Folder, out.Space = s.Folder, s.Space.ID
	out.State, out.Line = "offline", "尚未同步"
	if !s.Joined {
		out.State, out.Line = "waiting", "等待接纳：请管理员在他的电脑上打开接诉并同步一次"
	}
	if f == nil {
		return out, nil
	}
	h := f.Health()
	out.Unsent = h.Unsent
	if s.Joined {
		out.Line = h.Line
		if h.Reachable && h.LastError == "" {
			out.State = "online"
		}
	}
	for _, sk := range h.Skipped {
		out.Skipped = append(out.Skipped, Skipped{File: sk.File, Why: sk.Why})
	}
	out.Offices = shareOffices(book, h)
	return out, nil
}

func shareOffices(book *casebook.Book, h sharedfolder.Health) []ShareFrom {
	out := []ShareFrom{}
	state := book.Office()
	name := func(replica string) string {
		if r := state.Replicas[replica]; r != nil && state.Units[r.Unit] != nil {
			return state.Units[r.Unit].Name
		}
		return "（尚未认识的网点）"
	}
	own := ShareFrom{Replica: book.Replica(), Office: name(book.Replica()), Own: true, Have: book.Heads()[book.Replica()].Seq}
	if at, ok := book.Stamp(own.Replica); ok {
		own.Last = stamp(at)
	}
	out = append(out, own)
	for _, o := range h.Offices {
		row := ShareFrom{Replica: o.Replica, Office: name(o.Replica), Have: o.Held, Behind: int(o.Seen - min(o.Seen, o.Held))}
		if at, ok := book.Stamp(o.Replica); ok {
			row.Last = stamp(at)
		}
		if o.Ahead > journal.MaxAhead {
			row.Clock = fmt.Sprintf("时钟异常：比本机快 %s", strings.TrimSuffix(o.Ahead.Round(time.Minute).String(), "0s"))
		}
		out = append(out, row)
	}
	return out
}

func reachedText(book *casebook.Book, c *complaint.Case, f *sharedfolder.Folder) string {
	last := map[string]uint64{}
	heads := book.Heads()
	for _, s := range c.History {
		last[s.Replica] = heads[s.Replica].Seq
	}
	least, of := -1, 0
	for replica, seq := range last {
		n, all := f.Reached(replica, seq)
		if least < 0 || n < least {
			least, of = n, all
		}
	}
	if of == 0 {
		return ""
	}
	return fmt.Sprintf("已到达 %d/%d 处", least, of)
}
