package desk

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
)

// both opens two cases for one act that touches them together.
func (d *Desk) both(ctx context.Context, number, other string) (a, b opened, err error) {
	if a, err = d.change(ctx, number); err != nil {
		return
	}
	if b, err = d.openCase(other); err != nil {
		return
	}
	if a.c.ID == b.c.ID {
		err = fault.New(fault.Refused, "same-case", "两个编号是同一个案件", "请核对编号")
	}
	return
}

func (d *Desk) saveBoth(ctx context.Context, a, b opened, action, label string, onA, onB complaint.Effect) (Change, error) {
	env := d.env(a.book, a.me, a.regime, a.c)
	first := complaint.Simple(env, action, label+" "+b.c.Number, "", onA)
	second := complaint.Simple(env, action, label+" "+a.c.Number, "", onB)
	first.Reversible, second.Reversible = true, true
	return d.save(ctx, a, casebook.Write{Cases: []casebook.CaseWrite{{ID: a.c.ID, Act: first, Seen: a.c.Heads}, {ID: b.c.ID, Act: second, Seen: b.c.Heads}}})
}

// Link joins two cases loosely.
func (d *Desk) Link(ctx context.Context, number, other string) (Change, error) {
	a, b, err := d.both(ctx, number, other)
	if err != nil {
		return Change{}, err
	}
	return d.saveBoth(ctx, a, b, complaint.LinkAction, "关联", &complaint.Link{Case: b.c.ID, Kind: "related"}, &complaint.Link{Case: a.c.ID, Kind: "related"})
}

// Merge lets a case go on in another; both numbers stay findable.
func (d *Desk) Merge(ctx context.Context, number, into string) (Change, error) {
	a, b, err := d.both(ctx, number, into)
	if err != nil {
		return Change{}, err
	}
	if a.c.MergedInto != "" || b.c.MergedInto != "" {
		return Change{}, fault.New(fault.Refused, "merged-already", "其中一个案件已经并入别的案件", "请在并入后的案件中办理")
	}
	return d.saveBoth(ctx, a, b, complaint.MergeAction, "并案", &complaint.Merge{Into: b.c.ID}, &complaint.Merge{From: a.c.ID})
}

// openFile opens a file an officer named.
func openFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.NotFound, "file-not-found", "没有找到文件："+path, "请核对文件位置").Wrap(err)
	case err != nil:
		return nil, fault.New(fault.Failed, "file-not-read", "文件打不开："+path, "请检查文件是否被占用或没有权限").Wrap(err)
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
		return nil, fault.New(fault.Usage, "file-not-read", "这不是一个文件："+path, "请选择文件").Wrap(err)
	}
	return f, nil
}
