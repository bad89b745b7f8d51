// Package backend_test proves the plan of the house: which package may know
// which, who imports which outside library, and that no room grows too big.
// It reads the source of every file, whatever its build tags say.
package backend_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

const (
	module       = "jiesu"
	maxFileLines = 400
	maxFuncLines = 80
	// Packages up to this level are pure: no clock, no files, no network.
	lastPureLevel = 4
)

// levels is the plan: a package imports only packages of a lower level. A
// sub-package stands at its parent's level unless it has a line of its own.
var levels = map[string]int{
	"fault": 0, "calendar": 0, "field": 0, "journal": 0, "seal": 0, "message": 0,
	"regime": 1, "letter": 1,
	"deadline": 2, "intake": 2, "requirement": 2,
	"complaint": 3, "office": 3, "inbox": 3,
	"view": 4, "report": 4,
	"journalfile": 5, "blobfile": 5, "store": 5, "mailbox": 5, "sharedfolder": 5,
	"watch": 5, "letter/pdf": 5, "report/xlsx": 5, "vault": 5,
	"casebook": 6,
	"desk":     7,
	"sample":   8,
}

// everywhere are the packages all others may import, at their own level too.
var everywhere = []string{"fault"}

// importers names, for each outside library, the packages that may import it.
// One library has one importer, so that replacing it is work in one room. The
// golang.org/x packages are nearly the standard library and are listed by
// folder. The longest matching line holds.
var importers = map[string][]string{
	"filippo.io/age":                             {"seal"},
	"github.com/dgraph-io/badger/v4":             {"store"},
	"github.com/emersion/go-imap/v2":             {"mailbox", "mailbox/memserver"},
	"github.com/emersion/go-sasl":                {"mailbox"},
	"github.com/fsnotify/fsnotify":               {"watch"},
	"github.com/goccy/go-yaml":                   {"regime"},
	"github.com/gofrs/flock":                     {"casebook"},
	"github.com/jung-kurt/gofpdf":                {"letter/pdf"},
	"github.com/klauspost/compress":              {"sharedfolder"},
	"golang.org/x/crypto/argon2":                 {"vault"},
	"golang.org/x/crypto/chacha20poly1305":       {"seal"},
	"golang.org/x/net/html":                      {"message"},
	"golang.org/x/sys":                           {"casebook", "journalfile"},
	"golang.org/x/text/collate":                  {"view"},
	"golang.org/x/text/encoding":                 {"message"},
	"golang.org/x/text/language":                 {"view"},
	"golang.org/x/text/unicode/norm":             {"message", "intake", "complaint", "view"},
	"golang.org/x/text/transform":                {"message"},
	"golang.org/x/text/width":                    {"intake", "view"},
	"github.com/rogpeppe/go-internal/testscript": {},
	"pgregory.net/rapid":                         {},
}

// timed are the files of pure packages that may ask the clock, because they
// measure how long hostile bytes take and never what day it is.
var timed = []string{"backend/message/limit.go"}

// emptyWords name nothing a complaint officer knows.
var emptyWords = []string{"util", "utils", "common", "helper", "helpers", "manager", "service", "model", "models"}

// house is the parsed source of the module: package folder to its files.
type house map[string][]*file

type file struct {
	name  string // path from the module root
	test  bool
	lines int
	tree  *ast.File
	fset  *token.FileSet
}

func TestTheHouseIsBuiltAsPlanned(t *testing.T) {
	h, err := readHouse("..")
	if err != nil {
		t.Fatal(err)
	}
	if len(h["backend/fault"]) == 0 || len(h["app"]) == 0 || len(h["."]) == 0 {
		t.Fatalf("the source was not found: %d packages read", len(h))
	}
	for _, fault := range h.check() {
		t.Error(fault)
	}
}

