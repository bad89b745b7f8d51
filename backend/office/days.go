package office

import (
	"strings"
	"unicode/utf8"

	"jiesu/backend/calendar"
)

// States of a unit's own day; empty takes it back.
const (
	DayOff  = "off"  // the unit rests: a 民族节日 of its place (放假办法 art. 4)
	DayWork = "work" // the unit is on duty
)

// Limits on a unit's own days.
const (
	MaxDays    = 1000
	MaxDayName = 40 // characters
)

// Day is a day on which a unit works otherwise than the national arrangement
// says.
type Day struct {
	Off  bool   `json:"off"`
	Name string `json:"name"`
}

// SetDay makes a day the unit's own, or takes it back.
type SetDay struct {
	Date  string `json:"date"`
	State string `json:"state"`
	Name  string `json:"name,omitempty"` // what it is and who ordered it
}

func (*SetDay) name() string { return "day" }

func (u *Unit) setDay(f *SetDay) bool {
	day, err := calendar.ParseDate(f.Date)
	if err != nil || utf8.RuneCountInString(f.Name) > MaxDayName {
		return false
	}
	switch f.State {
	case "":
		delete(u.Days, day.String())
	case DayOff, DayWork:
		if _, have := u.Days[day.String()]; !have && len(u.Days) >= MaxDays {
			return false
		}
		u.Days[day.String()] = Day{Off: f.State == DayOff, Name: strings.TrimSpace(f.Name)}
	default: // of a newer program
		return false
	}
	return true
}

// Edits are the unit's own days as a calendar takes them.
func (u *Unit) Edits() []calendar.Edit {
	var out []calendar.Edit
	for _, date := range sorted(u.Days) {
		if day, err := calendar.ParseDate(date); err == nil {
			out = append(out, calendar.Edit{Date: day, Off: u.Days[date].Off, Name: u.Days[date].Name})
		}
	}
	return out
}
