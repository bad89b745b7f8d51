package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jiesu/backend/desk"
)

func calendarCommands() []command {
	day := func(state string) action {
		return func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.SetDay(ctx, c.arg(0), state, c.arg(1)))
		}
	}
	return []command{
		{name: "calendar show", args: "[YEAR]", about: "一年的放假、调休和本单位的日子", reads: true, setup: plain(calendarShow)},
		{name: "calendar load", args: "FILE", about: "载入一年的放假安排，期限随之重算", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return withFile(ctx, c, (*desk.Desk).LoadCalendar)
		})},
		{name: "calendar off", args: "DATE NAME", about: "本单位这一天休息，NAME 写明名目和依据，期限随之重算", setup: plain(day("off"))},
		{name: "calendar work", args: "DATE NAME", about: "本单位这一天上班", setup: plain(day("work"))},
		{name: "calendar unset", args: "DATE", about: "取消本单位对这一天的设定", setup: plain(day(""))},
		{name: "calendar log", about: "日历改动以后哪些期限变了", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return onDesk(ctx, c, (*desk.Desk).CalendarLog)
		})},
	}
}

func calendarShow(ctx context.Context, c *call) (any, error) {
	year := 0
	if c.arg(0) != "" {
		var err error
		if year, err = strconv.Atoi(c.arg(0)); err != nil {
			return nil, usage("YEAR 应是年份：" + c.arg(0))
		}
	}
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	return answer(d.CalendarYear(ctx, year))
}

// calendarText is what concerns the calendar, for a person.
func calendarText(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case desk.CalendarYear:
		fmt.Fprintf(b, "%d年：%s\n", v.Year, v.Source)
		for _, d := range v.Days {
			fmt.Fprintf(b, "  %s %s %s\n", d.Date, map[bool]string{true: "上班", false: "休息"}[d.Work], d.Why)
		}
		for _, s := range v.Doubts {
			fmt.Fprintln(b, "请核对："+s)
		}
	case []desk.CalendarChange:
		for _, c := range v {
			fmt.Fprintf(b, "%s %s：%d 个期限变了，%d 个不再是暂定\n", moment(c.At), strings.Join(c.What, "；"), len(c.Moves), c.Firm)
			for _, m := range c.Moves {
				fmt.Fprintf(b, "  %s %s：%s → %s%s\n", m.Number, m.Clock, m.Old, m.New, map[bool]string{true: "（已办的变为逾期）"}[m.Late])
			}
		}
	default:
		return false
	}
	return true
}
