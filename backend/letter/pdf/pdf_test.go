package pdf

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jiesu/assets"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
)

func assetsSub() (fs.FS, error) { return fs.Sub(assets.Fonts, "fonts") }

// filled is a shipped letter with the sample values, changed by change.
func filled(t testing.TB, id string, change func(letter.Values)) letter.Document {
	t.Helper()
	system, _, _ := strings.Cut(id, "-")
	v := values(t, system)
	if change != nil {
		change(v)
	}
	doc, _ := letter.Fill(template(t, id), v, letter.Options{})
	return doc
}

// keep writes the file where a person wants to look at it: LETTERS=DIR.
func keep(t *testing.T, pdf []byte) {
	if dir := os.Getenv("LETTERS"); dir != "" {
		name := strings.NewReplacer("/", "_", " ", "_").Replace(t.Name()) + ".pdf"
		if err := os.WriteFile(filepath.Join(dir, name), pdf, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// sound proves that a file is a valid PDF with all fonts embedded as subsets.
func sound(t *testing.T, pdf []byte) {
	t.Helper()
	path := save(t, pdf)
	if out := tool(t, "qpdf", "--check", path); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
	rows := strings.Split(strings.TrimSpace(tool(t, "pdffonts", path)), "\n")
	if len(rows) < 3 {
		t.Error("no fonts")
	}
	for _, row := range rows[2:] {
		if !strings.Contains(row, "CID TrueType") || !strings.Contains(row, "yes yes yes") {
			t.Errorf("font not embedded, not a subset or without Unicode: %s", row)
		}
	}
}

func pages(t testing.TB, pdf []byte) []string {
	t.Helper()
	all := strings.Split(tool(t, "pdftotext", "-raw", "-enc", "UTF-8", save(t, pdf), "-"), "\f")
	return all[:len(all)-1]
}

func TestEveryShippedLetterReadsBackAsItsDocument(t *testing.T) {
	all, err := letter.LoadDir(assets.Letters, "letters")
	if err != nil {
		t.Fatal(err)
	}
	for _, tp := range all {
		t.Run(tp.ID, func(t *testing.T) {
			doc := filled(t, tp.ID, nil)
			out := draw(t, doc, Options{})
			keep(t, out)
			sameText(t, out, doc)
			sound(t, out)
			for i, p := range pages(t, out) {
				if !strings.HasPrefix(p, "样\n本\n") {
					t.Errorf("page %d of a sample has no watermark", i+1)
				}
			}
		})
	}
}

func TestRareNamesPrintAndCopyOut(t *testing.T) {
	doc := filled(t, "s7-decision", func(v letter.Values) {
		part(v, "complainant")["name"] = "𠮷䶮𬱖㛃"
		part(v, "respondent")["name"] = "买买提·吐尔逊（Mǎi Mǎití）"
		part(v, "respondent")["head"] = "𬭎𫖯𪚥"
	})
	out := draw(t, doc, Options{})
	keep(t, out)
	sameText(t, out, doc)
	sound(t, out)
	if got := readBack(t, out); !strings.Contains(got, "𠮷䶮𬱖㛃") || !strings.Contains(got, "𬭎𫖯𪚥") {
		t.Error("the rare names do not come back")
	}
}

func TestACharacterWithoutAGlyphIsNamedNotLeftOut(t *testing.T) {
	doc := filled(t, "s7-acceptance", func(v letter.Values) { part(v, "complainant")["name"] = "张\U00030EDE\U0001F600" })
	out, err := Render(context.Background(), fonts(t), doc, Options{Created: created})
	f := fault.Of(err)
	if out != nil || f == nil || f.Code != "letter-missing-glyph" {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{"缺字", "U+30EDE", "U+1F600"} {
		if !strings.Contains(f.Message, want) {
			t.Errorf("%q does not name %s", f.Message, want)
		}
	}
}

func TestNamesOfSixtyCharactersStayOnThePage(t *testing.T) {
	long := strings.Repeat("云江市滨河区样本社会治理综合服务", 3) + "有限责任公司第一分公司管理处"
	if n := len([]rune(long)); n < 60 {
		t.Fatal(n)
	}
	doc := filled(t, "s7-decision", func(v letter.Values) {
		part(v, "office")["issuer"], part(v, "office")["review_body"] = long, long
		part(v, "complainant")["name"], part(v, "respondent")["name"] = long, long
	})
	out := draw(t, doc, Options{})
	keep(t, out)
	sameText(t, out, doc)
	insidePage(t, out)
}

// insidePage proves that no word lies outside the paper's margins.
func insidePage(t *testing.T, pdf []byte) {
	t.Helper()
	box := tool(t, "pdftotext", "-bbox", save(t, pdf), "-")
	for line := range strings.SplitSeq(box, "\n") {
		var x1, y1, x2, y2 float64
		if n, _ := fmt.Sscanf(strings.TrimSpace(line), `<word xMin="%f" yMin="%f" xMax="%f" yMax="%f"`, &x1, &y1, &x2, &y2); n != 4 {
			continue
		}
		if x1 < 20*mm-1 || x2 > 190*mm+1 || y1 < 20*mm || y2 > pageHeight-8*mm {
			t.Errorf("outside the margins: %s", line)
		}
	}
}

func TestALongDecisionRunsOverPagesWithNumbers(t *testing.T) {
	doc := filled(t, "s7-decision", func(v letter.Values) {
		d := part(v, "decision")
		d["facts_found"] = strings.Repeat("经查，被投诉人于2026年1月5日收到申请，至2026年3月2日未作出决定。", 40)
		var list []any
		for i := range 30 {
			list = append(list, map[string]any{"name": fmt.Sprintf("证据材料%d", i+1), "proves": "被投诉人已收到申请并拖延办理"})
		}
		d["evidence"] = list
		d["attachments"] = []any{"办件记录", strings.Repeat("很长的附件名称", 8)}
		d["copied_to"] = "云江市滨河区人民政府办公室，云江市滨河区纪律检查委员会"
	})
	out := draw(t, doc, Options{})
	keep(t, out)
	sameText(t, out, doc)
	insidePage(t, out)
	all := pages(t, out)
	if len(all) < 4 {
		t.Fatalf("%d pages", len(all))
	}
	for i, p := range all {
		if strings.Contains(p, "抄送：") != strings.Contains(p, "（印章）") {
			t.Errorf("page %d: 抄送 and signature are apart", i+1)
		}
		want := fmt.Sprintf("\n— %d —\n", i+1)
		if has := strings.Contains(p, want); has != (i > 0) {
			t.Errorf("page %d: number %v", i+1, has)
		}
	}
}

// Whatever the length of the text, the signature has its date, and at least two
// lines of text stand above it on its page.
func TestTheSignatureNeverStandsAlone(t *testing.T) {
	turned := 0
	for n := 1; n < 34; n++ {
		doc := filled(t, "s7-acceptance", func(v letter.Values) {
			v["sample"] = false
			v["facts"] = strings.Repeat("投诉事项说明，", 4*n) + "。"
		})
		all := pages(t, draw(t, doc, Options{}))
		last := all[len(all)-1]
		above, below, ok := strings.Cut(last, "云江市滨河区政务服务和数据管理局（印章）")
		if !ok || !strings.Contains(below, "2026年3月4日") {
			t.Fatalf("%d lines: issuer and date are not both on the last page:\n%s", n, last)
		}
		if strings.Count(above, "\n") < 2 {
			t.Errorf("%d lines: only %q stands above the signature", n, above)
		}
		if len(all) > 1 && strings.Count(above, "\n") <= 3 {
			turned++
		}
	}
	if turned == 0 {
		t.Error("no length brought the signature to the edge; the test proves nothing")
	}
}

func TestAnOrdinaryAcceptanceIsOnePage(t *testing.T) {
	out := draw(t, filled(t, "s7-acceptance", nil), Options{})
	if n := len(pages(t, out)); n != 1 {
		t.Errorf("it takes %d pages", n)
	}
	insidePage(t, out)
}

func TestEmptyValuesLeaveNoHoles(t *testing.T) {
	for _, id := range []string{"s7-acceptance", "s7-refusal", "s7-decision", "s16-record-form"} {
		doc, missing := letter.Fill(template(t, id), letter.Values{}, letter.Options{Draft: true})
		if len(missing) == 0 {
			t.Errorf("%s: nothing is missing of nothing", id)
		}
		out := draw(t, doc, Options{Draft: true})
		sameText(t, out, doc)
		if !strings.HasPrefix(pages(t, out)[0], "草\n稿\n") {
			t.Errorf("%s: a draft has no watermark", id)
		}
	}
	if _, err := Render(context.Background(), fonts(t), letter.Document{Paper: letter.PaperLetter}, Options{Created: created}); err != nil {
		t.Errorf("a letter without blocks: %v", err)
	}
}

func TestEqualInputGivesEqualBytesOnEveryGoroutine(t *testing.T) {
	f, err := loadFresh() // cold caches: the race is for filling them
	if err != nil {
		t.Fatal(err)
	}
	doc := filled(t, "s7-decision", nil)
	var all [4][]byte
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			for range 3 {
				all[i], _ = Render(context.Background(), f, doc, Options{Created: created})
			}
		})
	}
	wg.Wait()
	for i := range all {
		if len(all[i]) == 0 || !bytes.Equal(all[i], all[0]) {
			t.Errorf("goroutine %d made another file", i)
		}
	}
	if other := draw(t, doc, Options{Created: created.AddDate(0, 0, 1)}); bytes.Equal(other, all[0]) {
		t.Error("the creation date is not in the file")
	}
}

func loadFresh() (*Fonts, error) {
	sub, err := assetsSub()
	if err != nil {
		return nil, err
	}
	return LoadFonts(sub)
}

func TestManyLettersShareOneFile(t *testing.T) {
	var docs []letter.Document
	var want strings.Builder
	for i := range 12 {
		doc := filled(t, "s7-acceptance", func(v letter.Values) {
			part(v, "complainant")["name"] = "样本人" + string(rune('甲'+i))
			v["sample"] = false
		})
		docs = append(docs, doc)
		want.WriteString(dense(doc.Text()))
	}
	out, err := RenderAll(context.Background(), fonts(t), docs, Options{Created: created})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, out)
	if readBack(t, out) != want.String() {
		t.Error("the letters do not read back")
	}
	single := draw(t, docs[0], Options{})
	if len(out) > 3*len(single) {
		t.Errorf("12 letters take %d bytes, one takes %d: the fonts are not shared", len(out), len(single))
	}
	doc := docs[0]
	doc.Blocks = doc.Blocks[:4]
	fresh, err := RenderAll(context.Background(), fonts(t), []letter.Document{doc, doc}, Options{Created: created, Duplex: true})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(pages(t, fresh)); n != 3 {
		t.Errorf("two one-page letters for both-sided printing take %d pages, want 3", n)
	}
}

