package regime

import (
	"time"

	"jiesu/backend/calendar"
)

// BeforeEnd asks that a date lies before the day on which a clock ends: what
// a person is given time for must not outlast the office's own limit, where
// asking does not stop it (121号 arts 10 and 15). With no date, or a clock that
// has no end, there is nothing to compare and it holds.
type BeforeEnd struct {
	Field string `json:"field" yaml:"field"` // a date
	Clock string `json:"clock" yaml:"clock"`
}

// endFacts is what facts know that can tell when a clock ends.
type endFacts interface {
	ClockEnd(id string) (time.Time, bool)
}

func (b *BeforeEnd) holds(f Facts) bool {
	ends, ok := f.(endFacts)
	value, given := f.Field(b.Field)
	text, _ := value.(string)
	if !ok || !given || len(text) < len(time.DateOnly) {
		return true
	}
	day, err := calendar.ParseDate(text[:len(time.DateOnly)])
	end, set := ends.ClockEnd(b.Clock)
	return err != nil || !set || day.Before(calendar.DateOf(end))
}

func (c *checker) guardBeforeEnd(at string, b *BeforeEnd) {
	if b == nil {
		return
	}
	if def, ok := c.r.FieldDef(b.Field); !ok || def.Type != "date" {
		c.say(at, "条件里的字段“%s”不是日期", short(b.Field))
	}
	if _, ok := c.r.Clock(b.Clock); !ok {
		c.say(at, "条件里的时限“%s”不存在", short(b.Clock))
	}
}
