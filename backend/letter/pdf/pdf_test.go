package pdf

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"jiesu/assets"
	"jiesu/backend/letter"
)

func assetsSub() (fs.FS, error) { return fs.Sub(assets.Fonts, "fonts") }

func TestEveryShippedLetterReadsBackAsItsDocument(t *testing.T) {
	all, err := letter.LoadDir(assets.Letters, "letters")
	if err != nil {
		t.Fatal(err)
	}
	for _, tp := range all {
		t.Run(tp.ID, func(t *testing.T) {
			doc, missing := letter.Fill(tp, values(t, tp.ID[:len(tp.ID)-len(tp.ID[indexDash(tp.ID):])]), letter.Options{})
			if len(missing) > 0 {
				t.Fatalf("the sample values are not complete: %v", missing)
			}
			out := draw(t, doc, Options{})
			sameText(t, out, doc)
			tool(t, "qpdf", "--check", save(t, out))
			if dir := os.Getenv("LETTERS"); dir != "" {
				_ = os.WriteFile(filepath.Join(dir, tp.ID+".pdf"), out, 0o644)
			}
		})
	}
}

func indexDash(s string) int {
	for i := range s {
		if s[i] == '-' {
			return i
		}
	}
	return len(s)
}
