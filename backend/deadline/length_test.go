package deadline_test

import (
	"strings"
	"testing"
	"time"

	"jiesu/backend/deadline"
	"jiesu/backend/regime"
)

func TestAFieldOfTheCaseNamesTheLimit(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*regime.Clock)
		value  any
		due    string
		state  string
		origin string
		says   string // in the explanation
	}{
		{"minutes", nil, 40.0, "2026-11-23 10:40", "running", "本案约定", "等候：40分钟（本案约定"},
		{"an hour in minutes", nil, 120.0, "2026-11-23 12:00", "running", "本案约定", "2小时"},
		{"a span", nil, "3workday", "2026-11-26", "running", "本案约定", "3个工作日"},
		{"the due day", nil, "2026-11-28", "2026-11-28", "running", "本案约定", "到2026年11月28日"},
		{"the due moment", nil, "2026-11-24T15:30:00+08:00", "2026-11-24 15:30", "running", "本案约定", "到2026年11月24日 15:30"},
		{"the due moment as officers write it", nil, "2026-11-24 15:30", "2026-11-24 15:30", "running", "本案约定", "到期时间在本案中写明"},
		{"a promise before the start is over", nil, "2026-11-20", "2026-11-20", "overdue", "本案约定", "到2026年11月20日"},
		{"not said", nil, nil, "", "unset", "未设定", "未设定"},
		{"nonsense", nil, "很快", "", "unset", "未设定", "未设定"},
		{"no minutes", nil, 0.0, "", "unset", "未设定", "未设定"},
		{"too many", nil, 1e9, "", "unset", "未设定", "未设定"},
		{"not said: the rule's own", func(k *regime.Clock) { k.Span, k.Origin = "2hour", regime.ByUnit }, nil, "2026-11-23 12:00", "running", "办法规定", "2小时"},
		{"said: in place of the rule's own", func(k *regime.Clock) { k.Span, k.Origin = "2hour", regime.ByUnit }, 300.0, "2026-11-23 15:00", "running", "本案约定", "5小时"},
		{"no longer than the law", func(k *regime.Clock) { k.Span, k.Origin = "5workday", regime.Statutory }, "20day", "2026-11-30", "running", "法定",
			"第九条规定5个工作日，本案约定20日；取最早到期的5个工作日"},
		{"shorter than the law", func(k *regime.Clock) { k.Span, k.Origin = "5workday", regime.Statutory }, "2026-11-25", "2026-11-25", "running", "本案约定",
			"第九条规定5个工作日，本案约定到2026年11月25日；取最早到期的到2026年11月25日"},
		{"a promised day does not roll", func(k *regime.Clock) { k.Roll = "rest_day" }, "2026-11-28", "2026-11-28", "running", "本案约定", "到2026年11月28日"},
		{"nor does a pause move it", func(k *regime.Clock) { k.Pause, k.Resume = []string{"received"}, []string{"back"} }, "2026-11-28", "2026-11-28", "paused", "本案约定", "暂停计算"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := clock(func(k *regime.Clock) {
				k.Label, k.Span, k.Origin, k.Article, k.SpanFrom = "等候", "", regime.Unset, "第九条", "promised"
				if tt.change != nil {
					tt.change(k)
				}
			})
			values := facts{}
			if tt.value != nil {
				values["promised"] = tt.value
			}
			in := deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{k}, Now: at(t, "2026-11-23 10:10"), Facts: known{facts: values},
				Marks: marks(t, map[string][]string{"received": {"2026-11-23 10:00"}})}
			d := one(t, in)
			if d.Day() != tt.due || d.State != tt.state || d.OriginText() != tt.origin {
				t.Fatalf("got %q %s %s", d.Day(), d.State, d.OriginText())
			}
			if e, ok := deadline.Explain(in, "k"); !ok || !strings.Contains(e.Text(), tt.says) || e.Deadline.Day() != tt.due {
				t.Fatalf("it says %s", e.Text())
			}
			if d.YellowAt.After(d.RedAt) || !d.Due.IsZero() && d.RedAt.After(d.Due.Add(time.Second)) {
				t.Fatalf("yellow %v red %v due %v", d.YellowAt, d.RedAt, d.Due)
			}
		})
	}
}

func TestAPromisedDayIsExtendedFromItself(t *testing.T) {
	k := clock(func(k *regime.Clock) {
		k.Span, k.Origin, k.SpanFrom, k.Extend = "", regime.Unset, "promised", &regime.Extend{Times: 1}
	})
	in := deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{k}, Now: at(t, "2026-11-23"), Facts: known{facts: facts{"promised": "2026-11-27"}},
		Extensions: []deadline.Extension{{Clock: "k", Span: "3day", At: at(t, "2026-11-24")}}, Marks: marks(t, map[string][]string{"received": {"2026-11-23"}})}
	if d := one(t, in); d.Day() != "2026-11-30" {
		t.Fatalf("got %s", d.Day())
	}
}

