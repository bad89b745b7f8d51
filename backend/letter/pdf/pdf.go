// Package pdf draws letters: a letter.Document becomes pages after GB/T
// 9704-2012 (信函格式 and its measures) or a form sheet.
//
// gofpdf gives pages, lines and shapes; text is placed by this package with
// subsets of its own fonts, because gofpdf's line breaking loses characters
// and knows neither 避头尾 nor characters beyond U+FFFF. It does not decide
// what a letter says, keeps no file and holds no clock.
//
// Promise: equal input gives equal bytes within one release of the program.
// Between releases the drawing may improve; an issued letter is therefore
// stored as bytes and never drawn again.
package pdf

import (
	"context"
	"fmt"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/letter"
)

// Options of one drawing.
type Options struct {
	Draft   bool      // 草稿 across every page
	Sample  bool      // 样本 across every page, also if the document says so
	Created time.Time // the creation date in the file
	Duplex  bool      // RenderAll: every letter starts on a fresh sheet
}

const (
	maxPages = 500     // of one letter
	maxRunes = 1 << 20 // of one letter
)

// Render draws one letter.
func Render(ctx context.Context, fonts *Fonts, doc letter.Document, o Options) ([]byte, error) {
	return RenderAll(ctx, fonts, []letter.Document{doc}, o)
}

// RenderAll draws many letters into one file to print, sharing the fonts.
// Pages are numbered letter by letter.
func RenderAll(ctx context.Context, fonts *Fonts, docs []letter.Document, o Options) ([]byte, error) {
	if len(docs) == 0 || o.Created.IsZero() {
		return nil, fault.New(fault.Usage, "letter-nothing", "没有可以打印的文书", "请先选择文书")
	}
	c := newCompositor(fonts, docs[0].Title, o)
	defer c.release()
	for i := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := c.letter(&docs[i]); err != nil {
			return nil, err
		}
		if o.Duplex && c.w.pages%2 == 1 && i < len(docs)-1 {
			c.w.addPage()
		}
	}
	if err := c.w.missingError(); err != nil {
		return nil, err
	}
	return c.w.finish()
}

func tooLong() error {
	return fault.New(fault.Refused, "letter-too-long", fmt.Sprintf("文书太长（超过 %d 页）", maxPages), "请把长材料作为附件，不要写进正文")
}
