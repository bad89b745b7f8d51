package field

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiesu/backend/fault"
)

// Limits on what one field may hold. They keep one hostile form from filling
// a journal; no honest complaint reaches them.
const (
	MaxText     = 2_000  // characters of a text
	MaxLongText = 50_000 // characters of a longtext
	MaxRows     = 200    // rows of a group
	MaxChoices  = 100    // choices of a multichoice
	maxKeys     = 30     // keys of a person or unit
)

// Empty says whether a value says nothing: nil, blank text, no rows, no keys
// with a value.
func Empty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(x) == ""
	case []any:
		return len(x) == 0
	case map[string]any:
		for _, each := range x {
			if !Empty(each) {
				return false
			}
		}
		return true
	}
	return false
}

// Check says in one sentence what is wrong with a value, nil if nothing is.
// An empty value is never wrong here: whether it is required, the form knows.
func Check(def Def, value any) error {
	_, err := Normalise(def, value)
	return err
}

// Normalise checks a value and returns it as it is stored: trimmed, full-width
// digits made narrow, dates and money in their one form. An empty value
// becomes nil.
func Normalise(def Def, value any) (any, error) {
	v, why := normalise(def, value)
	if why != "" {
		return nil, fault.New(fault.Refused, "bad-value", def.Label+"："+why, "").At(def.ID)
	}
	return v, nil
}

// normalise returns the value or the reason why not.
func normalise(def Def, value any) (any, string) {
	if Empty(value) {
		return nil, ""
	}
	switch def.Type {
	case Text, LongText:
		return textValue(def, value)
	case Date:
		return dateValue(value)
	case DateTime:
		return momentValue(value)
	case Number:
		return numberValue(def, value)
	case Money:
		return moneyValue(def, value)
	case Bool:
		return boolValue(value)
	case Choice:
		return choiceValue(def, value)
	case MultiChoice:
		return choicesValue(def, value)
	case Person, Unit:
		return partyValue(value)
	case Group:
		return rowsValue(def, value)
	case File:
		return fileValue(value)
	case RowOf:
		return rowID(value)
	}
	return nil, "字段类型“" + string(def.Type) + "”不认识"
}

func textValue(def Def, value any) (any, string) {
	s, ok := value.(string)
	if !ok {
		return nil, "应为文字"
	}
	limit := MaxText
	if def.Type == LongText {
		limit = MaxLongText
	}
	s, why := clean(s, def.Type == LongText, limit)
	if why != "" {
		return nil, why
	}
	n := float64(utf8.RuneCountInString(s))
	if def.Min != nil && n < *def.Min {
		return nil, fmt.Sprintf("至少 %g 个字", *def.Min)
	}
	if def.Max != nil && n > *def.Max {
		return nil, fmt.Sprintf("最多 %g 个字", *def.Max)
	}
	return checked(def.Check, s)
}

