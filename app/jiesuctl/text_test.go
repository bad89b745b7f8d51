package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestAPersonReadsChinese goes through what a person asks most, without --json.
func TestAPersonReadsChinese(t *testing.T) {
	dir := founded(t)
	number := ""
	for _, s := range []struct{ args, input, want string }{
		{"profile set phone=010-00000001", "", "电话 phone：010-00000001"},
		{"clock set S7 acceptance 5workday", "", "受理\t5个工作日\t本单位设定 第五条第一项\n"},
		{"clock list", "", "办理\t未设定\t第七条、第八条\n"},
		{"case register -f -", registration, "已登记 YJ01-"},
		{"case list", "", "绿 YJ01-"},
		{"case list --regime S7", "", "绿 YJ01-"},
		{"case show $N", "", "期限 受理：2026-09-23 剩4个工作日"},
		{"case actions $N", "", "accept\t受理"},
		{"case actions $N --all", "", "目前处于“已登记，待审查”"},
		{"case explain $N acceptance", "", "到期：2026年9月23日"},
		{"case note $N 已电话核实", "", "备注：已电话核实"},
		{"letter kinds $N", "", ""},
		{"workday 2026-09-30 3", "", "2026-10-10\n"},
		{"workday 2026-12-25 10", "", "暂定"},
		{"limit 2026-09-21 15day --roll rest_day", "", "2026-10-08"},
		{"limit 2026-08-03 60day --roll holiday_break", "", "2026-10-08\n  只在法定节假日当日顺延：2026-10-04\n  放假期间顺延：2026-10-08\n  任何休息日都顺延：2026-10-08\n  最迟在 2026-09-30 办完"},
		{"calendar off 2026-09-22 样本民族节日", "", "2026-09-22 休息 本单位设定休息：样本民族节日"},
		{"calendar log", "", " 受理：2026-09-23 → 2026-09-24\n"},
		{"calendar unset 2026-09-22", "", "2026年：国务院办公厅放假通知"},
		{"regime list", "", "S7\tcn.gov.general"},
		{"regime show S16", "", "目的：规范客户投诉处理工作,确保客户的各类投诉及时、合理解决,提高客户满意率。（"},
		{"regime show S16", "", "回访：3日，自“处理完毕”至“回访”\n    当日不算，从次日起算\n"},
		{"regime diff S16 S16", "", "没有不同\n"},
		{"officer list", "", "样本经办\t样本街道办事处"},
		{"mail import " + mailFile(t), "", "张样本\t投诉街道办事处拖延审批"},
		{"case show $N", "", "2026-09-18 10:00 样本经办 备注：已电话核实\n"},
		{"contradiction list", "", ""},
		{"share status", "", "未设置共享文件夹"},
		{"verify", "", "案件 1 件：没有发现问题"},
	} {
		args := strings.Fields(strings.ReplaceAll(s.args, "$N", number))
		out, errs, code := run(t, testNow, s.input, append(args, "--data", dir)...)
		if code != 0 || !strings.Contains(string(out), s.want) {
			t.Errorf("%s: exit code %d, %q does not say %q\n%s", s.args, code, out, s.want, errs)
		}
		if rest, ok := strings.CutPrefix(string(out), "已登记 "); ok {
			number = strings.TrimSpace(rest)
		}
	}
}

// An office that has stated its trade is shown what is meant for it; the rest
// when it asks.
func TestListsShowWhatIsMeantForTheOffice(t *testing.T) {
	dir := founded(t)
	in := func(args string) string {
		out, errs, code := run(t, testNow, "", append(strings.Fields(args), "--data", dir)...)
		if code != 0 {
			t.Fatalf("%s: %d %s", args, code, errs)
		}
		return string(out)
	}
	lists := map[string]string{"regime list": "\tcn.catering\t", "clock list": "cn.catering promise\t", "authority list": "\t未设定：一律上报"}
	for list, own := range lists {
		if got := in(list); !strings.Contains(got, own) {
			t.Errorf("%s, no trade stated: %s", list, got)
		}
	}
	in("profile set sector=gas capacity=enterprise")
	for list, others := range lists {
		if some, all := in(list), in(list+" --all"); strings.Contains(some, others) || !strings.Contains(all, others) || !strings.HasPrefix(list, "authority") && !strings.Contains(some, "cn.gas") {
			t.Errorf("%s: %s\nall: %s", list, some, all)
		}
	}
	if got := in("clock list --all"); !strings.Contains(got, "\t由案件确定\t") {
		t.Errorf("no limit is left to the case: %s", got)
	}
}

func mailFile(t *testing.T) string {
	r := newRunner(t)
	return filepath.Join(r.dir, "new.eml")
}

func FuzzOptionsAndLinesNeverPanic(f *testing.F) {
	f.Add([]byte(`{"cmd":["workday","2026-09-30","3"]}`))
	f.Add([]byte(`{"cmd":["limit","2026-09-30","3day","--roll"],"input":{}}`))
	f.Add([]byte(`{"cmd":["--","case"]}`))
	f.Add([]byte("\xef\xbb\xbf{\"cmd\":[]}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p := &program{}
		c := &call{session: &session{program: p, g: &global{}}}
		var l line
		if decode(raw, &l) != nil {
			return
		}
		if k, rest, ok := find(l.Cmd); ok {
			fs := quiet(k.name)
			k.setup(fs)
			if plain, err := mixed(fs, rest); err == nil && k.check(plain) == nil {
				c.args = plain
				_ = c.arg(0)
			}
		}
	})
}