func TestARowTallerThanAPageIsCutNotLost(t *testing.T) {
	doc := filled(t, "s16-record-form", func(v letter.Values) {
		v["content"] = strings.Repeat("卫生间顶板渗水，已报修两次。", 400)
	})
	out := draw(t, doc, Options{})
	keep(t, out)
	sameRunes(t, out, doc)
	insidePage(t, out)
	if n := len(pages(t, out)); n < 4 {
		t.Errorf("%d pages", n)
	}
}

// sameRunes compares without order.
func sameRunes(t *testing.T, pdf []byte, doc letter.Document) {
	t.Helper()
	count := map[rune]int{}
	for _, r := range dense(doc.Text()) {
		count[r]++
	}
	for _, r := range readBack(t, pdf) {
		count[r]--
	}
	for r, n := range count {
		if n != 0 {
			t.Errorf("%q is %d times too few in the file", r, n)
		}
	}
}

func TestDrawingStopsAtItsLimits(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Render(ctx, fonts(t), filled(t, "s7-acceptance", nil), Options{Created: created}); err == nil {
		t.Error("a cancelled drawing went on")
	}
	huge := letter.Document{Paper: letter.PaperLetter, Blocks: []letter.Part{{Kind: letter.Paragraph, Runs: []letter.Run{{Text: strings.Repeat("长", maxRunes)}}}}}
	if _, err := Render(context.Background(), fonts(t), huge, Options{Created: created}); fault.Of(err) == nil || fault.Of(err).Code != "letter-too-long" {
		t.Errorf("a huge letter: %v", err)
	}
	if _, err := RenderAll(context.Background(), fonts(t), nil, Options{Created: created}); err == nil {
		t.Error("nothing was drawn without a word")
	}
}
