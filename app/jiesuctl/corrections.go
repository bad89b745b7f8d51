package main

import (
	"context"
	"flag"
	"path/filepath"

	"jiesu/backend/desk"
)

func correctionCommands() []command {
	return []command{
		{name: "case edit", args: "NUMBER", about: "更正登记的内容", setup: caseEdit},
		{name: "case attach", args: "NUMBER FILE", about: "添加材料", setup: caseAttach},
		{name: "case note", args: "NUMBER TEXT", about: "加一条备注", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return corrected(ctx, c, (*desk.Desk).Note)
		})},
		{name: "case link", args: "NUMBER OTHER", about: "关联两件", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return corrected(ctx, c, (*desk.Desk).Link)
		})},
		{name: "case merge", args: "NUMBER INTO", about: "并案：NUMBER 并入 INTO，两个编号都还能查到", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return corrected(ctx, c, (*desk.Desk).Merge)
		})},
		{name: "case undo", args: "NUMBER ENTRY", about: "撤回一步；ENTRY 是 case show 里 history 的 id", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return corrected(ctx, c, (*desk.Desk).Undo)
		})},
		{name: "case split", args: "NUMBER", about: "分案：把一部分另登记为一件", setup: caseSplit},
	}
}

// corrected does what takes a case and one more word.
func corrected(ctx context.Context, c *call, do func(*desk.Desk, context.Context, string, string) (desk.Change, error)) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	return answer(do(d, ctx, c.arg(0), c.arg(1)))
}

func caseEdit(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	reason := fs.String("reason", "", "更正的`原因`")
	return func(ctx context.Context, c *call) (any, error) {
		var fields map[string]any
		if err := c.read(*file, &fields); err != nil {
			return nil, err
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Edit(ctx, c.arg(0), fields, *reason))
	}
}

func caseAttach(fs *flag.FlagSet) action {
	name := fs.String("name", "", "材料的`名称`，默认为文件名")
	return func(ctx context.Context, c *call) (any, error) {
		f, err := openFile(c.arg(1))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if *name == "" {
			*name = filepath.Base(c.arg(1))
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Attach(ctx, c.arg(0), *name, f))
	}
}

func caseSplit(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		var in desk.SplitInput
		if err := c.read(*file, &in); err != nil {
			return nil, err
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Split(ctx, c.arg(0), in))
	}
}
