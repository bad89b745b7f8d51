package complaint

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Effect is one change an act makes. The set is closed: see kinds.
type Effect interface {
	// Do is the effect's name in stored acts, for ever.
	Do() string
	// check refuses an effect that is wrong by itself.
	check() error
	// apply changes the case; it never fails.
	apply(c *Case, by *applied)
	// line is what the timeline says of it, or "".
	line() string
}

// kinds is the closed set. Names are append-only, meanings never change.
var kinds = map[string]func() Effect{
	"set": func() Effect { return &Set{} }, "add": func() Effect { return &Add{} }, "remove": func() Effect { return &Remove{} }, "update": func() Effect { return &Update{} },
	"decide": func() Effect { return &Decided{} }, "classify": func() Effect { return &Classify{} },
	"go": func() Effect { return &Go{} }, "open_track": func() Effect { return &OpenTrack{} }, "close_track": func() Effect { return &CloseTrack{} },
	"mark": func() Effect { return &Mark{} }, "assign": func() Effect { return &Assign{} },
	"suspend": func() Effect { return &Suspend{} }, "resume": func() Effect { return &Resume{} },
	"extend": func() Effect { return &Extend{} }, "restart": func() Effect { return &Restart{} },
	"letter_issued": func() Effect { return &LetterIssued{} }, "letter_voided": func() Effect { return &LetterVoided{} },
	"letter_delivered": func() Effect { return &LetterDelivered{} },
	"link":             func() Effect { return &Link{} }, "split": func() Effect { return &Split{} }, "merge": func() Effect { return &Merge{} },
	"note": func() Effect { return &Note{} }, "rebind": func() Effect { return &Rebind{} },
	"redact": func() Effect { return &Redact{} }, "same_person": func() Effect { return &SamePerson{} },
	"undo": func() Effect { return &Undo{} }, "resolve": func() Effect { return &Resolve{} },
}

// Kinds are the names of all effects, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

// Effects is a list of effects in stored form: [{"do":name,"with":{…}}, …].
type Effects []Effect

type stored struct {
	Do   string          `json:"do"`
	With json.RawMessage `json:"with"`
}

// MarshalJSON writes the stored form; unknown effects as they came.
func (es Effects) MarshalJSON() ([]byte, error) {
	out := make([]stored, 0, len(es))
	for _, e := range es {
		if u, ok := e.(*Unknown); ok {
			out = append(out, stored{Do: u.Name, With: u.With})
			continue
		}
		with, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("effect %s: %w", e.Do(), err)
		}
		out = append(out, stored{Do: e.Do(), With: with})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads the stored form. An effect that is unknown, or known and
// wrong, is kept as Unknown.
func (es *Effects) UnmarshalJSON(b []byte) error {
	var list []stored
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	if len(list) > MaxEffects {
		return fmt.Errorf("%w: %d effects", ErrAct, len(list))
	}
	*es = make(Effects, 0, len(list))
	for _, s := range list {
		*es = append(*es, decodeEffect(s))
	}
	return nil
}

func decodeEffect(s stored) Effect {
	if make, ok := kinds[s.Do]; ok {
		e := make()
		if json.Unmarshal(s.With, e) == nil && e.check() == nil {
			return e
		}
	}
	return &Unknown{Name: s.Do, With: append(json.RawMessage(nil), s.With...)}
}

// Unknown is an effect of a newer program, or a broken one; kept verbatim.
type Unknown struct {
	Name string
	With json.RawMessage
}

// Do is the name it came with.
func (u *Unknown) Do() string { return u.Name }

func (u *Unknown) check() error { return nil }

func (u *Unknown) apply(c *Case, by *applied) {
	if by.must {
		c.ReadOnly = true
	}
}

func (u *Unknown) line() string { return "由更新版本的程序写入，需要升级后查看" }

func need(ok bool, what string) error {
	if ok {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrAct, what)
}
