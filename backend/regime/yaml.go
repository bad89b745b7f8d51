package regime

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"jiesu/backend/fault"
)

// Limits of a rulebook file.
const (
	MaxFile  = 512 << 10
	MaxDepth = 16
	maxWidth = 2_000 // tokens on one line
)

// fileError is a broken file: refused whole, with the line.
func fileError(line int, why string) *fault.Fault {
	at := ""
	if line > 0 {
		at = fmt.Sprintf("第 %d 行：", line)
	}
	return fault.New(fault.Refused, "regime-bad", "办法文件不能用："+at+why, "请改正后再加载；原来的办法继续有效")
}

// readYAML decodes one strict YAML document: limited, without anchors,
// aliases, merge keys, tags or unknown keys.
func readYAML(b []byte, into any) (file *ast.File, err error) {
	// The parser is a large outside library and the bytes are hostile: a
	// panic in it is a broken file, not a broken program.
	defer func() {
		if p := recover(); p != nil {
			file, err = nil, fileError(0, "格式不对")
		}
	}()
	if len(b) > MaxFile {
		return nil, fileError(0, fmt.Sprintf("文件超过 %d KB", MaxFile>>10))
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		return nil, fileError(0, "不是 UTF-8 文字")
	}
	if line, why := outline(string(b)); why != "" {
		return nil, fileError(line, why)
	}
	tokens := lexer.Tokenize(string(b))
	if line, why := checkTokens(tokens); why != "" {
		return nil, fileError(line, why)
	}
	file, err = parser.Parse(tokens, 0)
	if err != nil {
		return nil, inChinese(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fileError(0, "应恰好有一份内容")
	}
	if err := yaml.NodeToValue(file.Docs[0].Body, into, yaml.Strict()); err != nil {
		return nil, inChinese(err)
	}
	return file, nil
}

// outline bounds what the lexer and parser will meet before they run, because
// both take more than linear time on lines no person writes.
func outline(s string) (int, string) {
	deep, line := 0, 0
	for text := range strings.Lines(s) {
		line++
		if len(text) > 8<<10 {
			return line, "一行太长"
		}
		if indent := len(text) - len(strings.TrimLeft(text, " ")); indent > 200 && strings.TrimSpace(text) != "" {
			return line, "缩进太深"
		}
		// Brackets in quoted or plain text count too: a file needs few.
		for _, r := range text {
			switch r {
			case '[', '{':
				deep++
			case ']', '}':
				deep = max(deep-1, 0)
			}
		}
		if deep > 4*MaxDepth {
			return line, fmt.Sprintf("括号嵌套超过 %d 层", MaxDepth)
		}
	}
	return 0, ""
}

// checkTokens refuses what a rulebook does not need, and bounds the depth
// before the recursive parser sees it.
func checkTokens(tokens token.Tokens) (int, string) {
	flow := 0
	var columns []int // of the block collections that are open
	width, lastLine := 0, 0
	for _, t := range tokens {
		if t.Position == nil {
			continue
		}
		line := t.Position.Line
		if line != lastLine {
			width, lastLine = 0, line
		}
		if width++; width > maxWidth {
			return line, "一行太长"
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return line, "不许使用锚点、引用和合并（& * <<）"
		case token.TagType, token.DirectiveType:
			return line, "不许使用标签和指令（! %）"
		case token.DocumentHeaderType, token.DocumentEndType:
			return line, "只许有一份内容，不写 ---"
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingValueType:
			if flow > 0 {
				continue
			}
			column := t.Position.Column
			if t.Type == token.MappingValueType && t.Prev != nil && t.Prev.Position != nil {
				column = t.Prev.Position.Column
			}
			for len(columns) > 0 && columns[len(columns)-1] >= column {
				columns = columns[:len(columns)-1]
			}
			columns = append(columns, column)
		}
		if len(columns)+flow > MaxDepth {
			return line, fmt.Sprintf("嵌套超过 %d 层", MaxDepth)
		}
	}
	return 0, ""
}

// inChinese says what the library found, with the line.
func inChinese(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil || e.GetToken().Position == nil {
		return fileError(0, "格式不对").Wrap(err)
	}
	t := e.GetToken()
	why := "格式不对"
	var (
		unknown   *yaml.UnknownFieldError
		duplicate *yaml.DuplicateKeyError
		wrong     *yaml.TypeError
		node      *yaml.UnexpectedNodeTypeError
	)
	switch {
	case errors.As(err, &unknown):
		why = "不认识的项目“" + short(t.Value) + "”"
	case errors.As(err, &duplicate), strings.Contains(e.GetMessage(), "already defined"):
		why = "“" + short(t.Value) + "”出现两次"
	case errors.As(err, &wrong), errors.As(err, &node):
		why = "“" + short(t.Value) + "”的写法与这一项要求的类型不符"
	}
	return fileError(t.Position.Line, why).Wrap(err)
}

func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}

// lineOf finds the line of a YAML path ("actions[3].guard") in a file, 0 if it
// is not there.
func lineOf(file *ast.File, path string) int {
	if file == nil || path == "" {
		return 0
	}
	p, err := yaml.PathString("$." + path)
	if err != nil {
		return 0
	}
	node, err := p.FilterFile(file)
	if err != nil || node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return 0
	}
	return node.GetToken().Position.Line
}
