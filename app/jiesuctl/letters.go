package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func letterCommands() []command {
	return []command{
		{name: "letter kinds", args: "NUMBER", about: "现在能出哪些文书，还缺什么", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.LetterKinds(ctx, c.arg(0)))
		})},
		{name: "letter print", args: "NUMBER KIND", about: "签发文书（取文号）并写成 PDF；--draft 只出草稿", setup: letterPrint},
		{name: "letter export", args: "NUMBER LETTER", about: "把已签发的文书（文号或 id）再写成 PDF", setup: letterExport},
		{name: "letter void", args: "NUMBER LETTER", about: "作废已签发的文书", setup: letterVoid},
		{name: "letter batch", about: "给查到的案件成批签发同一种文书", setup: letterBatch},
	}
}

// written is a letter that was written to a file.
type written struct {
	desk.Issued
	Case   string       `json:"case,omitempty"`
	Draft  bool         `json:"draft,omitempty"`
	File   string       `json:"file"`
	Copies []copyResult `json:"copies,omitempty"` // the respondent's, of a letter for both parties
}

// copyResult is another copy of the same letter.
type copyResult struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	File  string `json:"file"`
}

func outputFlag(fs *flag.FlagSet) *string { return fs.String("o", "", "写到这个`文件`") }

func letterPrint(fs *flag.FlagSet) action {
	file := outputFlag(fs)
	draft := fs.Bool("draft", false, "草稿：不取文号，不记入案件")
	return func(ctx context.Context, c *call) (any, error) {
		if *file == "" {
			return nil, usage("请用 -o 写明 PDF 文件")
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		if *draft {
			raw, err := d.LetterPreview(ctx, c.arg(0), c.arg(1))
			if err != nil {
				return nil, err
			}
			return answer(written{Draft: true, File: *file}, writeFile(*file, raw))
		}
		return answer(issue(ctx, d, c.arg(0), c.arg(1), *file))
	}
}

// issue issues a letter and writes it. The place is tried first: a number once
// taken stays taken.
func issue(ctx context.Context, d *desk.Desk, number, kind, file string) (written, error) {
	if err := writable(file); err != nil {
		return written{}, err
	}
	issued, raw, err := d.LetterIssue(ctx, number, kind)
	if err != nil {
		return written{}, err
	}
	err = writeFile(file, raw)
	out := written{Issued: issued, File: file}
	if err == nil {
		out.Copies, err = copies(ctx, d, number, issued, file)
	}
	if err != nil {
		f := fault.Of(err)
		return written{}, fault.New(f.Kind, f.Code, "文书已签发（"+issued.Number+"），但"+f.Message, "请用 letter export 再写一次").Wrap(err)
	}
	return out, nil
}

// copies writes the other copies of a letter beside it.
func copies(ctx context.Context, d *desk.Desk, number string, issued desk.Issued, file string) ([]copyResult, error) {
	c, err := d.Show(ctx, number)
	if err != nil {
		return nil, err
	}
	var out []copyResult
	for _, l := range c.Letters {
		if l.Number != issued.Number || l.ID == issued.ID {
			continue
		}
		raw, err := d.LetterExport(ctx, number, l.ID)
		if err != nil {
			return nil, err
		}
		ext := filepath.Ext(file)
		beside := fmt.Sprintf("%s-副本%d%s", strings.TrimSuffix(file, ext), len(out)+1, ext)
		if err := writeFile(beside, raw); err != nil {
			return nil, err
		}
		out = append(out, copyResult{l.ID, l.Label, beside})
	}
	return out, nil
}

func letterExport(fs *flag.FlagSet) action {
	file := outputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		if *file == "" {
			return nil, usage("请用 -o 写明 PDF 文件")
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		raw, err := d.LetterExport(ctx, c.arg(0), c.arg(1))
		if err != nil {
			return nil, err
		}
		return answer(written{Case: c.arg(0), File: *file}, writeFile(*file, raw))
	}
}

func letterVoid(fs *flag.FlagSet) action {
	reason := fs.String("reason", "", "作废的`原因`")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.LetterVoid(ctx, c.arg(0), c.arg(1), *reason))
	}
}

func letterBatch(fs *flag.FlagSet) action {
	kind := fs.String("kind", "", "文书`种类`，如 acceptance")
	query := fs.String("query", "", "`查询词`，同 case list")
	to := fs.String("o", "", "写到这个`文件夹`，每件一个文件；或写成一个打印文件（.pdf）")
	return func(ctx context.Context, c *call) (any, error) {
		if *kind == "" || *to == "" {
			return nil, usage("请用 --kind 写明文书种类，用 -o 写明文件夹或 .pdf 文件")
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		rows, err := listAll(ctx, d, desk.CaseQuery{Query: *query}, 0)
		if err != nil {
			return nil, err
		}
		numbers := make([]string, len(rows))
		for i, r := range rows {
			numbers[i] = r.Number
		}
		if strings.EqualFold(filepath.Ext(*to), ".pdf") {
			return printFile(ctx, d, numbers, *kind, *to)
		}
		return letterFiles(ctx, d, numbers, *kind, *to)
	}
}

// printFile issues many letters into one file to print.
func printFile(ctx context.Context, d *desk.Desk, numbers []string, kind, file string) (any, error) {
	if err := writable(file); err != nil {
		return nil, err
	}
	out, raw, err := d.LetterIssueMany(ctx, numbers, kind)
	if raw != nil {
		err = errors.Join(err, writeFile(file, raw))
	}
	return answer(out, err)
}

// letterFiles issues many letters into one file each.
func letterFiles(ctx context.Context, d *desk.Desk, numbers []string, kind, dir string) (any, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.New(fault.Refused, "file-not-written", "不能建立文件夹："+dir, "请换一个位置").Wrap(err)
	}
	out, _, err := d.LetterIssueMany(ctx, numbers, kind)
	for _, l := range out.Issued {
		raw, exporting := d.LetterExport(ctx, l.Case, l.ID)
		if exporting != nil {
			return nil, exporting
		}
		file := filepath.Join(dir, l.Case+"-"+kind+".pdf")
		if writing := writeFile(file, raw); writing != nil {
			return nil, writing
		}
		if _, copying := copies(ctx, d, l.Case, l.Issued, file); copying != nil {
			return nil, copying
		}
	}
	return answer(out, err)
}

func missingText(missing []desk.Missing) string {
	var labels []string
	for _, m := range missing {
		labels = append(labels, m.Label)
	}
	return strings.Join(labels, "、")
}
