package calendar_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jiesu/backend/calendar"
)

func yearOf(t *testing.T, year int, days ...string) calendar.Year {
	t.Helper()
	list := []string{}
	for _, d := range days {
		date, state, _ := strings.Cut(d, " ")
		list = append(list, fmt.Sprintf(`{"name":"样本节","date":%q,"isOffDay":%v}`, date, state != "班"))
	}
	y, err := calendar.ParseYear([]byte(fmt.Sprintf(`{"year":%d,"days":[%s]}`, year, strings.Join(list, ","))))
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// national2027 are the statutory days of 2027, which a year file must have off.
var national2027 = []string{"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05", "2027-05-01", "2027-05-02",
	"2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03"}

func TestAYearFileThatLooksWrongIsDoubted(t *testing.T) {
	for name, tt := range map[string]struct {
		more  []string
		skip  string
		doubt string
	}{
		"all well":                                {nil, "", ""},
		"six days in a row":                       {[]string{"2027-10-04", "2027-10-05", "2027-10-10 班"}, "", ""}, // Wed 6 to Fri 8 is three; Sun 10 to Fri 15
		"seven days in a row":                     {[]string{"2027-10-09 班", "2027-10-10 班"}, "", "连续上班超过6天（放假办法第七条"},
		"a statutory holiday is worked":           {nil, "2027-10-01", "2027年10月1日是国庆节，文件里却要上班"},
		"a weekend worked beside a statutory day": {[]string{"2027-05-08 班"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			days := []string{}
			for _, d := range append(national2027, tt.more...) {
				if d != tt.skip {
					days = append(days, d)
				}
			}
			doubts := strings.Join(yearOf(t, 2027, days...).Doubts(), "\n")
			if tt.doubt == "" && doubts != "" || !strings.Contains(doubts, tt.doubt) {
				t.Errorf("it is doubted: %q, want %q", doubts, tt.doubt)
			}
		})
	}
	for _, year := range []int{2025, 2026} {
		raw, err := os.ReadFile(fmt.Sprintf("../../assets/calendars/%d.json", year))
		if err != nil {
			t.Fatal(err)
		}
		y, err := calendar.ParseYear(raw)
		if err != nil || len(y.Doubts()) > 0 {
			t.Errorf("%d: %v %v", year, err, y.Doubts())
		}
	}
}

// A file goes by its notice: the days of late December may stand in the next
// year's file, and stay when the year's own file is replaced.
func TestDecemberOfTheNextYearsFileStays(t *testing.T) {
	c := calendar.New(yearOf(t, 2026, "2026-10-01"), yearOf(t, 2027, "2026-12-31", "2027-01-01"))
	c = c.WithYears(yearOf(t, 2026, "2026-10-01", "2026-10-02"))
	for _, d := range []string{"2026-10-02", "2026-12-31"} {
		if works, why := c.IsWorkday(day(t, d)); works {
			t.Errorf("%s is worked: %s", d, why)
		}
	}
	c = c.WithYears(yearOf(t, 2027, "2027-01-01"))
	if works, why := c.IsWorkday(day(t, "2026-12-31")); !works {
		t.Errorf("what the replaced file of 2027 said still holds: %s", why)
	}
}

func TestTheOfficesOwnDaysOutliveANewYearFile(t *testing.T) {
	c, err := shipped(t).With(calendar.Edit{Date: day(t, "2027-04-09"), Off: true, Name: "壮族三月三"})
	if err != nil {
		t.Fatal(err)
	}
	c = c.WithYears(yearOf(t, 2027, national2027...))
	if works, why := c.IsWorkday(day(t, "2027-04-09")); works || why != "本单位设定休息：壮族三月三" {
		t.Errorf("%v %s", works, why)
	}
}
