package message

import (
	"net/mail"
	"regexp"
	"strings"
	"time"
)

// dateLayouts are what programs write instead of RFC 5322 3.3.
var dateLayouts = []string{
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04 -0700",
	"2 Jan 06 15:04:05 -0700",
	"Jan 2 2006 15:04:05 -0700",
	"Jan 2 15:04:05 2006",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02 15:04:05",
	"2006/1/2 15:04:05",
	"2 Jan 2006 15:04:05",
	"2 Jan 2006",
}

// china is the zone of a time that names none.
var china = time.FixedZone("", 8*3600)

var (
	weekday = regexp.MustCompile(`(?i)\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s*`)
	comment = regexp.MustCompile(`\([^()]{0,200}\)`)
	zoned   = regexp.MustCompile(`\b(GMT|UTC|UT|Z)\s*([+-]\d{4})?$`)
)

// date reads the Date field, else the time of the last relay.
func (p *reader) date(h header) {
	p.m.RawDate = clean(p.raw(h.get("date")))
	if t, ok := parseDate(p.m.RawDate); ok {
		p.m.Date = t
		return
	}
	p.m.warn("date", "邮件没有可用的发送时间")
	received := clean(p.raw(h.get("received")))
	if i := strings.LastIndexByte(received, ';'); i >= 0 {
		if t, ok := parseDate(received[i+1:]); ok {
			p.m.Date = t
		}
	}
}

func parseDate(s string) (time.Time, bool) {
	if len(s) > 200 || s == "" {
		return time.Time{}, false
	}
	if t, err := mail.ParseDate(s); err == nil {
		return sane(t)
	}
	s = comment.ReplaceAllString(s, "")
	s = weekday.ReplaceAllString(s, "")
	s = strings.Join(strings.Fields(s), " ")
	s = zoned.ReplaceAllStringFunc(s, func(z string) string {
		if i := strings.IndexAny(z, "+-"); i >= 0 {
			return z[i:]
		}
		return "+0000"
	})
	for _, layout := range dateLayouts {
		if t, err := time.ParseInLocation(layout, s, china); err == nil {
			return sane(t)
		}
	}
	return time.Time{}, false
}

// sane refuses years that no mail is from.
func sane(t time.Time) (time.Time, bool) {
	return t, t.Year() >= 1980 && t.Year() < 2200
}
