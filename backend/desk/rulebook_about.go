package desk

import (
	"context"
	"strings"

	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// RegimeAbout is what a rulebook says of itself.
type RegimeAbout struct {
	RegimeRow
	Purpose     string          `json:"purpose"`
	Issuer      string          `json:"issuer"`
	Interpreter string          `json:"interpreter"`
	Basis       []string        `json:"basis"`       // 《title》 article
	Supplements []SupplementRow `json:"supplements"` // 补充规定
	Capacities  []string        `json:"capacities"`  // labels: to whom it is offered; none: to all
	Sectors     []string        `json:"sectors"`
	Matters     []MatterRow     `json:"matters"`
	Roles       []OptionRow     `json:"roles"`
}

// SupplementRow is one rule of the office's own beside the rulebook.
type SupplementRow struct {
	Number string `json:"number"`
	Title  string `json:"title"`
	Issued string `json:"issued"`
	From   string `json:"effective_from"`
	Stage  string `json:"stage"` // label of the stage it is shown at; empty: everywhere
	Text   string `json:"text"`
}

// MatterRow is one kind of case a rulebook handles.
type MatterRow struct {
	ID    string   `json:"id"`
	Label string   `json:"label"`
	Help  string   `json:"help"`
	Flags []string `json:"flags"`
}

// AboutRegime says what a rulebook is for, on what it rests, who issued and
// who interprets it, for whom it is meant and what it handles. It needs no data
// folder.
func (d *Desk) AboutRegime(_ context.Context, id string) (RegimeAbout, error) {
	r, err := d.rulebook(id)
	if err != nil {
		return RegimeAbout{}, err
	}
	return aboutOf(r), nil
}

func aboutOf(r *regime.Regime) RegimeAbout {
	out := RegimeAbout{RegimeRow: regimeRow(r), Purpose: r.Purpose, Issuer: r.Issuer, Interpreter: r.Interpreter, Basis: []string{},
		Supplements: []SupplementRow{}, Capacities: []string{}, Sectors: []string{}, Matters: []MatterRow{}, Roles: []OptionRow{}}
	for _, b := range r.Basis {
		out.Basis = append(out.Basis, strings.TrimSpace(b.Title+" "+b.Article))
	}
	for _, s := range r.Supplements {
		out.Supplements = append(out.Supplements, SupplementRow{Number: s.Number, Title: s.Title, Issued: s.Issued, From: s.From,
			Stage: stageLabel(r, s.Stage), Text: s.Text})
	}
	for _, c := range r.Profiles {
		out.Capacities = append(out.Capacities, letter.Capacity(c).Label())
	}
	for _, o := range regime.Sectors() {
		if len(r.Sectors) > 0 && r.FitsSector(o.ID) {
			out.Sectors = append(out.Sectors, o.Label)
		}
	}
	for _, m := range r.Matters {
		out.Matters = append(out.Matters, MatterRow{ID: m.ID, Label: m.Label, Help: m.Help, Flags: append([]string{}, m.Flags...)})
	}
	for _, role := range r.Roles {
		out.Roles = append(out.Roles, OptionRow{ID: role.ID, Label: role.Label})
	}
	return out
}

// stageLabel names a stage written "track:stage".
func stageLabel(r *regime.Regime, path string) string {
	track, id, _ := strings.Cut(path, ":")
	s, _ := r.Stage(track, id)
	return s.Label
}

// stageGuidance is what an officer should know while a track stands at a
// stage: the rulebook's rule of conduct and the office's supplements to it.
func stageGuidance(r *regime.Regime, track, stage string) string {
	var lines []string
	if s, ok := r.Stage(track, stage); ok && s.Guidance != "" {
		lines = append(lines, s.Guidance)
	}
	for _, s := range r.Supplements {
		if s.Stage == track+":"+stage || s.Stage == "" {
			lines = append(lines, "《"+s.Title+"》（"+s.Number+"）："+s.Text)
		}
	}
	return strings.Join(lines, "\n")
}
