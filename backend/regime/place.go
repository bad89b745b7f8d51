package regime

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// draft is a file beside what it was read into. The regime may hold more than
// the file: what its base says, and the fields the loader adds. So a place in
// the regime is found in the file by ids, and by position only where elements
// have none.
type draft struct {
	file  *ast.File
	whole *Regime
}

// place gives a problem its line. A key that is missing has none: it is missing
// from the top. An element the file does not have stands in its base.
func (d *draft) place(p Problem) Problem {
	if p.Line > 0 {
		return p
	}
	p.Line = d.line(p.Path)
	switch {
	case p.Line > 0:
	case !strings.Contains(p.Path, "["):
		p.Line = 1
	case d.whole.Extends != "":
		p.Message += "（在基础文件 " + d.whole.Extends + " 中）"
	}
	return p
}

// line finds a path ("actions[3].fields[1].when") in the file: the line of its
// deepest part that is there, 0 if nothing is.
func (d *draft) line(path string) int {
	if d.file == nil || path == "" {
		return 0
	}
	node, at := d.file.Docs[0].Body, reflect.ValueOf(d.whole).Elem()
	found := 0
	for _, step := range strings.Split(path, ".") {
		key, index, _ := strings.Cut(strings.TrimSuffix(step, "]"), "[")
		if node = valueOf(node, key); node == nil {
			return found
		}
		at = child(at, key)
		if index == "" {
			found = nodeLine(node)
			continue
		}
		i, err := strconv.Atoi(index)
		if err != nil {
			return found
		}
		at = element(at, i)
		if node = d.item(node, at, i); node == nil {
			return found
		}
		found = nodeLine(node)
	}
	return found
}

// valueOf is what a mapping says under a key, nil if nothing.
func valueOf(n ast.Node, key string) ast.Node {
	for _, v := range pairs(n, func() {}) {
		if keyOf(v) == key {
			return v.Value
		}
	}
	return nil
}

// child is the field of a value with that YAML key.
func child(v reflect.Value, key string) reflect.Value {
	for v.IsValid() && v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if !v.IsValid() || v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	f, ok := fieldByKey(v.Type(), key)
	if !ok {
		return reflect.Value{}
	}
	return v.FieldByIndex(f.Index)
}

func element(v reflect.Value, i int) reflect.Value {
	if !v.IsValid() || v.Kind() != reflect.Slice || i < 0 || i >= v.Len() {
		return reflect.Value{}
	}
	return v.Index(i)
}

// identifying are the keys that tell one element of a list from the others.
var identifying = []string{"id", "kind", "track"}

// item finds in a list of the file what stands at i in the regime.
func (d *draft) item(n ast.Node, want reflect.Value, i int) ast.Node {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return nil
	}
	named := false
	var matches []ast.Node
	for _, item := range list.Values {
		same := true
		for _, key := range identifying {
			f := child(want, key)
			if !f.IsValid() || f.Kind() != reflect.String || f.String() == "" {
				continue
			}
			named = true
			given := valueOf(item, key)
			same = same && given != nil && given.GetToken().Value == f.String()
		}
		if same {
			matches = append(matches, item)
		}
	}
	switch {
	case named && len(matches) == 0:
		return nil
	case named && len(matches) == 1:
		return matches[0]
	case i < len(list.Values): // without an id, or the same id twice
		return list.Values[i]
	}
	return nil
}