// Of what binds the office the shorter holds, of what binds the citizen the
// longer (domain.md, correction 9).
func TestLawBesideTheRule(t *testing.T) {
	for _, tt := range []struct {
		name       string
		span, law  string
		own        string // set by the office
		binds      string
		due        string
		origin     string
		basis      string
		ruleOrigin string
	}{
		{"the rule is shorter", "3workday", "5workday", "", "", "2026-11-26", "办法规定",
			"《样本法》第五条规定5个工作日，办法规定3个工作日；取最早到期的3个工作日", regime.ByUnit},
		{"the law is shorter", "10workday", "5workday", "", "", "2026-11-30", "法定",
			"《样本法》第五条规定5个工作日，办法规定10个工作日；取最早到期的5个工作日", regime.ByUnit},
		{"the office set a shorter one", "10workday", "5workday", "4workday", "", "2026-11-27", "本单位设定",
			"《样本法》第五条规定5个工作日，本单位设定4个工作日；取最早到期的4个工作日", regime.ByUnit},
		{"the rule is silent", "", "5workday", "", "", "2026-11-30", "法定", "《样本法》第五条", regime.Unset},
		{"both end together: the law is named", "5workday", "5workday", "", "", "2026-11-30", "法定",
			"《样本法》第五条规定5个工作日，办法规定5个工作日；取最早到期的5个工作日", regime.ByUnit},
		{"the citizen: the law is longer", "10day", "60day", "", "citizen", "2027-01-22", "法定",
			"《样本法》第五条规定60日，办法规定10日；取最晚到期的60日", regime.ByUnit},
		{"the citizen: the rule is longer", "90day", "60day", "", "citizen", "2027-02-21", "办法规定",
			"《样本法》第五条规定60日，办法规定90日；取最晚到期的90日", regime.ByUnit},
		// 20号 21(五) beside 消保法实施条例 46(三) from 2024-07-01: domain.md C2.
		{"two laws: the earlier of 45 working days and 60 days", "45workday", "60day", "", "", "2027-01-22", "法定",
			"第十五条规定45个工作日，《样本法》第五条规定60日；取最早到期的60日", regime.Statutory},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := clock(func(k *regime.Clock) {
				k.Span, k.Origin, k.Binds = tt.span, tt.ruleOrigin, tt.binds
				k.Law = &regime.Law{Span: tt.law, Article: "《样本法》第五条"}
			})
			in := deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{k}, Now: at(t, "2026-11-23"),
				Marks: marks(t, map[string][]string{"received": {"2026-11-23"}})}
			if tt.own != "" {
				in.Overrides = map[string]string{"k": tt.own}
			}
			d := one(t, in)
			if d.Day() != tt.due || d.OriginText() != tt.origin || d.Basis != tt.basis {
				t.Fatalf("got %s %s %s", d.Day(), d.OriginText(), d.Basis)
			}
			if e, _ := deadline.Explain(in, "k"); !strings.Contains(e.Text(), tt.basis) {
				t.Fatalf("it says %s", e.Text())
			}
		})
	}
}

func TestARunOutLimitNamesWhoMustDoWhat(t *testing.T) {
	k := clock(func(k *regime.Clock) { k.Demands, k.Overdue = "explain-overdue", "manager" })
	in := deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{k}, Marks: marks(t, map[string][]string{"received": {"2026-09-18"}})}
	for now, wanted := range map[string]string{"2026-09-29 23:59": "", "2026-09-30 00:00": "explain-overdue manager"} {
		in.Now = at(t, now)
		if d := one(t, in); strings.TrimSpace(d.Demands+" "+d.Role) != wanted {
			t.Errorf("%s: %q %q", now, d.Demands, d.Role)
		}
	}
	in.Marks["done"] = marks(t, map[string][]string{"done": {"2026-10-09"}})["done"]
	if d := one(t, in); d.Demands != "" || !d.Late {
		t.Errorf("it is done, late: %q %v", d.Demands, d.Late)
	}
}

func TestTwoExtensionsGrantedApartCountOnce(t *testing.T) {
	k := clock(func(k *regime.Clock) { k.Span, k.Extend = "60day", &regime.Extend{Times: 1, Span: "30day"} })
	in := deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{k}, Now: at(t, "2026-08-20"), Marks: marks(t, map[string][]string{"received": {"2026-08-03"}}),
		Extensions: []deadline.Extension{{Clock: "k", Span: "20day", At: at(t, "2026-08-11")}, {Clock: "k", Span: "30day", At: at(t, "2026-08-10")}}}
	d := one(t, in)
	if d.Day() != "2026-10-22" {
		t.Errorf("the first in the history counts: got %s", d.Day())
	}
	if len(d.Ignored) != 1 || d.Ignored[0] != "只能延长1次，2026年8月10日的延长30日不计" {
		t.Errorf("the other one is told: %q", d.Ignored)
	}
	if e, _ := deadline.Explain(in, "k"); !strings.Contains(e.Text(), d.Ignored[0]) {
		t.Errorf("the explanation is silent: %s", e.Text())
	}
	in.Extensions = in.Extensions[:1]
	in.Extensions[0].Span = "45workday" // another unit than the most, and longer
	if d := one(t, in); d.Day() != "2026-11-01" {
		t.Errorf("another unit went beyond the most: %s", d.Day())
	}
}
