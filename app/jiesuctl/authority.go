package main

import (
	"context"
	"flag"
	"strings"

	"jiesu/backend/desk"
)

// authorityCommands are about who answers for what and how far he may go alone.
func authorityCommands() []command {
	return []command{
		{name: "officer set", args: "NAME", about: "更改人员的电话、角色、分管的单位或部门、专长；没有写的不变", setup: officerSet},
		{name: "authority list", about: "各角色可以单独决定的补救额度，由谁设定；登记了行业的单位只列适用的办法", reads: true,
			setup: fitting((*session).desk, (*desk.Desk).AuthorityLimits, func(l desk.AuthorityLimit) string { return l.Regime })},
		{name: "authority set", args: "REGIME ROLE [AMOUNT]", about: "设定一个角色每件可以单独决定的金额；不写金额为恢复办法的规定", setup: authoritySet},
	}
}

func officerSet(fs *flag.FlagSet) action {
	var change desk.OfficerChange
	fs.Func("roles", "`角色`，用逗号分开", func(s string) error { change.Roles = names(s); return nil })
	fs.Func("in-charge", "分管的单位或`部门`，用逗号分开；空的为不分管", func(s string) error { change.InCharge = names(s); return nil })
	fs.Func("skills", "`专长`，用逗号分开；空的为没有", func(s string) error { change.Skills = names(s); return nil })
	fs.Func("phone", "办公`电话`", func(s string) error { change.Phone = &s; return nil })
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.SetOfficer(ctx, c.arg(0), change))
	}
}

// names splits what stands between commas.
func names(s string) *[]string {
	list := []string{}
	for _, n := range strings.Split(s, ",") {
		if n = strings.TrimSpace(n); n != "" {
			list = append(list, n)
		}
	}
	return &list
}

func authoritySet(fs *flag.FlagSet) action {
	group := fs.String("group", "", "只对这一`组`补救（项目编号）；不写为该角色的全部")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		id, err := regimeID(ctx, d, c.arg(0))
		if err != nil {
			return nil, err
		}
		return answer(d.SetAuthorityLimit(ctx, id, c.arg(1), *group, c.arg(2)))
	}
}
