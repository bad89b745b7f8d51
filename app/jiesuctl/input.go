package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"jiesu/backend/fault"
)

// maxInput is the largest JSON input that is taken.
const maxInput = 16 << 20

func inputFlag(fs *flag.FlagSet) *string {
	return fs.String("f", "", "JSON `文件`（UTF-8），- 为标准输入")
}

// read decodes the JSON of -f, or of a batch line, into a value. What the
// value has no place for is refused: a misspelt name must not get lost.
func (c *call) read(file string, into any) error {
	raw := c.input
	if raw == nil {
		if file == "" {
			return usage("请用 -f 给出 JSON 文件，- 为标准输入")
		}
		var err error
		if raw, err = c.readFile(file, maxInput); err != nil {
			return err
		}
	}
	return decode(raw, into)
}

// given says whether there is input at all.
func (c *call) given(file string) bool { return c.input != nil || file != "" }

func decode(raw []byte, into any) error {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(raw) {
		return fault.New(fault.Usage, "bad-input", "输入不是 UTF-8 编码", "请把文件另存为 UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		err = errors.New("more than one value")
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		what := "输入"
		if wrong.Field != "" {
			what = "“" + wrong.Field + "”"
		}
		return fault.New(fault.Usage, "bad-input", what+"的形式不对", what+"应是"+wanted(wrong.Type)).At(wrong.Field).Wrap(err)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return fault.New(fault.Usage, "bad-input", "没有输入内容", "请用 -f 给出写好的 JSON")
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fault.New(fault.Usage, "unknown-field", "输入里有不认识的项目："+name, "请核对项目名；办法自己的项目放在 fields 里")
	}
	return fault.New(fault.Usage, "bad-input", fmt.Sprintf("输入的 JSON 看不懂（第 %d 个字节附近）", d.InputOffset()), "请检查引号、逗号和括号").Wrap(err)
}

// wanted says in words what a value has to look like.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "文字"
	case reflect.Bool:
		return " true 或 false"
	case reflect.Slice:
		return "列表，如 [ … ]"
	case reflect.Struct, reflect.Map:
		return `对象，如 {"name":"…"}`
	}
	return "数字"
}

// openFile opens a file, and only a file.
func openFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.New(fault.NotFound, "file-not-found", "没有找到文件："+path, "请核对文件位置").Wrap(err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, fault.New(fault.Usage, "not-a-file", "这不是文件："+path, "请写明一个文件").Wrap(err)
	}
	return f, nil
}

// readFile reads a file or, for "-", the rest of the standard input.
func (p *program) readFile(file string, limit int64) ([]byte, error) {
	var r io.Reader = p.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, fault.New(fault.NotFound, "file-not-found", "文件打不开："+file, "请核对文件位置和权限").Wrap(err)
		}
		defer f.Close()
		r = f
	}
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fault.New(fault.Failed, "file-not-read", "文件读不出来："+file, "请检查文件是否完好").Wrap(err)
	case int64(len(raw)) > limit:
		return nil, fault.New(fault.Refused, "input-too-large", fmt.Sprintf("文件超过 %d MB：%s", limit>>20, file), "请核对是不是选错了文件")
	}
	return raw, nil
}

const passwordVariable = "JIESU_PASSWORD"

func passwordInEnvironment() bool { return os.Getenv(passwordVariable) != "" }

// password comes from --password-file, JIESU_PASSWORD or a prompt. The
// variable is taken away at once, so that no child process sees it.
func (s *session) password(label string) ([]byte, error) {
	env := os.Getenv(passwordVariable)
	if err := os.Unsetenv(passwordVariable); err != nil {
		return nil, err
	}
	switch {
	case s.g.passwordFile == "-":
		return s.piped, nil
	case s.g.passwordFile != "":
		return s.secret(s.g.passwordFile)
	case env != "":
		return []byte(env), nil
	case s.prompt == nil:
		return nil, usage("没有密码：请设 JIESU_PASSWORD，或用 --password-file 给出")
	}
	return s.prompt(label)
}

// secret is the first line of a file.
func (p *program) secret(file string) ([]byte, error) {
	if file == "-" {
		line, err := p.in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return bytes.TrimRight(line, "\r\n"), nil
	}
	raw, err := p.readFile(file, 4096)
	if err != nil {
		return nil, err
	}
	line, _, _ := bytes.Cut(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), []byte("\n"))
	return bytes.TrimRight(line, "\r"), nil
}

// promptOn asks on a terminal, without showing what is typed; nil if in is
// none.
func promptOn(in *os.File, out io.Writer) func(string) ([]byte, error) {
	fd := int(in.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	return func(label string) ([]byte, error) {
		fmt.Fprint(out, label+"：")
		line, err := term.ReadPassword(fd)
		fmt.Fprintln(out)
		return line, err
	}
}

// writeFile writes a file whole or not at all.
func writeFile(path string, raw []byte) error {
	failed := func(err error) error {
		return fault.New(fault.Failed, "file-not-written", "文件没有写成："+path, "请检查磁盘空间和文件夹权限").Wrap(err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".jiesu-*")
	if err != nil {
		return failed(err)
	}
	_, err = f.Write(raw)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name()) // nothing half-written stays
		return failed(err)
	}
	return nil
}

// writable makes sure that a file can be written before something is done that
// cannot be taken back.
func writable(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".jiesu-*")
	if err != nil {
		return fault.New(fault.Refused, "file-not-written", "不能写到这里："+path, "请换一个文件夹").Wrap(err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
