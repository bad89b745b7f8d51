package main

import (
	"context"
	"flag"
	"fmt"

	"jiesu/backend/desk"
)

// reportCommands are the figures of a period.
func reportCommands() []command {
	return []command{
		{name: "report measures", args: "REGIME", about: "办法列明的指标（满意率、时限达成率等）和算法，按收到日期计", reads: true, setup: reportMeasures},
	}
}

func reportMeasures(fs *flag.FlagSet) action {
	from := fs.String("from", "", "收到`日期`起")
	to := fs.String("to", "", "收到`日期`止")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		id, err := regimeID(ctx, d, c.arg(0))
		if err != nil {
			return nil, err
		}
		return answer(d.Measures(ctx, id, *from, *to))
	}
}

// figure is a share in per cent with what it is made of, or a number.
func figure(share bool, f desk.MeasureFigure) string {
	switch {
	case !share:
		return fmt.Sprintf("%d 件", f.Count)
	case f.Of == 0:
		return "没有可计的案件"
	}
	return fmt.Sprintf("%.1f%%（%d/%d）", float64(f.Count)*100/float64(f.Of), f.Count, f.Of)
}