func TestTheCheckFindsEachKindOfFault(t *testing.T) {
	long := strings.Repeat("\n", maxFileLines)
	deep := "// Package p is one.\npackage p\nfunc f() {" + strings.Repeat("\n", maxFuncLines) + "}"
	for name, c := range map[string]struct{ path, source, want string }{
		"a lower package imports a higher one": {"backend/journal/a.go",
			"// Package journal is one.\npackage journal\nimport _ \"jiesu/backend/complaint\"", "level 0 imports complaint of level 3"},
		"an adapter imports an adapter": {"backend/store/a.go",
			"// Package store is one.\npackage store\nimport _ \"jiesu/backend/vault\"", "level 5 imports vault of level 5"},
		"a package imports one of its own level": {"backend/view/a.go",
			"// Package view is one.\npackage view\nimport _ \"jiesu/backend/report\"", "level 4 imports report of level 4"},
		"a package stands outside the plan": {"backend/extra/a.go",
			"// Package extra is one.\npackage extra", "is not in the plan"},
		"the backend imports the window": {"backend/desk/a.go",
			"// Package desk is one.\npackage desk\nimport _ \"jiesu/app\"", "imports jiesu/app"},
		"the backend imports Wails": {"backend/desk/a.go",
			"// Package desk is one.\npackage desk\nimport _ \"github.com/wailsapp/wails/v2/pkg/runtime\"", "only app may import"},
		"the command line imports Wails": {"app/jiesuctl/a.go",
			"// Command jiesuctl is one.\npackage main\nimport _ \"github.com/wailsapp/wails/v2\"", "only app may import"},
		"a second package imports a library": {"backend/casebook/a.go",
			"// Package casebook is one.\npackage casebook\nimport _ \"github.com/dgraph-io/badger/v4\"", "importer is store"},
		"an unknown library": {"backend/view/a.go",
			"// Package view is one.\npackage view\nimport _ \"github.com/nobody/nothing\"", "has no importer in the table"},
		"an unknown library in a test": {"backend/view/a_test.go",
			"package view\nimport _ \"github.com/nobody/nothing\"", "has no importer in the table"},
		"a test library in the program": {"backend/view/a.go",
			"// Package view is one.\npackage view\nimport _ \"pgregory.net/rapid\"", "is for tests alone"},
		"a test server in the program": {"backend/desk/a.go",
			"// Package desk is one.\npackage desk\nimport _ \"jiesu/backend/mailbox/mailboxtest\"", "only tests may import"},
		"no package comment":       {"backend/view/a.go", "package view", "has no package comment"},
		"an empty name":            {"backend/view/util/a.go", "// Package util is one.\npackage util", "says nothing"},
		"an empty type name":       {"backend/view/a.go", "// Package view is one.\npackage view\ntype CaseManager struct{}", "says nothing"},
		"a file too long":          {"backend/view/a.go", "// Package view is one.\npackage view" + long, "401 lines"},
		"a function too long":      {"backend/view/a.go", deep, "f has 81 lines"},
		"an init function":         {"backend/view/a.go", "// Package view is one.\npackage view\nfunc init() {}", "init function"},
		"a pure package asks time": {"backend/view/a.go", "// Package view is one.\npackage view\nimport \"time\"\nvar _ = time.Now()", "asks the clock"},
		"a pure package has IO":    {"backend/view/a.go", "// Package view is one.\npackage view\nimport _ \"os\"", "must be pure"},
	} {
		t.Run(name, func(t *testing.T) {
			faults := parseHouse(t, map[string]string{c.path: c.source}).check()
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.want) }) {
				t.Errorf("want a fault with %q, got %q", c.want, faults)
			}
		})
	}
}

