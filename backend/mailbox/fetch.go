package mailbox

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
)

const (
	strikes    = 3  // connections that one mail may cost
	maxFailing = 50 // mails in a row that cannot be fetched: it is the server
)

// Fetch brings every mail of the folder that the ledger does not know to the
// sink. A cut line is dialled again and the fetch goes on where it stopped.
func Fetch(ctx context.Context, a Account, ledger Ledger, sink Sink, o Options) (Report, error) {
	f := &fetch{a: a.filled(), ledger: ledger, sink: sink, o: o, strikes: map[imap.UID]int{}}
	f.report = Report{SetAside: []Entry{}, Failed: []Entry{}}
	err := f.run(ctx)
	if f.s != nil {
		f.s.close()
	}
	return f.report, err
}

// fetch is one run.
type fetch struct {
	a      Account
	ledger Ledger
	sink   Sink
	o      Options
	report Report

	s       *session
	dialled bool
	todo    []imap.UID
	strikes map[imap.UID]int
	careful bool // the last line broke: ask for the next mail alone
	failing int  // mails in a row that could not be fetched
}

func (f *fetch) run(ctx context.Context) error {
	if err := f.connect(ctx); err != nil {
		return err
	}
	if err := f.plan(ctx); err != nil {
		return err
	}
	for len(f.todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.s == nil {
			if err := f.connect(ctx); err != nil {
				return err
			}
		}
		if err := f.step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// connect opens a session, again after a pause when the line is bad. A
// folder that was made anew meanwhile ends the run.
func (f *fetch) connect(ctx context.Context) error {
	pause := f.a.Backoff
	for try := 0; ; try++ {
		s, err := open(ctx, f.a)
		if err == nil {
			if f.dialled {
				f.report.Reconnects++
				if s.uidValidity != f.report.UIDValidity {
					s.close()
					return errCut.Wrap(errors.New("imap: UIDVALIDITY changed"))
				}
			}
			f.s, f.dialled = s, true
			f.report.Messages, f.report.UIDValidity = s.messages, s.uidValidity
			return nil
		}
		// before the first connection the officer waits: say at once what is wrong
		if !f.dialled || try >= f.a.Retries || ctx.Err() != nil {
			return err
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
		pause = min(2*pause, time.Minute)
	}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// plan lists the UIDs to fetch.
func (f *fetch) plan(ctx context.Context) error {
	highest := uint32(0)
	// UIDVALIDITY 0 breaks the promise that UIDs keep their meaning: take all.
	trusted := f.s.uidValidity != 0
	if trusted && !f.o.Full {
		var err error
		if highest, err = f.ledger.Highest(ctx, f.a.Name, f.a.Folder, f.s.uidValidity); err != nil {
			return err
		}
	}
	uids, err := f.s.search(ctx, highest+1)
	if err != nil {
		return err
	}
	for _, uid := range uids {
		if trusted {
			known, err := f.ledger.Known(ctx, f.place(uid))
			if err != nil {
				return err
			}
			if known {
				continue
			}
		}
		f.todo = append(f.todo, uid)
	}
	f.report.New = len(f.todo)
	return nil
}

func (f *fetch) place(uid imap.UID) Place {
	return Place{f.a.Name, f.a.Folder, f.report.UIDValidity, uint32(uid)}
}

// step fetches one batch and deals with what did not come. Its error ends the
// run; a broken line does not.
func (f *fetch) step(ctx context.Context) error {
	n := min(batch, len(f.todo))
	if f.careful {
		n = 1
	}
	asked := slices.Clone(f.todo[:n])
	err := f.take(ctx, asked, false)
	missing := f.missing(asked)
	if err == nil && len(missing) > 0 { // the UID came after the body, or not at all
		err = f.take(ctx, missing, true)
		missing = f.missing(missing)
	}
	for i := 0; err == nil && i < len(missing); i++ {
		err = f.single(ctx, missing[i])
	}
	switch {
	case err == nil:
		f.careful = false
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case final(err):
		return err
	}
	return f.broken(ctx, asked)
}

// single asks for one mail in both ways and gives it up if neither brings it.
func (f *fetch) single(ctx context.Context, uid imap.UID) error {
	for _, bySequence := range []bool{false, true} {
		if err := f.take(ctx, []imap.UID{uid}, bySequence); err != nil {
			return err
		}
		if len(f.missing([]imap.UID{uid})) == 0 {
			return nil
		}
	}
	return f.giveUp(uid)
}

// broken drops the line. The first mail that did not come is suspected; a
// mail that breaks every line is given up.
func (f *fetch) broken(ctx context.Context, asked []imap.UID) error {
	f.s.close()
	f.s = nil
	missing := f.missing(asked)
	f.careful = true
	if len(missing) == 0 {
		return nil
	}
	f.strikes[missing[0]]++
	if n := f.strikes[missing[0]]; n >= strikes {
		return f.giveUp(missing[0])
	} else if n > 1 {
		return wait(ctx, f.a.Backoff)
	}
	return nil
}

func (f *fetch) giveUp(uid imap.UID) error {
	f.report.Failed = append(f.report.Failed, Entry{Place: f.place(uid), Code: "not-fetched", Why: "多次尝试后仍未能取回，请在网页邮箱中查看"})
	f.done(uid)
	if f.failing++; f.failing >= maxFailing {
		return errAnswer
	}
	return nil
}

// done takes a mail off the list.
func (f *fetch) done(uid imap.UID) {
	if i, ok := slices.BinarySearch(f.todo, uid); ok {
		f.todo = slices.Delete(f.todo, i, i+1)
	}
	if f.o.Progress != nil {
		f.o.Progress(f.report.New-len(f.todo), f.report.New)
	}
}

// missing gives those of uids that are still to be fetched.
func (f *fetch) missing(uids []imap.UID) []imap.UID {
	var out []imap.UID
	for _, uid := range uids {
		if _, ok := slices.BinarySearch(f.todo, uid); ok {
			out = append(out, uid)
		}
	}
	return out
}

// stop is an error of the sink or the ledger, which ends the run.
type stop struct{ error }

func (s stop) Unwrap() error { return s.error }

func final(err error) bool {
	var s stop
	return errors.As(err, &s)
}

// ascending sorts, drops repeats and what is below from: a server answers
// "n:*" with the last mail even if it is below n (RFC 9051 6.4.4).
func ascending[T cmp.Ordered](nums []T, from T) []T {
	slices.Sort(nums)
	nums = slices.Compact(nums)
	i, _ := slices.BinarySearch(nums, from)
	return nums[i:]
}
