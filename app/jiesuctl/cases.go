package main

import (
	"context"
	"flag"
	"slices"
	"strings"

	"jiesu/backend/desk"
)

func caseCommands() []command {
	return []command{
		{name: "case register", about: "登记投诉", setup: caseRegister},
		{name: "case list", about: "案件列表和查询", reads: true, setup: caseList},
		{name: "case show", args: "NUMBER", about: "一件的全部内容", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.Show(ctx, c.arg(0)))
		})},
		{name: "case actions", args: "[NUMBER]", about: "现在能办什么、要填什么", reads: true, setup: caseActions},
		{name: "case act", args: "NUMBER ACTION", about: "办理一步", setup: caseAct},
		{name: "case explain", args: "NUMBER CLOCK", about: "一个期限逐日怎么算出来", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.Explain(ctx, c.arg(0), c.arg(1)))
		})},
	}
}

func caseRegister(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		var in desk.RegisterInput
		if err := c.read(*file, &in); err != nil {
			return nil, err
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Register(ctx, in))
	}
}

func caseList(fs *flag.FlagSet) action {
	var q desk.CaseQuery
	fs.StringVar(&q.Query, "query", "", "`查询词`：姓名、电话、编号、事实中的字")
	fs.StringVar(&q.Stage, "stage", "", "`环节`")
	fs.StringVar(&q.Light, "light", "", "`灯`：red、yellow、green、grey")
	fs.StringVar(&q.Regime, "regime", "", "`办法`")
	fs.StringVar(&q.Channel, "channel", "", "`渠道`")
	fs.StringVar(&q.Assignee, "assignee", "", "承办`人`")
	fs.StringVar(&q.Open, "open", "", "open 未结、closed 已结，不写为`全部`")
	fs.StringVar(&q.Received, "received", "", "收到日期`范围`，如 2026-01-01..2026-03-31")
	fs.StringVar(&q.Sort, "sort", "", "`排序`：due、received，前面加 - 倒序")
	most := fs.Int("limit", 0, "最多`几件`，0 为全部")
	return func(ctx context.Context, c *call) (any, error) {
		if err := checkQuery(q, *most); err != nil {
			return nil, err
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		if q.Regime, err = regimeID(ctx, d, q.Regime); err != nil {
			return nil, err
		}
		return answer(listAll(ctx, d, q, *most))
	}
}

// checkQuery refuses what would otherwise quietly find nothing, or everything.
func checkQuery(q desk.CaseQuery, most int) error {
	for _, f := range []struct{ name, value, allowed string }{
		{"light", q.Light, "red yellow green grey"},
		{"open", q.Open, "open closed"},
		{"sort", strings.TrimPrefix(q.Sort, "-"), "due received"},
	} {
		if f.value != "" && !slices.Contains(strings.Fields(f.allowed), f.value) {
			return usage("--" + f.name + " 没有“" + f.value + "”，可用：" + strings.Join(strings.Fields(f.allowed), "、"))
		}
	}
	if most < 0 {
		return usage("--limit 应是 0 或正整数")
	}
	return nil
}

// listAll reads a whole list, window by window; most 0 has no limit.
func listAll(ctx context.Context, d *desk.Desk, q desk.CaseQuery, most int) ([]desk.CaseRow, error) {
	const window = 1000
	rows := []desk.CaseRow{}
	for {
		count := window
		if most > 0 {
			count = min(count, most-len(rows))
		}
		page, err := d.List(ctx, q, len(rows), count)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.Rows...)
		if len(page.Rows) < count || len(rows) >= page.Total || most > 0 && len(rows) >= most {
			return rows, nil
		}
	}
}

func caseActions(fs *flag.FlagSet) action {
	all := fs.Bool("all", false, "连同现在不能办的，说明为什么")
	regime := fs.String("regime", "", "不看案件，列出一份`办法`的全部动作")
	return func(ctx context.Context, c *call) (any, error) {
		if *regime != "" {
			d, err := c.rules(ctx)
			if err != nil {
				return nil, err
			}
			id, err := regimeID(ctx, d, *regime)
			if err != nil {
				return nil, err
			}
			return answer(d.RegimeActions(ctx, id))
		}
		if c.arg(0) == "" {
			return nil, usage("请写明编号，或用 --regime 写明办法")
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Actions(ctx, c.arg(0), *all))
	}
}

func caseAct(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	at := fs.String("at", "", "实际办理的`时间`，默认现在")
	track := fs.String("track", "", "哪一条办理`线`")
	reason := fs.String("reason", "", "为什么现在才记的`理由`，三天以前的事须写明")
	return func(ctx context.Context, c *call) (any, error) {
		in := desk.ActInput{Case: c.arg(0), Action: c.arg(1), At: *at, Track: *track, Reason: *reason, Fields: map[string]any{}}
		if c.given(*file) {
			if err := c.read(*file, &in.Fields); err != nil {
				return nil, err
			}
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Act(ctx, in))
	}
}
