package complaint

import (
	"maps"
	"slices"
	"strings"

	"jiesu/backend/journal"
)

// Set gives descriptive fields a value. The key is a field id or a path into
// one ("complainant.phone"); nil clears. The causally last wins, the clock
// decides only between concurrent ones, the loser stays in the history.
type Set struct {
	Values map[string]any `json:"values"`
}

// Do implements Effect.
func (*Set) Do() string { return "set" }

func (e *Set) check() error {
	for path := range e.Values {
		if path == "" || strings.Count(path, ".") > 2 {
			return need(false, "set path "+path)
		}
	}
	return need(len(e.Values) > 0 && len(e.Values) <= 300, "set values")
}

func (e *Set) apply(c *Case, by *applied) {
	for _, path := range slices.Sorted(maps.Keys(e.Values)) { // a field before the paths into it
		c.flag(path, e.Values[path], by.id)
		setPath(c.Fields, strings.Split(path, "."), e.Values[path])
	}
}

func (*Set) line() string { return "" }

// flag remembers who said yes to a field, and forgets it with a no: a limit
// that runs only then says whose word it is. Who says yes again changes nothing.
func (c *Case) flag(path string, value any, act journal.ID) {
	yes, _ := value.(bool)
	switch {
	case !yes:
		delete(c.Flags, path)
	case c.Fields[path] == true:
	case c.Flags == nil:
		c.Flags = map[string]journal.ID{path: act}
	default:
		c.Flags[path] = act
	}
}

func setPath(m map[string]any, path []string, value any) {
	if len(path) > 1 {
		inner, ok := m[path[0]].(map[string]any)
		if !ok {
			inner = map[string]any{}
		}
		copied := make(map[string]any, len(inner)+1)
		for k, v := range inner {
			copied[k] = v
		}
		setPath(copied, path[1:], value)
		m[path[0]] = copied
		return
	}
	if value == nil {
		delete(m, path[0])
		return
	}
	m[path[0]] = value
}
