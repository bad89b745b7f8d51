package main

import (
	"context"
	"flag"
	"slices"
	"strconv"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// maxRules is the largest rulebook or calendar file that is read; their
// readers have tighter limits of their own.
const maxRules = 4 << 20

func ruleCommands() []command {
	return []command{
		{name: "regime list", about: "可用的办法；登记了行业的单位只列适用的", reads: true,
			setup: fitting((*session).rules, (*desk.Desk).Regimes, func(r desk.RegimeRow) string { return r.ID })},
		{name: "regime show", args: "ID", about: "一份办法的全部内容；ID 也可以是 S7 这样的系统号", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.rules(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.ShowRegime(ctx, c.arg(0)))
		})},
		{name: "regime diff", args: "A B", about: "两个版本的不同，写成 编号@版本", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.rules(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.DiffRegimes(ctx, c.arg(0), c.arg(1)))
		})},
		{name: "regime check", args: "FILE", about: "检查办法文件，列出全部问题，不启用", reads: true, setup: plain(regimeCheck)},
		{name: "regime add", args: "FILE", about: "启用办法文件；有问题的整份不用", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return withFile(ctx, c, (*desk.Desk).AddRegime)
		})},
		{name: "workday", args: "DATE N", about: "DATE 之后第 N 个工作日，逐日说明", reads: true, setup: plain(workday)},
		{name: "limit", args: "START SPAN", about: "从 START 起的期限届满日，SPAN 如 7workday、60day、30minute、3month", reads: true, setup: limit},
	}
}

// fitting is a command that lists what belongs to the rulebooks meant for this
// office; --all lists it of every rulebook.
func fitting[T any](open func(*session, context.Context) (*desk.Desk, error), ask func(*desk.Desk, context.Context) ([]T, error), regimeOf func(T) string) func(*flag.FlagSet) action {
	return func(fs *flag.FlagSet) action {
		all := fs.Bool("all", false, "不适用于本单位行业和主体资格的也列出")
		return func(ctx context.Context, c *call) (any, error) {
			d, err := open(c.session, ctx)
			if err != nil {
				return nil, err
			}
			rows, err := ask(d, ctx)
			if err != nil || *all {
				return answer(rows, err)
			}
			fits := d.Fits(ctx)
			return slices.DeleteFunc(rows, func(row T) bool { return !fits(regimeOf(row)) }), nil
		}
	}
}

// regimeID lets a rulebook be named by its system too: S7.
func regimeID(ctx context.Context, d *desk.Desk, name string) (string, error) {
	rows, err := d.Regimes(ctx)
	for _, r := range rows {
		if r.System == name && name != "" {
			return r.ID, err
		}
	}
	return name, err
}

// withFile hands a file to the desk.
func withFile[T any](ctx context.Context, c *call, do func(*desk.Desk, context.Context, []byte) (T, error)) (any, error) {
	raw, err := c.readFile(c.arg(0), maxRules)
	if err != nil {
		return nil, err
	}
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	return answer(do(d, ctx, raw))
}

func regimeCheck(ctx context.Context, c *call) (any, error) {
	raw, err := c.readFile(c.arg(0), maxRules)
	if err != nil {
		return nil, err
	}
	d, err := c.rules(ctx)
	if err != nil {
		return nil, err
	}
	out, err := d.CheckRegime(ctx, raw)
	if err != nil {
		return nil, err
	}
	if !out.OK {
		return out, shown{fault.Refused}
	}
	return out, nil
}

func workday(ctx context.Context, c *call) (any, error) {
	n, err := strconv.Atoi(c.arg(1))
	if err != nil {
		return nil, usage("N 应是整数：" + c.arg(1))
	}
	d, err := c.rules(ctx)
	if err != nil {
		return nil, err
	}
	return answer(d.Workday(ctx, c.arg(0), n))
}

func limit(fs *flag.FlagSet) action {
	roll := fs.String("roll", "none", "届满日是休息日时怎么`顺延`：none、statutory_day、holiday_break、rest_day")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.rules(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Limit(ctx, c.arg(0), c.arg(1), *roll))
	}
}
