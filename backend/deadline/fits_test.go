package deadline_test

import (
	"strings"
	"testing"

	"jiesu/backend/calendar"
	"jiesu/backend/deadline"
	"jiesu/backend/regime"
)

func TestAnOfficeMayOnlyBeStricterThanTheLaw(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*regime.Clock)
		own    string
		fits   bool
		says   string
	}{
		{"shorter", nil, "5workday", true, "第十五条规定7个工作日"},
		{"as long", nil, "7workday", false, "只能设得更短"},
		{"longer", nil, "8workday", false, "只能设得更短"},
		{"as many days of the calendar are never longer", nil, "7day", true, ""},
		{"ten days of the calendar are now and then", nil, "10day", false, ""},
		{"a day and a night are shorter", nil, "24hour", true, ""},
		{"two weeks in hours are not", nil, "336hour", false, ""},
		{"the citizen's: longer", func(k *regime.Clock) { k.Binds, k.Span = regime.BindsCitizen, "60day" }, "90day", true, "只能设得更长"},
		{"the citizen's: shorter", func(k *regime.Clock) { k.Binds, k.Span = regime.BindsCitizen, "60day" }, "30day", false, "第十五条规定60日，是给当事人的"},
		{"the citizen's: two months are now and then shorter", func(k *regime.Clock) { k.Binds, k.Span = regime.BindsCitizen, "60day" }, "2month", false, ""},
		{"no law", func(k *regime.Clock) { k.Origin = regime.ByUnit }, "90workday", true, ""},
		{"a law beside the rule", func(k *regime.Clock) {
			k.Origin, k.Law = regime.ByUnit, &regime.Law{Span: "10workday", Article: "《样本法》第五条"}
		}, "9workday", true, "《样本法》第五条规定10个工作日"},
		{"beyond the law beside the rule", func(k *regime.Clock) {
			k.Origin, k.Law = regime.ByUnit, &regime.Law{Span: "10workday", Article: "《样本法》第五条"}
		}, "11workday", false, ""},
		{"within one of two laws only", func(k *regime.Clock) {
			k.Span, k.Law = "45workday", &regime.Law{Span: "60day", Article: "《样本法》第五条"}
		}, "44workday", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := clock(tt.change)
			s, err := calendar.ParseSpan(tt.own)
			if err != nil {
				t.Fatal(err)
			}
			if fits, says := deadline.Fits(cal(t), nil, &k, s); fits != tt.fits || !strings.Contains(says, tt.says) {
				t.Errorf("%v %q", fits, says)
			}
		})
	}
}
