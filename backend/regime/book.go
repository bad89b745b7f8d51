package regime

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
)

// Vocabulary is every action id there is, with its usual label: one meaning
// has one id in all regimes.
type Vocabulary map[string]string

const vocabularyFile = "actions.yaml"

// Book is a set of regimes by id and version. It is read-only; With makes a
// new one.
type Book struct {
	vocabulary Vocabulary
	regimes    map[string]*Regime // by Key
	sources    map[string][]byte
}

// ParseVocabulary reads actions.yaml.
func ParseVocabulary(b []byte) (Vocabulary, error) {
	var file struct {
		Format  int `yaml:"format"`
		Actions []struct {
			ID    string `yaml:"id"`
			Label string `yaml:"label"`
		} `yaml:"actions"`
	}
	_, wrong, bad := readYAML(b, &file)
	if bad == nil && len(wrong) > 0 {
		bad = fileError(wrong[0].Line, wrong[0].Message)
	}
	if bad != nil {
		return nil, bad.fault()
	}
	v := Vocabulary{}
	for _, a := range file.Actions {
		if !validID(a.ID) || a.Label == "" || v[a.ID] != "" {
			return nil, fileError(0, "动作“"+short(a.ID)+"”重复、没有名称或编号不合规则").fault()
		}
		v[a.ID] = a.Label
	}
	return v, nil
}

// Load reads actions.yaml and every other *.yaml in the root of fsys.
func Load(fsys fs.FS) (*Book, error) {
	b, err := fs.ReadFile(fsys, vocabularyFile)
	if err != nil {
		return nil, fault.New(fault.Damaged, "regime-missing", "动作词表读不出来", "请重新安装程序").Wrap(err)
	}
	vocabulary, err := ParseVocabulary(b)
	if err != nil {
		return nil, err
	}
	book := &Book{vocabulary: vocabulary, regimes: map[string]*Regime{}, sources: map[string][]byte{}}
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fault.New(fault.Damaged, "regime-missing", "办法文件夹读不出来", "请重新安装程序").Wrap(err)
	}
	var sources []named
	for _, name := range names {
		if path.Base(name) == vocabularyFile {
			continue
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fault.New(fault.Damaged, "regime-missing", "办法文件 "+name+" 读不出来", "请重新安装程序").Wrap(err)
		}
		sources = append(sources, named{path.Base(name), b})
	}
	return book.withAll(sources)
}

// named is a file with its name, for the person who has to mend it.
type named struct {
	name    string
	content []byte
}

// withAll adds files in any order: those that extend another wait for it.
func (b *Book) withAll(sources []named) (*Book, error) {
	for len(sources) > 0 {
		var waiting []named
		var last error
		for _, src := range sources {
			next, _, err := b.With(src.content)
			switch {
			case err == nil:
				b = next
			case fault.Of(err).Code == "regime-no-base":
				waiting, last = append(waiting, src), src.broken(err)
			default:
				return nil, src.broken(err)
			}
		}
		if len(waiting) == len(sources) {
			return nil, last
		}
		sources = waiting
	}
	return b, nil
}

func (n named) broken(err error) error {
	f := fault.Of(err)
	return fault.New(f.Kind, f.Code, n.name+"："+f.Message, f.Hint)
}

// With checks one file and returns a book that has it too. A file that is the
// same as one already there changes nothing; another file under the same id
// and version is refused, because cases are bound to it.
func (b *Book) With(source []byte) (*Book, *Regime, error) {
	r, problems, err := b.Check(source)
	if err != nil {
		return nil, nil, err
	}
	if len(problems) > 0 {
		f := fileError(problems[0].Line, problems[0].Message).fault()
		if n := len(problems); n > 1 {
			f.Message += fmt.Sprintf("（共 %d 处问题）", n)
		}
		return nil, nil, f
	}
	if have, ok := b.regimes[r.Key()]; ok {
		if have.Hash == r.Hash {
			return b, have, nil
		}
		return nil, nil, fault.New(fault.Refused, "regime-version-taken", "办法 "+r.Key()+" 已经有了，内容不同", "修改过的办法请换一个版本号")
	}
	next := &Book{vocabulary: b.vocabulary, regimes: maps.Clone(b.regimes), sources: maps.Clone(b.sources)}
	r.expand()
	next.regimes[r.Key()] = r
	next.sources[r.Key()] = bytes.Clone(source)
	return next, r, nil
}

