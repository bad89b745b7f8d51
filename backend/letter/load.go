package letter

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jiesu/backend/fault"
)

const (
	maxFile  = 256 << 10
	maxDepth = 12
	maxFiles = 500
)

// Load reads and checks one template file. A broken one is refused whole, with
// the line and the cause.
func Load(data []byte) (*Template, error) {
	t, err := Unchecked(data)
	if err != nil {
		return nil, err
	}
	if err := CheckTemplate(t); err != nil {
		return nil, err
	}
	return t, nil
}

// Unchecked reads a template file that may lack what its kind must have: for
// tests that take one line away and see what fails without it.
func Unchecked(data []byte) (*Template, error) {
	if len(data) > maxFile {
		return nil, broken(0, fmt.Errorf("文件超过 %d KB", maxFile>>10))
	}
	sum := sha256.Sum256(data)
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		return nil, broken(0, errors.New("文件不是 UTF-8 编码"))
	}
	w := &walker{data: data, dec: json.NewDecoder(bytes.NewReader(data)), lines: map[string]int{}}
	if err := w.run(); err != nil {
		return nil, broken(w.line(), err)
	}
	t := &Template{Hash: hex.EncodeToString(sum[:]), lines: w.lines}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(t); err != nil {
		return nil, t.decodeError(err, data)
	}
	if where, err := t.compileAll(); err != nil {
		return nil, broken(t.lines[where], err)
	}
	return t, nil
}

// LoadDir loads every *.json below dir, by name.
func LoadDir(fsys fs.FS, dir string) ([]*Template, error) {
	names, err := fs.Glob(fsys, path.Join(dir, "*.json"))
	if err != nil || len(names) > maxFiles {
		return nil, broken(0, fmt.Errorf("文书模板太多或目录不可读（%d 个）", len(names))).Wrap(err)
	}
	var out []*Template
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, broken(0, errors.New(path.Base(name)+" 读不出来")).Wrap(err)
		}
		t, err := Load(data)
		if err != nil {
			f := fault.Of(err)
			return nil, fault.New(f.Kind, f.Code, path.Base(name)+"："+f.Message, f.Hint)
		}
		if slices.ContainsFunc(out, func(o *Template) bool { return o.ID == t.ID && o.Version == t.Version }) {
			return nil, broken(0, fmt.Errorf("%s 的编号和版本与另一个模板相同（%s %s）", path.Base(name), t.ID, t.Version))
		}
		out = append(out, t)
	}
	return out, nil
}

func broken(line int, cause error) *fault.Fault {
	where := ""
	if line > 0 {
		where = fmt.Sprintf("第 %d 行：", line)
	}
	return fault.New(fault.Refused, "template-broken", "文书模板不能使用。"+where+cause.Error(),
		"请改正该文件后重新载入；原有模板继续有效")
}

var unknownKey = regexp.MustCompile(`unknown field "(.*)"`)

// decodeError finds the line of what encoding/json could not take.
func (t *Template) decodeError(err error, data []byte) error {
	if m := unknownKey.FindStringSubmatch(err.Error()); m != nil {
		return broken(t.lines["key "+m[1]], fmt.Errorf("不认识的键 %q", m[1]))
	}
	var te *json.UnmarshalTypeError
	if errors.As(err, &te) {
		return broken(lineAt(data, int(te.Offset)), fmt.Errorf("%s 的类型不对", te.Field))
	}
	return broken(0, errors.New("内容读不懂")).Wrap(err)
}

func lineAt(data []byte, offset int) int {
	return 1 + bytes.Count(data[:min(max(offset, 0), len(data))], []byte("\n"))
}

// walker goes through the tokens once for what encoding/json does not check:
// depth, repeated keys, trailing data; and notes the lines.
type walker struct {
	data  []byte
	dec   *json.Decoder
	lines map[string]int
}

func (w *walker) line() int { return lineAt(w.data, int(w.dec.InputOffset())) }

func (w *walker) run() error {
	if err := w.value("", 1); err != nil {
		return err
	}
	if _, err := w.dec.Token(); err != io.EOF {
		return errors.New("文件末尾有多余的内容")
	}
	return nil
}

func (w *walker) value(at string, depth int) error {
	tok, err := w.dec.Token()
	if err != nil {
		return errors.New("不是合格的 JSON")
	}
	if _, container := tok.(json.Delim); container && depth > maxDepth {
		return fmt.Errorf("嵌套超过 %d 层", maxDepth)
	}
	if _, seen := w.lines[at]; !seen {
		w.lines[at] = w.line()
	}
	switch tok {
	case json.Delim('{'):
		return w.object(at, depth)
	case json.Delim('['):
		for i := 0; w.dec.More(); i++ {
			if err := w.value(fmt.Sprintf("%s.%d", at, i), depth+1); err != nil {
				return err
			}
		}
		return w.closing()
	}
	return nil
}

func (w *walker) object(at string, depth int) error {
	seen := map[string]bool{}
	for w.dec.More() {
		tok, err := w.dec.Token()
		key, ok := tok.(string)
		if err != nil || !ok {
			return errors.New("不是合格的 JSON")
		}
		// encoding/json matches keys without case; here "Kind" is not "kind".
		if seen[key] || key != strings.ToLower(key) {
			return fmt.Errorf("键 %q 重复或含大写字母", key)
		}
		seen[key] = true
		if _, known := w.lines["key "+key]; !known {
			w.lines["key "+key] = w.line()
		}
		if err := w.value(strings.TrimPrefix(at+"."+key, "."), depth+1); err != nil {
			return err
		}
	}
	return w.closing()
}

func (w *walker) closing() error {
	if _, err := w.dec.Token(); err != nil {
		return errors.New("不是合格的 JSON")
	}
	return nil
}

// compileAll compiles every text of the template; on error it says which block.
func (t *Template) compileAll() (where string, err error) {
	t.texts = map[string]text{}
	for i := range t.Blocks {
		t.Blocks[i].visit(func(s string) {
			c, cerr := compile(s)
			if cerr != nil && err == nil {
				where, err = fmt.Sprintf("blocks.%d", i), cerr
			}
			t.texts[s] = c
		})
	}
	return where, err
}

// visit calls f with every text of the block.
func (b *Block) visit(f func(string)) {
	f(b.Lead)
	f(b.Text)
	f(b.Date)
	for _, r := range b.Rows {
		for _, c := range r.Cells {
			f(c.Text)
			for _, l := range slices.Concat(c.Lines, c.Foot) {
				f(l.Lead)
				f(l.Text)
			}
		}
	}
}
