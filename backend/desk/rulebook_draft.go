package desk

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// RegimeDraft is a copy of a rulebook that is being edited. A released version
// is never changed: the copy has a version of its own, and cases in hand stay
// on theirs.
type RegimeDraft struct {
	Based   string        `json:"based"` // "id@version" it was copied from
	Text    string        `json:"text"`
	Checked RegimeChecked `json:"checked"`
}

// DraftRegime copies a rulebook for editing, as the next version in force from
// tomorrow. It needs no data folder.
func (d *Desk) DraftRegime(ctx context.Context, name string) (RegimeDraft, error) {
	r, err := d.rulebook(name)
	if err != nil {
		return RegimeDraft{}, err
	}
	text, _ := d.regimes().Source(r.ID, r.Version)
	tomorrow := calendar.DateOf(zoned(d.o.Now())).AddDays(1)
	for _, c := range []regime.Change{{Part: "head", ID: "version", Value: d.nextVersion(r, tomorrow.Year())},
		{Part: "head", ID: "effective_from", Value: tomorrow.String()}} {
		if text, err = regime.Apply(text, c); err != nil {
			return RegimeDraft{}, err
		}
	}
	return d.draft(ctx, r.Key(), text)
}

// nextVersion is the first of a year that is still free: 2026.2 after 2026.1.
func (d *Desk) nextVersion(r *regime.Regime, year int) string {
	for n := 1; ; n++ {
		version := strconv.Itoa(year) + "." + strconv.Itoa(n)
		if _, err := d.regimes().Get(r.ID, version); err != nil {
			return version
		}
	}
}

func (d *Desk) draft(ctx context.Context, based string, text []byte) (RegimeDraft, error) {
	checked, err := d.CheckRegime(ctx, text)
	return RegimeDraft{Based: based, Text: string(text), Checked: checked}, err
}

// ChangeDraft makes one small change in a draft's text. A length of time is
// checked before it is written.
func (d *Desk) ChangeDraft(ctx context.Context, draft RegimeDraft, change regime.Change) (RegimeDraft, error) {
	if change.Part == "limit" {
		if _, err := calendar.ParseSpan(change.Value); err != nil {
			return RegimeDraft{}, fault.Of(err).At("value")
		}
	}
	text, err := regime.Apply([]byte(draft.Text), change)
	if err != nil {
		return RegimeDraft{}, err
	}
	return d.draft(ctx, draft.Based, text)
}

// CheckDraft checks a text as it is typed.
func (d *Desk) CheckDraft(ctx context.Context, text string) (RegimeChecked, error) {
	return d.CheckRegime(ctx, []byte(text))
}

// DiffDraft says what a draft that can be read changes.
func (d *Desk) DiffDraft(_ context.Context, draft RegimeDraft) (RegimeDiff, error) {
	base, err := d.rulebook(draft.Based)
	if err != nil {
		return RegimeDiff{}, err
	}
	_, r, err := d.regimes().With([]byte(draft.Text))
	if err != nil {
		return RegimeDiff{}, err
	}
	return diffRegimes(base, r), nil
}

// AdoptDraft takes a draft into use as a version of its own.
func (d *Desk) AdoptDraft(ctx context.Context, text string) (RegimeRow, error) {
	if strings.TrimSpace(text) == "" {
		return RegimeRow{}, fault.New(fault.Usage, "draft-empty", "没有内容", fmt.Sprintf("办法文件最多 %d KB", regime.MaxFile>>10))
	}
	return d.AddRegime(ctx, []byte(text))
}
