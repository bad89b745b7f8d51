package regime

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// shapeProblems compares a file with the type it is read into and lists every
// unknown key and every value of the wrong kind, where the decoder stops at the
// first. fatal: some value cannot be decoded, so nothing was.
func shapeProblems(body ast.Node, into any) (problems []Problem, fatal bool) {
	s := &shaper{}
	s.visit(body, reflect.TypeOf(into), "")
	return s.problems, s.fatal
}

type shaper struct {
	problems []Problem
	fatal    bool
}

func (s *shaper) say(n ast.Node, path, format string, args ...any) {
	if len(s.problems) >= maxProblems {
		return
	}
	s.problems = append(s.problems, Problem{Path: path, Line: nodeLine(n), Message: fmt.Sprintf(format, args...)})
}

// wrong is a value of another kind than is asked for. Its problem has no path:
// nothing of the file is decoded.
func (s *shaper) wrong(n ast.Node, path, want string) {
	s.fatal = true
	_, key, _ := cutLast(path)
	s.say(n, "", "“%s”的写法与这一项要求的类型不符：应为%s", short(key), want)
}

func (s *shaper) visit(n ast.Node, t reflect.Type, path string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if n == nil || n.Type() == ast.NullType {
		return // as if it were not there
	}
	switch t.Kind() {
	case reflect.Struct:
		s.visitStruct(n, t, path)
	case reflect.Map:
		for _, v := range pairs(n, func() { s.wrong(n, path, "一组“名称: 值”") }) {
			s.visit(v.Value, t.Elem(), path+"."+keyOf(v))
		}
	case reflect.Slice:
		s.visitList(n, t, path)
	case reflect.Interface:
		// free: the default of a field, the value of an effect
	default:
		s.visitScalar(n, t, path)
	}
}

func (s *shaper) visitStruct(n ast.Node, t reflect.Type, path string) {
	for _, v := range pairs(n, func() { s.wrong(n, path, "一组“名称: 值”") }) {
		key := keyOf(v)
		f, ok := fieldByKey(t, key)
		if !ok {
			s.say(v.Key, join(path, key), "不认识的项目“%s”", short(key))
			continue
		}
		s.visit(v.Value, f.Type, join(path, key))
	}
}

func (s *shaper) visitList(n ast.Node, t reflect.Type, path string) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		s.wrong(n, path, "列表（每项一行，以 - 开头）")
		return
	}
	if len(list.Values) > maxItems {
		s.fatal = true
		s.say(n, "", "“%s”超过 %d 项", short(path), maxItems)
		return
	}
	for i, item := range list.Values {
		s.visit(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i))
	}
}

// visitScalar: an article 4.10 written without quotes is read as the number
// 4.1, so a text that a number would not keep must be quoted.
func (s *shaper) visitScalar(n ast.Node, t reflect.Type, path string) {
	switch n.Type() {
	case ast.MappingType, ast.MappingValueType, ast.SequenceType:
		s.wrong(n, path, map[bool]string{true: "文字", false: "单个的值"}[t.Kind() == reflect.String])
		return
	}
	text := t.Kind() == reflect.String
	number := n.Type() == ast.FloatType || n.Type() == ast.IntegerType
	switch {
	case text && number && fmt.Sprint(n.(ast.ScalarNode).GetValue()) != n.GetToken().Value:
		s.say(n, path, "“%s”要加引号，否则读作 %v", short(n.GetToken().Value), n.(ast.ScalarNode).GetValue())
	case text && n.Type() == ast.BoolType:
		s.say(n, path, "“%s”要加引号", short(n.GetToken().Value))
	case t.Kind() == reflect.Bool && n.Type() != ast.BoolType:
		s.wrong(n, path, " true 或 false")
	case t.Kind() == reflect.Int && n.Type() != ast.IntegerType:
		s.wrong(n, path, "整数")
	case t.Kind() == reflect.Float64 && !number:
		s.wrong(n, path, "数字")
	}
}

// pairs are the keys and values of a mapping; otherwise is called for what is
// none.
func pairs(n ast.Node, otherwise func()) []*ast.MappingValueNode {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}
	}
	otherwise()
	return nil
}

func keyOf(v *ast.MappingValueNode) string { return v.Key.GetToken().Value }

// fieldByKey finds the field of a struct that has a YAML key.
func fieldByKey(t reflect.Type, key string) (reflect.StructField, bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == key && name != "-" && name != "" {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// cutLast splits a path before its last key.
func cutLast(path string) (head, key string, found bool) {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i], path[i+1:], true
	}
	return "", path, false
}

func nodeLine(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	return n.GetToken().Position.Line
}
