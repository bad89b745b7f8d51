package requirement

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Node is a place in a rulebook or a letter.
type Node struct {
	Letter bool
	File   string // without its ending
	Path   []string
}

// ParseNode reads "s16-property:clocks/report-up" or "letter:NAME:path".
func ParseNode(s string) (Node, error) {
	var n Node
	rest := s
	if after, ok := strings.CutPrefix(s, "letter:"); ok {
		n.Letter, rest = true, after
	}
	file, path, has := strings.Cut(rest, ":")
	n.File = file
	if path != "" {
		n.Path = strings.Split(path, "/")
	}
	if file == "" || has && path == "" || !n.Letter && !has || slices.Contains(n.Path, "") {
		return n, fmt.Errorf("%q is no node: write FILE:path/to/it or letter:FILE:path/to/it", s)
	}
	return n, nil
}

func (n Node) String() string {
	s := n.File
	if n.Letter {
		s = "letter:" + s
	}
	if len(n.Path) > 0 {
		s += ":" + strings.Join(n.Path, "/")
	}
	return s
}

// Find gives what stands at a path of plain JSON data; none: nothing does.
func Find(doc any, path []string) []any {
	if len(path) == 0 {
		return []any{doc}
	}
	var out []any
	switch v := doc.(type) {
	case map[string]any:
		if next, ok := v[key(v, path[0])]; ok {
			out = Find(next, path[1:])
		}
	case []any:
		for _, i := range elements(v, path[0]) {
			out = append(out, Find(v[i], path[1:])...)
		}
	}
	return out
}

// Remove takes away what stands at a path and says whether anything did. An
// element of a list leaves no hole.
func Remove(doc any, path []string) (any, bool) {
	if len(path) == 0 {
		return nil, true
	}
	switch v := doc.(type) {
	case map[string]any:
		return removeKey(v, path)
	case []any:
		return removeElements(v, path)
	}
	return doc, false
}

func removeKey(v map[string]any, path []string) (any, bool) {
	name := key(v, path[0])
	next, ok := v[name]
	if !ok {
		return v, false
	}
	if len(path) == 1 {
		delete(v, name)
		return v, true
	}
	next, ok = Remove(next, path[1:])
	v[name] = next
	return v, ok
}

func removeElements(v []any, path []string) (any, bool) {
	found := elements(v, path[0])
	if len(path) == 1 {
		kept := []any{}
		for i, e := range v {
			if !slices.Contains(found, i) {
				kept = append(kept, e)
			}
		}
		return kept, len(found) > 0
	}
	any := false
	for _, i := range found {
		next, ok := Remove(v[i], path[1:])
		v[i], any = next, any || ok
	}
	return v, any
}

// key lets a group's row be written items, as in the file.
func key(v map[string]any, step string) string {
	if _, has := v[step]; !has && step == "items" {
		return "item"
	}
	return step
}

// names are what an element of a list is called by, in this order: the first
// that fits some element holds for all.
var names = []string{"id", "kind", "title", "field", "number", "name"}

func elements(list []any, step string) []int {
	id, track, on := strings.Cut(step, "@")
	if !on {
		id = step
	}
	fits := []func(any) bool{}
	for _, name := range names {
		fits = append(fits, func(e any) bool {
			m, ok := e.(map[string]any)
			return ok && fmt.Sprint(m[name]) == id && (!on || m["track"] == track)
		})
	}
	fits = append(fits, func(e any) bool { return e == step },
		func(e any) bool { m, ok := e.(map[string]any); return ok && m[step] != nil },
		func(e any) bool { return carries(e, step) })
	for _, fit := range fits {
		var found []int
		for i, e := range list {
			if fit(e) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(list) {
		return []int{i}
	}
	return nil
}

// carries says whether an element's effect is the word or is about it.
func carries(e any, step string) bool {
	m, _ := e.(map[string]any)
	if m["id"] != nil || m["kind"] != nil { // no effect
		return false
	}
	for _, v := range m {
		if v == step {
			return true
		}
		inner, _ := v.(map[string]any)
		for _, name := range []string{"id", "field", "slot", "clock"} {
			if inner[name] == step {
				return true
			}
		}
	}
	return false
}

// same says whether two pieces of plain data are equal.
func same(a, b any) bool { return reflect.DeepEqual(a, b) }
