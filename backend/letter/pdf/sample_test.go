package pdf

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"jiesu/assets"
	"jiesu/backend/letter"
)

var created = time.Date(2026, 3, 9, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

var loadFonts = sync.OnceValues(func() (*Fonts, error) {
	sub, err := assetsSub()
	if err != nil {
		return nil, err
	}
	return LoadFonts(sub)
})

func fonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func template(t testing.TB, id string) *letter.Template {
	t.Helper()
	all, err := letter.LoadDir(assets.Letters, "letters")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all {
		if x.ID == id {
			return x
		}
	}
	t.Fatalf("no template %s", id)
	return nil
}

func values(t testing.TB, system string) letter.Values {
	t.Helper()
	data, err := os.ReadFile("../testdata/" + system + "-values.json")
	if err != nil {
		t.Fatal(err)
	}
	var v letter.Values
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func part(v letter.Values, key string) map[string]any { return v[key].(map[string]any) }

func draw(t testing.TB, doc letter.Document, o Options) []byte {
	t.Helper()
	if o.Created.IsZero() {
		o.Created = created
	}
	out, err := Render(context.Background(), fonts(t), doc, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// save writes the file for a reader program.
func save(t testing.TB, pdf []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// tool runs a program of poppler-utils or qpdf on the file.
func tool(t testing.TB, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("these tests read the letters back with %s: please install poppler-utils and qpdf", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

var (
	pageNumber = regexp.MustCompile(`(?m)^— \d+ —$`)
	watermarks = regexp.MustCompile(`(?m)(^样\n本\n)?(^草\n稿\n)?`)
)

// readBack is the text of the file in reading order, without white space, page
// numbers and watermarks.
func readBack(t testing.TB, pdf []byte) string {
	t.Helper()
	s := tool(t, "pdftotext", "-raw", "-enc", "UTF-8", save(t, pdf), "-")
	s = strings.ReplaceAll(s, "\f", "\n")
	return dense(watermarks.ReplaceAllString(pageNumber.ReplaceAllString(s, ""), ""))
}

// dense leaves white space out.
func dense(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func sameText(t testing.TB, pdf []byte, doc letter.Document) {
	t.Helper()
	want := dense(doc.Text())
	if got := readBack(t, pdf); got != want {
		i := 0
		for i < min(len(got), len(want)) && got[i] == want[i] {
			i++
		}
		i = max(i-30, 0)
		t.Errorf("the file reads differently from byte %d on:\n got …%.200s\nwant …%.200s", i, got[i:], want[i:])
	}
}