func TestTheCheckAcceptsWhatThePlanAllows(t *testing.T) {
	faults := parseHouse(t, map[string]string{
		"backend/complaint/a.go":           "// Package complaint is one.\npackage complaint\nimport (\n_ \"jiesu/backend/fault\"\n_ \"jiesu/backend/regime\"\n_ \"time\"\n)",
		"backend/mailbox/a.go":             "// Package mailbox is one.\npackage mailbox\nimport (\n_ \"os\"\n_ \"github.com/emersion/go-imap/v2/imapclient\"\n)",
		"backend/mailbox/mailboxtest/a.go": "// Package mailboxtest is one.\npackage mailboxtest\nimport (\n_ \"jiesu/backend/mailbox\"\n_ \"github.com/emersion/go-imap/v2/imapserver\"\n)",
		"backend/mailbox/a_test.go":        "package mailbox_test\nimport (\n_ \"jiesu/backend/mailbox/mailboxtest\"\n_ \"pgregory.net/rapid\"\n)",
		"backend/letter/pdf/a.go":          "// Package pdf is one.\npackage pdf\nimport (\n_ \"jiesu/backend/letter\"\n_ \"github.com/jung-kurt/gofpdf\"\n)",
		"backend/sample/a.go":              "// Package sample is one.\npackage sample\nimport _ \"jiesu/backend/mailbox/mailboxtest\"",
		"app/a.go":                         "// Package app is one.\npackage app\nimport _ \"github.com/wailsapp/wails/v2\"",
	}).check()
	if len(faults) > 0 {
		t.Errorf("faults where there are none: %q", faults)
	}
}

// readHouse parses every Go file of the module at root.
func readHouse(root string) (house, error) {
	h := house{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			hidden := strings.HasPrefix(base, ".") && name != root
			if hidden || base == "testdata" || base == "node_modules" || base == "bin" {
				return filepath.SkipDir
			}
			return nil
		}
		if path.Ext(base) != ".go" {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		return h.add(filepath.ToSlash(rel), string(source))
	})
	return h, err
}

func parseHouse(t *testing.T, sources map[string]string) house {
	t.Helper()
	h := house{}
	for name, source := range sources {
		if err := h.add(name, source); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func (h house) add(name, source string) error {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	lines := strings.Count(strings.TrimSuffix(source, "\n"), "\n") + 1
	h[path.Dir(name)] = append(h[path.Dir(name)], &file{
		name: name, test: strings.HasSuffix(name, "_test.go"), lines: lines, tree: tree, fset: fset,
	})
	return nil
}

// check returns every fault of the house, sorted.
func (h house) check() []string {
	var faults []string
	for folder, files := range h {
		add := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
		checkPackage(folder, files, add)
		for _, f := range files {
			for _, spec := range f.tree.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					add("%s: import %s: %v", f.name, spec.Path.Value, err)
					continue
				}
				checkImport(folder, f, imported, add)
			}
			if !f.test {
				checkFile(folder, f, add)
			}
		}
	}
	sort.Strings(faults)
	return faults
}

type report func(format string, args ...any)

// checkPackage checks what holds for a package as a whole.
func checkPackage(folder string, files []*file, add report) {
	if slices.Contains(emptyWords, path.Base(folder)) {
		add("%s: the name %q says nothing", folder, path.Base(folder))
	}
	if inner, ok := strings.CutPrefix(folder, "backend/"); ok {
		if _, planned := levelOf(inner); !planned {
			add("%s: is not in the plan (see levels in backend/architecture_test.go)", folder)
		}
	}
	program, commented := false, false
	for _, f := range files {
		program = program || !f.test
		commented = commented || (!f.test && f.tree.Doc != nil)
	}
	if program && !commented {
		add("%s: has no package comment", folder)
	}
}

// checkImport checks one import of one file.
func checkImport(folder string, f *file, imported string, add report) {
	inner, inBackend := strings.CutPrefix(folder, "backend/")
	switch {
	case strings.HasPrefix(imported, "github.com/wailsapp/"):
		if folder != "app" {
			add("%s: imports %s, which only app may import", f.name, imported)
		}
	case imported == module+"/app" || strings.HasPrefix(imported, module+"/app/"):
		if inBackend {
			add("%s: imports %s: the backend knows no window", f.name, imported)
		}
	case strings.HasPrefix(imported, module+"/backend/"):
		checkLevel(folder, f, strings.TrimPrefix(imported, module+"/backend/"), add)
	case !strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
		if level, ok := levelOf(inner); inBackend && ok && !f.test && level <= lastPureLevel && hasIO(imported) {
			add("%s: imports %s: a package of level %d must be pure", f.name, imported, level)
		}
	case inBackend:
		checkLibrary(inner, f, imported, add)
	}
}

