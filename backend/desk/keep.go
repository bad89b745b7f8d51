package desk

import (
	"context"
	"path/filepath"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/office"
)

// Verify reads everything and compares it.
func (d *Desk) Verify(ctx context.Context) (VerifyResult, error) {
	book, err := d.open()
	if err != nil {
		return VerifyResult{}, err
	}
	entries, cases, problems, err := book.Verify(ctx)
	if problems == nil {
		problems = []string{}
	}
	return VerifyResult{OK: err == nil && len(problems) == 0, Entries: entries, Cases: cases, Problems: problems}, err
}

// Rebuild makes the database anew from the journal and verifies it.
func (d *Desk) Rebuild(ctx context.Context) (VerifyResult, error) {
	book, err := d.open()
	if err != nil {
		return VerifyResult{}, err
	}
	if err := book.Rebuild(ctx); err != nil {
		return VerifyResult{}, err
	}
	return d.Verify(ctx)
}

// Backup writes the whole desk to a new file.
func (d *Desk) Backup(ctx context.Context, file string) error {
	book, me, err := d.entered()
	if err != nil {
		return err
	}
	if !me.Has(office.Administrator) {
		return errAdminOnly
	}
	path, err := filepath.Abs(file)
	if err != nil {
		return fault.New(fault.Usage, "backup-path", "备份文件的位置不对", "请选择一个文件名").Wrap(err)
	}
	return book.Backup(ctx, path)
}

// Restore unpacks a backup into this desk's data folder, which must be empty.
func (d *Desk) Restore(ctx context.Context, file string) error {
	d.mu.RLock()
	open := d.book != nil
	d.mu.RUnlock()
	if open {
		return fault.New(fault.Refused, "data-folder-exists", "这里已经有数据文件夹", "请恢复到一个空文件夹，确认无误后再换用")
	}
	return casebook.Restore(ctx, d.o.Dir, file)
}

// RebuildOnly makes the database anew from the journal, without the check.
func (d *Desk) RebuildOnly(ctx context.Context) error {
	book, err := d.open()
	if err != nil {
		return err
	}
	return book.Rebuild(ctx)
}