// clean trims a text and takes out what cannot be seen: control characters
// and the marks that turn the writing direction, which could make a letter
// read other than it is.
func clean(s string, lines bool, limit int) (string, string) {
	if len(s) > 4*limit {
		return "", fmt.Sprintf("太长，最多 %d 个字", limit)
	}
	if !utf8.ValidString(s) {
		return "", "含有乱码"
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			if lines && r != '\t' {
				return '\n'
			}
			return ' '
		case r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\ufeff' || r == '\u200b',
			r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > limit {
		return "", fmt.Sprintf("太长，最多 %d 个字", limit)
	}
	return s, ""
}

func numberValue(def Def, value any) (any, string) {
	var f float64
	switch x := value.(type) {
	case float64:
		f = x
	case int:
		f = float64(x)
	case uint64: // what a YAML default is read as
		f = float64(x)
	case int64:
		f = float64(x)
	case string:
		var err error
		if f, err = strconv.ParseFloat(strings.ReplaceAll(narrow(x), ",", ""), 64); err != nil {
			return nil, "应为数字"
		}
	default:
		return nil, "应为数字"
	}
	if math.IsNaN(f) || math.Abs(f) > 1e15 {
		return nil, "应为数字"
	}
	if def.Min != nil && f < *def.Min {
		return nil, fmt.Sprintf("不得小于 %g", *def.Min)
	}
	if def.Max != nil && f > *def.Max {
		return nil, fmt.Sprintf("不得大于 %g", *def.Max)
	}
	return f, ""
}

func boolValue(value any) (any, string) {
	switch x := value.(type) {
	case bool:
		return x, ""
	case string:
		switch strings.TrimSpace(x) {
		case "是", "true":
			return true, ""
		case "否", "false":
			return false, ""
		}
	}
	return nil, "应为是或否"
}

func choiceValue(def Def, value any) (any, string) {
	s, ok := value.(string)
	if !ok {
		return nil, "应为一个选项"
	}
	s = strings.TrimSpace(s)
	if !slices.ContainsFunc(def.Options, func(o Option) bool { return o.ID == s }) {
		return nil, "没有这个选项，可选：" + labels(def.Options)
	}
	return s, ""
}

func choicesValue(def Def, value any) (any, string) {
	list, ok := value.([]any)
	if !ok || len(list) > MaxChoices {
		return nil, "应为若干选项"
	}
	var out []any
	for _, each := range list {
		v, why := choiceValue(def, each)
		if why != "" {
			return nil, why
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out, ""
}

func labels(options []Option) string {
	const shown = 12
	var names []string
	for i, o := range options {
		if i == shown {
			return strings.Join(names, "、") + " 等"
		}
		names = append(names, o.Label+"（"+o.ID+"）")
	}
	return strings.Join(names, "、")
}

func rowsValue(def Def, value any) (any, string) {
	list, ok := value.([]any)
	if !ok {
		return nil, "应为若干行"
	}
	if len(list) > MaxRows {
		return nil, fmt.Sprintf("最多 %d 行", MaxRows)
	}
	var out []any
	for i, each := range list {
		row, ok := each.(map[string]any)
		if !ok {
			return nil, fmt.Sprintf("第 %d 行不是一行字段", i+1)
		}
		clean, why := rowValue(def, row)
		if why != "" {
			return nil, fmt.Sprintf("第 %d 行：%s", i+1, why)
		}
		if len(clean) > 0 {
			out = append(out, clean)
		}
	}
	if out == nil {
		return nil, ""
	}
	return out, ""
}

func rowValue(def Def, row map[string]any) (map[string]any, string) {
	out := map[string]any{}
	known := 0
	for _, item := range def.Items {
		v, has := row[item.ID]
		if has {
			known++
		}
		if item.Type == Group {
			return nil, "行里不能再有行"
		}
		v, why := normalise(item, v)
		if why != "" {
			return nil, item.Label + "：" + why
		}
		if v != nil {
			out[item.ID] = v
		}
	}
	if known != len(row) {
		return nil, "有不认识的字段"
	}
	return out, lacksText(def, out)
}

// lacksText finds a column where 其他 was chosen and not said what.
func lacksText(def Def, row map[string]any) string {
	for _, item := range def.Items {
		if item.NeedsText(row[item.ID]) && Empty(row[TextOf(item.ID)]) {
			return item.Label + "：请写明是什么"
		}
	}
	return ""
}

// rowID names a row; whether it is there, the case knows.
func rowID(value any) (any, string) {
	s, ok := value.(string)
	if !ok || len(s) > 200 || !utf8.ValidString(s) {
		return nil, "应为其中一行"
	}
	return strings.TrimSpace(s), ""
}

func fileValue(value any) (any, string) {
	m, ok := value.(map[string]any)
	if !ok || len(m) > maxKeys {
		return nil, "应为一个文件"
	}
	for k, v := range m {
		switch x := v.(type) {
		case string:
			if len(x) > 4*MaxText || !utf8.ValidString(x) || strings.ContainsRune(x, 0) {
				return nil, "文件名不对"
			}
		case float64, bool:
		default:
			return nil, "文件的 " + k + " 不对"
		}
	}
	return m, ""
}