// checkLevel checks an import of a backend package. Tests may import upwards
// (Go itself forbids the circle), test packages are for tests and samples.
func checkLevel(folder string, f *file, imported string, add report) {
	inner, inBackend := strings.CutPrefix(folder, "backend/")
	if isTestPackage(imported) && !f.test && !isTestPackage(inner) && inner != "sample" {
		add("%s: imports %s, which only tests may import", f.name, imported)
	}
	if !inBackend || f.test || family(inner) == family(imported) && sameLevel(inner, imported) ||
		slices.Contains(everywhere, imported) {
		return
	}
	from, known := levelOf(inner)
	to, planned := levelOf(imported)
	if known && planned && to >= from {
		add("%s: %s of level %d imports %s of level %d", f.name, inner, from, imported, to)
	}
}

// checkLibrary checks an import of an outside library by a backend package.
func checkLibrary(inner string, f *file, imported string, add report) {
	best := ""
	for library := range importers {
		if (imported == library || strings.HasPrefix(imported, library+"/")) && len(library) > len(best) {
			best = library
		}
	}
	switch {
	case best == "":
		add("%s: %s has no importer in the table of backend/architecture_test.go", f.name, imported)
	case f.test || isTestPackage(inner) && (len(importers[best]) == 0 || slices.Contains(importers[best], path.Dir(inner))):
	case len(importers[best]) == 0:
		add("%s: %s is for tests alone", f.name, imported)
	case !slices.Contains(importers[best], inner):
		add("%s: imports %s, whose importer is %s", f.name, imported, strings.Join(importers[best], ", "))
	}
}

// checkFile checks the size and the declarations of a file of the program.
func checkFile(folder string, f *file, add report) {
	if f.lines > maxFileLines {
		add("%s: %d lines, the limit is %d", f.name, f.lines, maxFileLines)
	}
	inner, inBackend := strings.CutPrefix(folder, "backend/")
	level, planned := levelOf(inner)
	pure := inBackend && planned && level <= lastPureLevel
	ast.Inspect(f.tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			if endsInEmptyWord(n.Name.Name) {
				add("%s: the type name %s says nothing", f.name, n.Name.Name)
			}
		case *ast.FuncDecl:
			checkFunc(f, n, inBackend, add)
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && pure && !slices.Contains(timed, f.name) && x.Name == "time" && (n.Sel.Name == "Now" || n.Sel.Name == "Since") {
				add("%s: asks the clock; a package of level %d is told the time", f.name, level)
			}
		}
		return true
	})
}

func checkFunc(f *file, fn *ast.FuncDecl, inBackend bool, add report) {
	if n := f.fset.Position(fn.End()).Line - f.fset.Position(fn.Pos()).Line + 1; n > maxFuncLines {
		add("%s: %s has %d lines, the limit is %d", f.name, fn.Name.Name, n, maxFuncLines)
	}
	if inBackend && fn.Recv == nil && fn.Name.Name == "init" {
		add("%s: an init function works before anybody asked", f.name)
	}
}

// levelOf looks a backend package up in the plan, its parents if need be.
func levelOf(inner string) (int, bool) {
	for ; inner != "." && inner != ""; inner = path.Dir(inner) {
		if level, ok := levels[inner]; ok {
			return level, true
		}
	}
	return 0, false
}

func sameLevel(a, b string) bool {
	la, _ := levelOf(a)
	lb, _ := levelOf(b)
	return la == lb
}

// family is the top folder of a backend package.
func family(inner string) string { return strings.SplitN(inner, "/", 2)[0] }

// isTestPackage reports whether a package is a part for tests: a sub-package
// whose name ends in test.
func isTestPackage(inner string) bool {
	return strings.Contains(inner, "/") && strings.HasSuffix(inner, "test")
}

func hasIO(imported string) bool {
	return slices.Contains([]string{"os", "os/exec", "os/user", "syscall", "net", "net/http", "net/smtp", "crypto/tls"}, imported)
}

func endsInEmptyWord(name string) bool {
	for _, word := range emptyWords {
		if strings.HasSuffix(strings.ToLower(name), word) {
			return true
		}
	}
	return false
}
