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
	maxItems = 2_000 // of one list
)

// badFile is a file that cannot be read at all: where, and why.
type badFile struct {
	line  int
	why   string
	cause error
}

// Error implements error.
func (b *badFile) Error() string { return b.fault().Error() }

// fault is the refusal: of the whole file, with the line.
func (b *badFile) fault() *fault.Fault {
	at := ""
	if b.line > 0 {
		at = fmt.Sprintf("第 %d 行：", b.line)
	}
	f := fault.New(fault.Refused, "regime-bad", "办法文件不能用："+at+b.why, "请改正后再加载；原来的办法继续有效")
	if b.cause == nil {
		return f
	}
	return f.Wrap(b.cause)
}

func fileError(line int, why string) *badFile { return &badFile{line: line, why: why} }

// readYAML decodes one strict YAML document: limited, without anchors,
// aliases, merge keys, tags or unknown keys. What is only wrong in a place or
// two is listed, all of it, and the rest is decoded.
func readYAML(b []byte, into any) (file *ast.File, wrong []Problem, bad *badFile) {
	// The parser is a large outside library and the bytes are hostile: a
	// panic in it is a broken file, not a broken program.
	defer func() {
		if p := recover(); p != nil {
			file, wrong, bad = nil, nil, fileError(0, "格式不对")
		}
	}()
	if len(b) > MaxFile {
		return nil, nil, fileError(0, fmt.Sprintf("文件超过 %d KB", MaxFile>>10))
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if !utf8.Valid(b) {
		return nil, nil, fileError(0, "不是 UTF-8 文字")
	}
	if line, why := outline(string(b)); why != "" {
		return nil, nil, fileError(line, why)
	}
	tokens := lexer.Tokenize(string(b))
	if line, why := checkTokens(tokens); why != "" {
		return nil, nil, fileError(line, why)
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, nil, inChinese(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, nil, fileError(0, "应恰好有一份内容")
	}
	wrong, fatal := shapeProblems(file.Docs[0].Body, into)
	if fatal {
		return file, wrong, nil
	}
	if err := yaml.NodeToValue(file.Docs[0].Body, into); err != nil {
		return nil, nil, inChinese(err)
	}
	return file, wrong, nil
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
		if strings.ContainsFunc(text, unseen) {
			return line, "有看不见的控制字符"
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

// unseen are characters that a person who reads the file does not see: control
// characters and those that turn the direction of text, with which a file can
// say something else than it shows.
func unseen(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff:
		return true
	}
	return false
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
func inChinese(err error) *badFile {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil || e.GetToken().Position == nil {
		return &badFile{why: "格式不对", cause: err}
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
	return &badFile{line: t.Position.Line, why: why, cause: err}
}

func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}