// Check reads one file and lists everything that is wrong with it: keys and
// types first, then the rest, in the order of the lines; more checks what only others know of it, its letters. The
// regime is nil where the file cannot be read so far. The error is for a base
// file that is not there.
func (b *Book) Check(source []byte, more ...func(*Regime) []Problem) (*Regime, []Problem, error) {
	d, problems, err := b.parse(source)
	if err != nil || d == nil {
		return nil, problems, err
	}
	found := Check(d.whole, b.vocabulary)
	for _, check := range more {
		found = append(found, check(d.whole)...)
	}
	for i := range found {
		found[i] = d.place(found[i])
	}
	slices.SortStableFunc(found, func(a, c Problem) int { return byLine(a.Line) - byLine(c.Line) })
	return d.whole, append(problems, found...), nil // what cannot be read explains much of the rest
}

// byLine puts what has no line of its own last.
func byLine(line int) int {
	if line == 0 {
		return MaxFile
	}
	return line
}

// parse reads a file and fills it up from its base. What is wrong with its
// keys and types is listed; of a file that is not a rulebook at all there is no
// draft, and the one problem says why.
func (b *Book) parse(source []byte) (*draft, []Problem, error) {
	var r Regime
	file, problems, bad := readYAML(source, &r)
	if bad == nil && r.Format != 0 {
		bad = fileError((&draft{file: file, whole: &r}).line("format"), "格式版本不认识，请升级程序")
	}
	if bad != nil {
		return nil, []Problem{{Line: bad.line, Message: bad.why}}, nil
	}
	if slices.ContainsFunc(problems, func(p Problem) bool { return p.Path == "" }) { // nothing was decoded
		return nil, problems, nil
	}
	d := &draft{file: file, whole: &r}
	sum := sha256.Sum256(source)
	r.Hash = hex.EncodeToString(sum[:])
	if r.Extends != "" {
		base, ok := b.regimes[r.Extends]
		switch {
		case !ok:
			return nil, problems, fault.New(fault.Refused, "regime-no-base", "办法所依据的基础文件 "+short(r.Extends)+" 没有加载", "请先加载基础文件；写法是 编号@版本")
		case base.Extends != "":
			return nil, append(problems, Problem{Path: "extends", Line: d.line("extends"), Message: "基础文件自己不得再依据别的文件"}), nil
		}
		r.inherit(base)
		sum = sha256.Sum256([]byte(r.Hash + "\n" + base.Hash))
		r.Hash = hex.EncodeToString(sum[:])
	}
	r.toJSONShapes()
	return d, problems, nil
}

// Get finds one version.
func (b *Book) Get(id, version string) (*Regime, error) {
	if r, ok := b.regimes[id+"@"+version]; ok {
		return r, nil
	}
	return nil, fault.New(fault.NotFound, "regime-not-found", "没有办法 "+short(id)+" 的 "+short(version)+" 版", "用“办法”页（regime list）查看已有的办法")
}

// Latest finds the version of an id that came into force last.
func (b *Book) Latest(id string) (*Regime, error) {
	var last *Regime
	for _, r := range b.All() {
		if r.ID == id {
			last = r
		}
	}
	if last == nil {
		return nil, fault.New(fault.NotFound, "regime-not-found", "没有办法 "+short(id), "用“办法”页（regime list）查看已有的办法")
	}
	return last, nil
}

// For lists the regimes offered for a complaint received on a day by an office
// of a capacity and a sector (empty: not stated, any): of each id the version
// then in force.
func (b *Book) For(received calendar.Date, capacity, sector string) []*Regime {
	day := received.String()
	byID := map[string]*Regime{}
	for _, r := range b.All() {
		if r.From > day || r.To != "" && r.To < day {
			continue
		}
		byID[r.ID] = r
	}
	// The version in force decides: an older one that still fitted is not in force.
	maps.DeleteFunc(byID, func(_ string, r *Regime) bool { return !r.FitsCapacity(capacity) || !r.FitsSector(sector) })
	return sorted(slices.Collect(maps.Values(byID)))
}

// All lists every version of every regime, by id, then coming into force.
func (b *Book) All() []*Regime { return sorted(slices.Collect(maps.Values(b.regimes))) }

// Source is the file of a version, as it is published with the cases bound to it.
func (b *Book) Source(id, version string) ([]byte, bool) {
	src, ok := b.sources[id+"@"+version]
	return bytes.Clone(src), ok
}

// Vocabulary is the list of action ids.
func (b *Book) Vocabulary() Vocabulary { return maps.Clone(b.vocabulary) }

func sorted(rs []*Regime) []*Regime {
	slices.SortFunc(rs, func(a, c *Regime) int {
		if n := strings.Compare(a.ID, c.ID); n != 0 {
			return n
		}
		if n := strings.Compare(a.From, c.From); n != 0 {
			return n
		}
		return strings.Compare(a.Version, c.Version)
	})
	return rs
}
