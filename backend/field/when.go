package field

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// zone is the only civil time of the desk.
var zone = time.FixedZone("UTC+8", 8*3600)

// dateValue reads a day in the ways officers write it.
func dateValue(value any) (any, string) {
	const bad = "日期看不懂，请写成 2026-09-29"
	s, ok := value.(string)
	if !ok {
		return nil, bad
	}
	t, ok := readTime(narrow(s), "2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102")
	if !ok {
		return nil, bad
	}
	return t.Format(time.DateOnly), ""
}

// momentValue reads a moment; a day alone is its beginning, a time without
// offset is UTC+8.
func momentValue(value any) (any, string) {
	const bad = "时间看不懂，请写成 2026-09-29 15:30"
	s, ok := value.(string)
	if !ok {
		return nil, bad
	}
	s = narrow(s)
	t, ok := readTime(s, time.RFC3339, "2006-1-2 15:04", "2006-1-2T15:04", "2006-1-2 15:04:05", "2006-1-2T15:04:05",
		"2006/1/2 15:04", "2006年1月2日 15:04", "2006年1月2日15时4分", "2006-1-2", "2006年1月2日")
	if !ok {
		return nil, bad
	}
	return t.In(zone).Truncate(time.Second).Format(time.RFC3339), ""
}

func readTime(s string, layouts ...string) (time.Time, bool) {
	if len(s) > 40 {
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, t.Year() >= 1900 && t.Year() < 2200
		}
	}
	return time.Time{}, false
}

// moneyValue reads an amount in yuan; it is kept as text, because a float
// cannot hold 0.10.
func moneyValue(def Def, value any) (any, string) {
	const bad = "金额看不懂，请写成 1280.50"
	var s string
	switch x := value.(type) {
	case string:
		s = x
	case float64:
		s = strconv.FormatFloat(x, 'f', -1, 64)
	case int:
		s = strconv.Itoa(x)
	case uint64:
		s = strconv.FormatUint(x, 10)
	default:
		return nil, bad
	}
	s = strings.NewReplacer(",", "", "，", "", "¥", "", "￥", "", "元", "", " ", "").Replace(narrow(s))
	yuan, fen, _ := strings.Cut(s, ".")
	yuan = strings.TrimLeft(yuan, "0")
	if yuan == "" {
		yuan = "0"
	}
	if strings.Trim(s, "0123456789.") != "" || s == "" || s[0] == '.' || len(yuan) > 12 || len(fen) > 2 || strings.Contains(fen, ".") {
		return nil, bad
	}
	s = yuan + "." + (fen + "00")[:2]
	amount, _ := new(big.Rat).SetString(s)
	if def.Min != nil && amount.Cmp(new(big.Rat).SetFloat64(*def.Min)) < 0 {
		return nil, fmt.Sprintf("不得少于 %g 元", *def.Min)
	}
	if def.Max != nil && amount.Cmp(new(big.Rat).SetFloat64(*def.Max)) > 0 {
		return nil, fmt.Sprintf("不得多于 %g 元", *def.Max)
	}
	return s, ""
}
