package complaint

import (
	"maps"
	"slices"
	"strings"
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

func (e *Set) apply(c *Case, _ *applied) {
	for _, path := range slices.Sorted(maps.Keys(e.Values)) { // a field before the paths into it
		setPath(c.Fields, strings.Split(path, "."), e.Values[path])
	}
}

func (*Set) line() string { return "" }

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
