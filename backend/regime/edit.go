package regime

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiesu/backend/fault"
)

// Change is one small edit of a file: a value of the head (version,
// effective_from, title), the length of a limit, or a role more.
type Change struct {
	Part  string `json:"part"` // head, limit, role
	ID    string `json:"id"`   // of the head: the key; else the element's id
	Value string `json:"value"`
}

// Apply makes a change in the text of a file and leaves all else as it was
// written, comments and order too. The result is still to be checked.
func Apply(source []byte, c Change) ([]byte, error) {
	var r Regime
	file, _, bad := readYAML(source, &r)
	if bad != nil {
		return nil, bad.fault()
	}
	body := file.Docs[0].Body
	switch c.Part {
	case "head":
		return setValue(source, body, c.ID, c.Value)
	case "limit":
		for _, item := range items(body, "clocks") {
			if id := valueOf(item, "id"); id != nil && id.GetToken().Value == c.ID {
				return setValue(source, item, "span", c.Value)
			}
		}
		return nil, fault.New(fault.NotFound, "edit-no-such", "文件里没有时限“"+short(c.ID)+"”", "它可能写在基础文件里，请直接编辑文字").At("id")
	case "role":
		return addRole(source, body, c)
	}
	return nil, fault.New(fault.Usage, "edit-kind", "不能这样修改："+short(c.Part), "请直接编辑文字")
}

func items(body ast.Node, key string) []ast.Node {
	if list, ok := valueOf(body, key).(*ast.SequenceNode); ok {
		return list.Values
	}
	return nil
}

// written is a plain or quoted value as it stands after its key.
var written = regexp.MustCompile(`^(:\s*)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,}#][^,}#\n]*)`)

func setValue(source []byte, mapping ast.Node, key, value string) ([]byte, error) {
	for _, v := range pairs(mapping, func() {}) {
		if keyOf(v) != key {
			continue
		}
		at := v.Key.GetToken().Position
		lines := bytes.SplitAfter(source, []byte("\n"))
		if at.Line > len(lines) {
			break
		}
		line := []rune(string(lines[at.Line-1]))
		start := min(at.Column-1+len([]rune(key)), len(line))
		rest := string(line[start:])
		m := written.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		lines[at.Line-1] = []byte(string(line[:start]) + rest[:m[3]] + quoted(value) + rest[m[5]:])
		return bytes.Join(lines, nil), nil
	}
	return nil, fault.New(fault.Refused, "edit-not-written", "文件里没有写“"+short(key)+"”，不能替换", "请直接编辑文字").At("value")
}

// quoted is a value as YAML: always a text.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// addRole writes a role after the last one, or a list of roles where there is
// none.
func addRole(source []byte, body ast.Node, c Change) ([]byte, error) {
	if !validID(c.ID) || strings.TrimSpace(c.Value) == "" {
		return nil, fault.New(fault.Usage, "edit-role", "角色要有编号（英文字母、数字和 -）和名称", "例如 clerk 办事员").At("id")
	}
	lines := bytes.SplitAfter(source, []byte("\n"))
	entry := fmt.Sprintf("{id: %s, label: %s}", c.ID, quoted(c.Value))
	roles := items(body, "roles")
	if len(roles) == 0 {
		if len(source) > 0 && source[len(source)-1] != '\n' {
			lines = append(lines, []byte("\n"))
		}
		return append(bytes.Join(lines, nil), []byte("\nroles:\n  - "+entry+"\n")...), nil
	}
	last := nodeLine(roles[len(roles)-1])
	line := string(lines[last-1])
	dash := strings.Index(line, "- ")
	if dash < 0 || strings.TrimSpace(line[:dash]) != "" || !strings.Contains(line, "}") {
		return nil, fault.New(fault.Refused, "edit-roles-shape", "角色不是一行一个写的，不能自动添加", "请直接编辑文字").At("id")
	}
	lines[last-1] = []byte(strings.TrimRight(line, "\n") + "\n" + line[:dash] + "- " + entry + "\n")
	return bytes.Join(lines, nil), nil
}
