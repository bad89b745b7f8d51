package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"

	"jiesu/assets"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/letter/pdf"
	"jiesu/backend/regime"
)

// stationery is what letters are made with, and which were ever complete.
type stationery struct {
	templates map[string]*letter.Template
	fonts     *pdf.Fonts
	mu        sync.Mutex
	made      int
	issued    map[string]int // "regime/kind" → how often
	lacked    map[string]string
	taken     map[string]int            // "regime/track:action" → how often
	why       map[string]map[string]int // and why not, how often
}

func newStationery() (*stationery, error) {
	s := &stationery{templates: map[string]*letter.Template{}, issued: map[string]int{}, lacked: map[string]string{}, taken: map[string]int{}, why: map[string]map[string]int{}}
	all, err := letter.LoadDir(assets.Letters, "letters")
	if err != nil {
		return nil, err
	}
	for _, t := range all {
		s.templates[t.ID] = t
	}
	fonts, err := fsSub(assets.Fonts, "fonts")
	if err != nil {
		return nil, err
	}
	s.fonts, err = pdf.LoadFonts(fonts)
	return s, err
}

// profile is an office that every letter of the rulebook can come from.
func profile(r *regime.Regime) map[string]any {
	capacity := "agency"
	if len(r.Profiles) > 0 {
		capacity = r.Profiles[0]
	}
	self := "本机关"
	if !letter.Capacity(capacity).Administrative() {
		self = "本单位"
	}
	return map[string]any{"name": "样本单位", "issuer": "样本单位", "capacity": capacity, "code_word": "样", "system": "general", "self": self,
		"review_body": "样本区人民政府", "review_address": "样本路1号", "court": "样本区人民法院", "appeal": "样本申诉处", "appeal_days": "15日",
		"department": "样本科", "address": "样本路2号", "phone": "010-00000000", "hours": "9:00—17:00", "confirmed_by": "样本法制员",
		"confirmed_on": "2026-01-05", "refusal_free": true, "authority_basis": "样本依据"}
}

// write issues one of the letters that can go out now. What is listed as
// missing must be named; what lacks nothing must go out.
func (w *walk) write() error {
	facts := complaint.FactsAt(w.c, w.now)
	for _, i := range w.rng.Perm(len(w.r.Letters)) {
		use := w.r.Letters[i]
		if use.When != nil {
			if may, _ := use.When.Eval(facts); !may {
				continue
			}
		}
		if err := w.letter(use); err != nil {
			return fmt.Errorf("letter %s: %w", use.Kind, err)
		}
		if w.rng.IntN(3) > 0 {
			break
		}
	}
	return nil
}

func (w *walk) letter(use regime.LetterUse) error {
	if _, out := w.c.Valid(use.Kind); out {
		return nil
	}
	t := w.paper.templates[use.Template]
	if t == nil {
		return fmt.Errorf("there is no template %s", use.Template)
	}
	p := w.people[w.rng.IntN(len(w.people))]
	head := complaint.Letterhead{Office: profile(w.r), Officer: letter.Values{"name": p.name, "phone": "010-00000001"}, Limit: "自受理之日起六十日内。"}
	if _, lacks := letter.Fill(t, complaint.Values(w.c, w.r, head), letter.Options{Draft: true}); len(lacks) > 0 {
		return w.miss(use, lacks)
	}
	w.ids++
	head.Number, head.Serial, head.Date = fmt.Sprintf("样%s〔2026〕AA-%d号", use.Word, w.ids), fmt.Sprintf("2026-AA-%04d", w.ids), w.now.Format("2006-01-02")
	doc, lacks := letter.Fill(t, complaint.Values(w.c, w.r, head), letter.Options{})
	if len(lacks) > 0 {
		return fmt.Errorf("a draft lacks nothing, the letter lacks %v", lacks)
	}
	if text := doc.Text(); text == "" || strings.Contains(text, "____") {
		return fmt.Errorf("it lacks nothing and says %s", text)
	}
	if err := w.paper.draw(doc, w); err != nil {
		return err
	}
	act, err := complaint.DecideLetter(w.c, w.env(p), &complaint.LetterIssued{ID: fmt.Sprintf("letter-%d", w.ids), Kind: use.Kind, Label: use.Label,
		Number: head.Number, Date: head.Date, Template: t.ID, Version: t.Version, Marks: use.Marks, SHA256: strings.Repeat("0", 64)})
	if err != nil && fault.Of(err).Code == "recused" {
		return nil
	}
	if err != nil {
		return err
	}
	w.letters[use.Kind] = true
	w.paper.count(w.r, use)
	return w.put(p, act)
}

// miss keeps what a letter lacked, and refuses a lack without a name.
func (w *walk) miss(use regime.LetterUse, lacks []letter.Missing) error {
	var labels []string
	for _, m := range lacks {
		if m.Field == "" || m.Label == "" {
			return fmt.Errorf("something is missing without a name: %+v", m)
		}
		labels = append(labels, m.Field+" "+m.Label)
	}
	w.lacked[use.Kind] = strings.Join(labels, "、")
	w.paper.mu.Lock()
	defer w.paper.mu.Unlock()
	w.paper.lacked[w.r.Key()+"/"+use.Kind] = w.lacked[use.Kind]
	return nil
}

func (s *stationery) took(r *regime.Regime, a regime.Action) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken[r.Key()+"/"+a.Track+":"+a.ID]++
}

func (s *stationery) refused(r *regime.Regime, a regime.Action, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.Key() + "/" + a.Track + ":" + a.ID
	if s.why[key] == nil {
		s.why[key] = map[string]int{}
	}
	s.why[key][why]++
}

func (s *stationery) whyNot(r *regime.Regime, a regime.Action) map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.why[r.Key()+"/"+a.Track+":"+a.ID])
}

func (s *stationery) count(r *regime.Regime, use regime.LetterUse) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.issued[r.Key()+"/"+use.Kind]++
}

// draw makes one letter in ten a PDF.
func (s *stationery) draw(doc letter.Document, w *walk) error {
	s.mu.Lock()
	s.made++
	draw := s.made%10 == 0
	s.mu.Unlock()
	if !draw {
		return nil
	}
	raw, err := pdf.Render(context.Background(), s.fonts, doc, pdf.Options{Created: w.now})
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(raw, []byte("%PDF-")) || len(raw) < 1000 {
		return fmt.Errorf("no PDF: %d bytes", len(raw))
	}
	return nil
}
