package main

import (
	"context"
	"flag"

	"jiesu/backend/desk"
)

// peopleCommands are what concerns the people of cases: who consented and was
// told, who may see whom, and which cases are one person's.
func peopleCommands() []command {
	return []command{
		{name: "case parts", about: "一信多求：把一封来件分成几件，各有编号；-f 为 {\"message\",\"parts\":[…]}", setup: caseParts},
		{name: "case record", args: "NUMBER GROUP", about: "记一行：members 联名、heirs 继承人、consents 同意、contact_attempts 联系、told_respondent 提供给被投诉人的信息、other_matters 其他事项", setup: caseRecord},
		{name: "case records", args: "NUMBER GROUP", about: "看这些记录，连同每行的内部编号", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return with(ctx, c, func(d *desk.Desk) ([]desk.RecordRow, error) { return d.Recorded(ctx, c.arg(0), c.arg(1)) })
		})},
		{name: "case amend", args: "NUMBER GROUP ROW", about: "更改一行记录，如成员退出", setup: caseAmend},
		{name: "case confide", args: "NUMBER OFFICER…", about: "保密案件：增加可见人员", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return with(ctx, c, func(d *desk.Desk) (desk.Change, error) { return d.Confide(ctx, c.arg(0), c.args[1:]) })
		})},
		{name: "case looks", args: "NUMBER", about: "查看记录：谁看过受保护的人员或人员卡片", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return with(ctx, c, func(d *desk.Desk) ([]desk.Look, error) { return d.Looks(ctx, c.arg(0)) })
		})},
		{name: "person list", about: "人员卡片：几件是同一人的；--query 按词查找", reads: true, setup: personList},
		{name: "person show", args: "NUMBER", about: "一件的投诉人的卡片；每次查看都有记录", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return with(ctx, c, func(d *desk.Desk) (desk.PersonCard, error) { return d.Person(ctx, c.arg(0)) })
		})},
		{name: "person merge", args: "NUMBER OTHER", about: "两件的投诉人是同一人", setup: personSaid((*desk.Desk).PersonMerge)},
		{name: "person apart", args: "NUMBER OTHER", about: "两件的投诉人不是同一人，以后不再提示", setup: personSaid((*desk.Desk).PersonApart)},
		{name: "person unmerge", args: "NUMBER", about: "把一件从人员卡片中取出", setup: personSaid(func(d *desk.Desk, ctx context.Context, number, _, reason string) (desk.Change, error) {
			return d.PersonUnmerge(ctx, number, reason)
		})},
	}
}

// with asks the desk.
func with[T any](ctx context.Context, c *call, do func(*desk.Desk) (T, error)) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	return answer(do(d))
}

func caseParts(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		var in desk.PartsInput
		if err := c.read(*file, &in); err != nil {
			return nil, err
		}
		return with(ctx, c, func(d *desk.Desk) ([]desk.Registered, error) { return d.RegisterParts(ctx, in) })
	}
}

func caseRecord(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		var row map[string]any
		if err := c.read(*file, &row); err != nil {
			return nil, err
		}
		return with(ctx, c, func(d *desk.Desk) (desk.Change, error) { return d.Record(ctx, c.arg(0), c.arg(1), row) })
	}
}

func caseAmend(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		var columns map[string]any
		if err := c.read(*file, &columns); err != nil {
			return nil, err
		}
		return with(ctx, c, func(d *desk.Desk) (desk.Change, error) { return d.Amend(ctx, c.arg(0), c.arg(1), c.arg(2), columns) })
	}
}

func personList(fs *flag.FlagSet) action {
	query := fs.String("query", "", "`查询词`：姓名、电话")
	return func(ctx context.Context, c *call) (any, error) {
		return with(ctx, c, func(d *desk.Desk) ([]desk.PersonRow, error) { return d.Persons(ctx, *query) })
	}
}

func personSaid(say func(d *desk.Desk, ctx context.Context, number, other, reason string) (desk.Change, error)) func(*flag.FlagSet) action {
	return func(fs *flag.FlagSet) action {
		reason := fs.String("reason", "", "`依据`，例如电话和证件号码相同")
		return func(ctx context.Context, c *call) (any, error) {
			return with(ctx, c, func(d *desk.Desk) (desk.Change, error) { return say(d, ctx, c.arg(0), c.arg(1), *reason) })
		}
	}
}
