package casebook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/office"
	"jiesu/backend/regime"
	"jiesu/backend/store"
	"jiesu/backend/view"
)

// fingerprint tells whether the shipped rulebooks and calendar are those that
// the rows of the database were computed by.
func (r Rules) fingerprint() string {
	sum := sha256.New()
	for _, book := range r.Regimes.All() {
		fmt.Fprintln(sum, book.Key(), book.Hash)
	}
	for _, year := range r.Calendar.Years() {
		for day, end := calendar.NewDate(year, 1, 1), calendar.NewDate(year, 12, 31); !day.After(end); day = day.AddDays(1) {
			works, why := r.Calendar.IsWorkday(day)
			fmt.Fprintln(sum, day, works, why)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// adoptedRules adds what the offices have adopted to what ships with the
// program: a case of another office needs its rulebook here, and all count by
// the same calendar. A file that no longer reads is left out and logged; it was
// checked when it was adopted.
func (b *Book) adoptedRules() Rules {
	rules := b.opts.Rules
	for _, unit := range b.counting() {
		b.adopt(&rules, unit)
	}
	rules.Regimes = rules.Regimes.WithItems(b.additions())
	rules.Calendar = b.adoptedYears(rules.Calendar)
	return rules
}

// additions are the offices' own items of open lists: one space has one list.
func (b *Book) additions() []regime.Addition {
	var out []regime.Addition
	for _, unit := range b.counting() {
		for _, name := range sortedNames(unit.Items) {
			if i := unit.Items[name]; !i.Gone {
				out = append(out, regime.Addition{Regime: i.Regime, List: i.List, ID: i.ID, Label: i.Label})
			}
		}
	}
	return out
}

func (b *Book) adopt(rules *Rules, unit *office.Unit) {
	for _, name := range sortedNames(unit.Adopted) {
		a := unit.Adopted[name]
		if a.Kind != "regime" {
			continue
		}
		if book, _, err := rules.Regimes.With(a.Content); err == nil {
			rules.Regimes = book
		} else {
			b.opts.Log("adopted regime " + a.ID + ": " + err.Error())
		}
	}
}

// Rules are the rulebooks and this office's calendar in force.
func (b *Book) Rules() Rules {
	b.state.RLock()
	defer b.state.RUnlock()
	rules := b.rules
	if b.office != nil {
		rules.Calendar = b.days.of(b.ownCode())
	}
	return rules
}

// RegimeOf is the rulebook a case is bound to.
func (b *Book) RegimeOf(c *complaint.Case) (*regime.Regime, error) {
	return b.Rules().Regimes.Get(c.Regime.ID, c.Regime.Version)
}

// Deadlines are a case's limits as of now.
func (b *Book) Deadlines(c *complaint.Case) []deadline.Deadline {
	b.state.RLock()
	defer b.state.RUnlock()
	return b.deadlines(c, b.opts.Now())
}

func (b *Book) deadlines(c *complaint.Case, now time.Time) []deadline.Deadline {
	r, err := b.rules.Regimes.Get(c.Regime.ID, c.Regime.Version)
	if err != nil {
		return nil
	}
	return deadline.Compute(view.Limits(c, r, b.days.of(firstOffice(c)), b.clockSpans(c), now))
}

// Explain gives the reason of one due date, day by day.
func (b *Book) Explain(c *complaint.Case, clock string) (deadline.Explanation, bool) {
	b.state.RLock()
	defer b.state.RUnlock()
	r, err := b.rules.Regimes.Get(c.Regime.ID, c.Regime.Version)
	if err != nil {
		return deadline.Explanation{}, false
	}
	return deadline.Explain(view.Limits(c, r, b.days.of(firstOffice(c)), b.clockSpans(c), b.opts.Now()), clock)
}

// clockSpans are the limits set by the unit that registered the case: the
// office that owes the act counts by its own.
func (b *Book) clockSpans(c *complaint.Case) map[string]string {
	code := firstOffice(c)
	for _, u := range b.office.Units {
		if u.Code == code && (u.Counts || u.ID == b.unit) {
			return u.Clocks
		}
	}
	return nil
}

// lookup is what view needs to make a row.
func (b *Book) lookup() view.Lookup {
	now := b.opts.Now()
	return view.Lookup{Now: now, Deadlines: func(c *complaint.Case) []deadline.Deadline { return b.deadlines(c, now) },
		Regime: func(id, version string) *regime.Regime {
			r, err := b.rules.Regimes.Get(id, version)
			if err != nil {
				return nil
			}
			return r
		}}
}

// officeChanged refolds the office and with it what depends on it: cases with
// entries that did not count, and when rules or limits moved, all rows.
func (b *Book) officeChanged(ctx context.Context, all *changed) error {
	b.state.Lock()
	before, days := b.office, b.days
	err := b.loadOffice()
	after := b.office
	counted := before != nil && !days.equal(b.days) // by other days than before
	b.state.Unlock()
	if err != nil {
		return err
	}
	var prefixes []byte
	switch {
	case counted, before != nil && (rulesMoved(before, after) || endingMoved(before, after)):
		prefixes = []byte{prefixRow, prefixParked}
	case before == nil || before.Root != after.Root || standingMoved(before, after):
		prefixes = []byte{prefixParked}
	}
	for _, prefix := range prefixes {
		if err := b.refoldWhere(ctx, prefix, all, b.remember); err != nil {
			return err
		}
	}
	if counted {
		if err := b.noteMoves(ctx, days); err != nil {
			return err
		}
	}
	if err := b.db.Update(func(t *store.Txn) error { return t.Delete(officeOwed) }); err != nil {
		return err
	}
	b.tell(all)
	return nil
}

// refoldWhere refolds every case that has a key under a prefix.
func (b *Book) refoldWhere(ctx context.Context, prefix byte, all *changed, remember func(*changed)) error {
	var ids []string
	err := b.db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefix}, store.ScanOptions{KeysOnly: true}, func(k, _ []byte) error {
			ids = append(ids, hex.EncodeToString(k[1:]))
			return nil
		})
	})
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		n := min(len(ids), 100)
		part := newChanged()
		for _, id := range ids[:n] {
			part.cases[id] = true
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.db.Update(func(t *store.Txn) error { return b.refold(t, part) }); err != nil {
			return err
		}
		remember(part)
		all.merge(part)
		ids = ids[n:]
	}
	return nil
}
