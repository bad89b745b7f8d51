package app

import (
	"context"
	"os"
	"path/filepath"
	"strconv"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// Letters is the printed side. Pages see a letter at /letter/….
type Letters struct{ *program }

// Kinds lists the letters a case can have now and what each still lacks.
func (l *Letters) Kinds(number string) ([]desk.LetterKind, error) {
	return ask(l.program, func(d *desk.Desk) ([]desk.LetterKind, error) { return d.LetterKinds(l.ctx, number) })
}

// Queue is what could go out now (to-issue) or what went out (issued).
func (l *Letters) Queue(state string) ([]desk.LetterQueueRow, error) {
	return ask(l.program, func(d *desk.Desk) ([]desk.LetterQueueRow, error) { return d.LetterQueue(l.ctx, state) })
}

// Issue takes the document number and makes the letter final.
func (l *Letters) Issue(number, kind string) (desk.Issued, error) {
	return ask(l.program, func(d *desk.Desk) (desk.Issued, error) {
		issued, _, err := d.LetterIssue(l.ctx, number, kind)
		return issued, err
	})
}

// Void withdraws an issued letter; its number is never used again.
func (l *Letters) Void(number, letter, reason string) (desk.Change, error) {
	return ask(l.program, func(d *desk.Desk) (desk.Change, error) { return d.LetterVoid(l.ctx, number, letter, reason) })
}

// Print hands an issued letter to the system's printing.
func (l *Letters) Print(number, letter string) error {
	return tell(l.program, func(d *desk.Desk) error {
		pdf, err := d.LetterExport(l.ctx, number, letter)
		if err != nil {
			return err
		}
		path, err := lend(l.place.open, "letter.pdf", pdf)
		if err != nil {
			return err
		}
		return printWithSystem(path)
	})
}

// Save writes an issued letter where the officer said.
func (l *Letters) Save(number, letter, path string) error {
	return tell(l.program, func(d *desk.Desk) error {
		pdf, err := d.LetterExport(l.ctx, number, letter)
		if err != nil {
			return err
		}
		return saveAs(path, pdf)
	})
}

// BatchRow is the fate of one letter of a batch.
type BatchRow struct {
	Number string `json:"number"`
	State  string `json:"state"` // issued, failed
	Letter string `json:"letter"`
	Why    string `json:"why"`
}

var errTooMany = fault.New(fault.Refused, "batch-too-large", "一次最多处理500份文书", "请缩小选择范围后再试")

// StartBatch issues one kind of letter for many cases into a folder, in the
// order given. The job's result is a []BatchRow.
func (l *Letters) StartBatch(numbers []string, kind, folder string) (string, error) {
	return ask(l.program, func(d *desk.Desk) (string, error) {
		if len(numbers) > 500 {
			return "", errTooMany
		}
		return l.jobs.start(func(ctx context.Context, progress func(int, int)) (any, error) {
			return issueBatch(ctx, d, numbers, kind, folder, progress)
		}), nil
	})
}

func issueBatch(ctx context.Context, d *desk.Desk, numbers []string, kind, folder string, progress func(int, int)) ([]BatchRow, error) {
	rows := make([]BatchRow, 0, len(numbers))
	for i, number := range numbers {
		if err := ctx.Err(); err != nil {
			return rows, err
		}
		row := BatchRow{Number: number, State: "issued"}
		issued, pdf, err := d.LetterIssue(ctx, number, kind)
		row.Letter = issued.Number
		if err == nil && folder != "" {
			err = saveAs(filepath.Join(folder, batchName(i, issued.Number)), pdf)
		}
		if err != nil {
			row.State, row.Why = "failed", fault.Of(err).Message
		}
		rows = append(rows, row)
		progress(i+1, len(numbers))
	}
	return rows, nil
}

// batchName sorts like the list and holds no more of the document number than
// every file system allows.
func batchName(i int, number string) string {
	return strconv.Itoa(1000 + i + 1)[1:] + " " + safeName(number) + ".pdf"
}

// saveAs writes beside the target and renames, so that an old file is whole
// or replaced.
func saveAs(path string, content []byte) error {
	if !filepath.IsAbs(path) {
		return errNotAFile
	}
	temporary := path + ".part"
	if err := os.WriteFile(temporary, content, 0o600); err != nil {
		return errNotSaved.Wrap(err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return errNotSaved.Wrap(err)
	}
	return nil
}

var errNotSaved = fault.New(fault.Failed, "save-failed", "文件没有保存成功", "请检查目标文件夹是否可写、空间是否足够，然后重试")
