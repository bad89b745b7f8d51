package letter

import (
	"testing"
	"time"
)

func TestPlaceholdersPrintAsOfficersWrite(t *testing.T) {
	v := Values{
		"day": "2026-03-09", "utc": "2026-03-08T16:30:00Z", "clock": time.Date(2026, 3, 9, 8, 5, 0, 0, china),
		"sum": 1234567.5, "cents": "0.1", "odd": "若干", "neg": -3.0, "n": 15.0, "whole": 7,
		"id": "110101199001011234", "short": "12345", "phone": "13812345678",
		"names": []any{"甲", "乙", "丙"}, "flag": true, "blank": "  ", "list": []any{Values{"text": "子项"}},
	}
	for _, c := range []struct{ text, want string }{
		{"{day|date}", "2026年3月9日"},
		{"{utc|date}", "2026年3月9日"}, // midnight has passed in China
		{"{clock|datetime}", "2026年3月9日08时05分"},
		{"{odd|date}", "若干"},
		{"{sum|money}", "1,234,567.50元"},
		{"{cents|money}", "0.10元"},
		{"{neg|money}", "-3.00元"},
		{"{odd|money}", "若干"},
		{"{n|han-number}日", "十五日"},
		{"{id|mask-id}", "110101********1234"},
		{"{short|mask-id}", "*****"},
		{"{phone|mask-phone}", "138****5678"},
		{"{names|join:；}", "甲；乙；丙"},
		{"{names}", "甲、乙、丙"},
		{"{list}", "子项"},
		{"{flag}", "是"},
		{"{blank|default:无}", "无"},
		{"{none|before:，}", ""},
		{"{whole|before:共|after:件}", "共7件"},
		{"{none|default:}", ""},
		{"没有占位", "没有占位"},
	} {
		compiled, err := compile(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got := compiled.fill(scope{values: v}, func(string) bool { return false })
		if got != c.want {
			t.Errorf("%s gives %q, want %q", c.text, got, c.want)
		}
	}
}

func TestHanNumbersAreReadAloudRight(t *testing.T) {
	for n, want := range map[int]string{0: "零", 1: "一", 7: "七", 10: "十", 11: "十一", 20: "二十", 60: "六十", 99: "九十九",
		100: "一百", 105: "一百零五", 110: "一百一十", 365: "三百六十五", 1001: "一千零一", 2026: "二千零二十六", 9999: "九千九百九十九"} {
		if got := HanNumber(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}

func TestGuardsChooseBlocks(t *testing.T) {
	v := Values{"kind": "person", "tags": []any{"a", "b"}, "on": true, "n": 2.0}
	yes, no := true, false
	is := func(f string, x any) Guard { return Guard{Field: f, Is: x} }
	for _, c := range []struct {
		name string
		g    Guard
		want bool
	}{
		{"is", is("kind", "person"), true},
		{"is another", is("kind", "organization"), false},
		{"a list holds", is("tags", "b"), true},
		{"in", Guard{Field: "tags", In: []string{"x", "a"}}, true},
		{"not in", Guard{Field: "kind", In: []string{"x"}}, false},
		{"number", is("n", 2.0), true},
		{"flag", is("on", true), true},
		{"an absent flag is false", is("off", false), true},
		{"an absent flag is not true", is("off", true), false},
		{"empty", Guard{Field: "none", Empty: &yes}, true},
		{"not empty", Guard{Field: "kind", Empty: &no}, true},
		{"all", Guard{All: []Guard{is("kind", "person"), is("n", 3.0)}}, false},
		{"any", Guard{Any: []Guard{is("kind", "x"), is("n", 2.0)}}, true},
		{"not", Guard{Not: &Guard{Field: "none", Empty: &yes}}, false},
	} {
		if got := c.g.holds(scope{values: v}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestTextFromOutsideIsCleaned(t *testing.T) {
	for in, want := range map[string]string{
		"张三":                   "张三",
		"一\r\n二":               "一\n二",
		"甲\t乙":                 "甲 乙",
		"A\u202Egnp.exe":       "Agnp.exe",
		"零\u200B宽\uFEFF":       "零宽",
		"控\x00制\x1b[31m":       "控制[31m",
		"𠮷䶮𬱖㛃":                 "𠮷䶮𬱖㛃",
		"买买提·吐尔逊 (Máiti)":      "买买提·吐尔逊 (Máiti)",
		"下\u2028一行\u0085再一行\f": "下\n一行\n再一行\n",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
