package sample

import (
	"io/fs"
	"regexp"
	"strconv"
	"time"

	"jiesu/assets"
	"jiesu/backend/calendar"
)

var dateMark = regexp.MustCompile(`@-(\d{1,3})@`)

// Mails are sample complaints as they come over the line, dated back from now:
// administrative matters and property ones, in UTF-8, GB18030, GBK and Big5,
// with attachments, one twice, an automatic answer, a damaged one and one that
// asks again.
func Mails(now time.Time) ([][]byte, error) {
	names, err := fs.Glob(assets.Samples, "samples/mails/*.eml")
	if err != nil {
		return nil, err
	}
	var mails [][]byte
	for i, name := range names {
		raw, err := assets.Samples.ReadFile(name)
		if err != nil {
			return nil, err
		}
		mails = append(mails, dated(raw, now, i))
	}
	return append(mails, mails[0]), nil
}

// dated puts the date into the i-th mail: after a quarter past eight, N days
// before now, or five minutes before now for today.
func dated(raw []byte, now time.Time, i int) []byte {
	return dateMark.ReplaceAllFunc(raw, func(mark []byte) []byte {
		n, err := strconv.Atoi(string(dateMark.FindSubmatch(mark)[1]))
		if err != nil {
			return mark
		}
		at := now.In(calendar.Zone()).Add(-5 * time.Minute)
		if n > 0 {
			at = calendar.DateOf(now).AddDays(-n).At(8*60 + 15 + i)
		}
		return []byte(at.Format(time.RFC1123Z))
	})
}
