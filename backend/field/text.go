package field

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ShowText is a stored value as screens, ledgers and letters show it. It never
// fails: a value of an older version is shown as it is.
func ShowText(def Def, value any) string {
	if Empty(value) {
		return ""
	}
	switch def.Type {
	case Bool:
		if b, ok := value.(bool); ok {
			if b {
				return "是"
			}
			return "否"
		}
	case Choice:
		return optionLabel(def, value)
	case Date:
		if t, err := time.Parse(time.DateOnly, plain(value)); err == nil {
			return t.Format("2006年1月2日")
		}
	case DateTime:
		if t, err := time.Parse(time.RFC3339, plain(value)); err == nil {
			return t.In(zone).Format("2006年1月2日 15:04")
		}
	case Money:
		return plain(value) + "元"
	case MultiChoice:
		return joined(value, "、", func(v any) string { return optionLabel(def, v) })
	case Person, Unit:
		return partyText(value)
	case Group:
		return joined(value, "\n", func(v any) string { return rowText(def, v) })
	case File:
		if m, ok := value.(map[string]any); ok {
			return plain(m["name"])
		}
	}
	return plain(value)
}

func optionLabel(def Def, value any) string {
	id := plain(value)
	for _, o := range def.Options {
		if o.ID == id {
			return o.Label
		}
	}
	return id
}

func joined(value any, by string, show func(any) string) string {
	list, ok := value.([]any)
	if !ok {
		return plain(value)
	}
	parts := make([]string, 0, len(list))
	for _, v := range list {
		parts = append(parts, show(v))
	}
	return strings.Join(parts, by)
}

func rowText(def Def, v any) string {
	row, ok := v.(map[string]any)
	if !ok {
		return plain(v)
	}
	var parts []string
	for _, item := range def.Items {
		if s := ShowText(item, row[item.ID]); s != "" {
			parts = append(parts, item.Label+"："+s)
		}
	}
	return strings.Join(parts, "；")
}

// partyText is the name first, then the parts in their usual order.
func partyText(value any) string {
	m, ok := value.(map[string]any)
	if !ok {
		return plain(value)
	}
	var parts []string
	for _, p := range partLabels {
		if s := partWords(p.ID, m[p.ID]); s != "" && p.ID != "kind" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "，")
}

func plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case []any:
		return joined(x, "、", plain)
	case map[string]any:
		return partyText(x)
	}
	return fmt.Sprint(v)
}

// Masked is a value with what identifies a person taken out, for lists,
// disclosure and the other party's copy. Unmasked fields come back unchanged.
func Masked(def Def, value any) any {
	if def.Mask == "" && def.Privacy != Open {
		def.Mask = "all" // nobody said how to mask it: nothing of it is shown
	}
	switch x := value.(type) {
	case string:
		if def.Mask != "" {
			return MaskText(def.Mask, x)
		}
	case map[string]any:
		if def.Mask == "" {
			return value
		}
		out := map[string]any{}
		for k, v := range x {
			if s, ok := v.(string); ok {
				v = MaskText(partMask(k), s)
			}
			out[k] = v
		}
		return out
	case []any:
		return maskedRows(def, x)
	}
	if def.Mask != "" && !Empty(value) {
		return "***"
	}
	return value
}

func maskedRows(def Def, list []any) any {
	out := make([]any, 0, len(list))
	for _, each := range list {
		row, ok := each.(map[string]any)
		if !ok {
			out = append(out, each)
			continue
		}
		clean := map[string]any{}
		for _, item := range def.Items {
			if v, ok := row[item.ID]; ok {
				clean[item.ID] = Masked(item, v)
			}
		}
		out = append(out, clean)
	}
	return out
}

// partMask is how a part of a party is masked; a part nobody thought of is
// hidden whole.
func partMask(key string) string {
	switch key {
	case "name", "phone", "address", "id_number":
		return key
	case "kind", "id_type", "relation", "scope", "until":
		return ""
	}
	return "all"
}

// Masks are the names a definition's mask may have.
func Masks() []string { return []string{"name", "phone", "id_number", "address", "all"} }

// MaskText masks one text.
func MaskText(mask, s string) string {
	r := []rune(s)
	switch mask {
	case "":
		return s
	case "name":
		if len(r) == 0 {
			return ""
		}
		return string(r[:1]) + strings.Repeat("*", min(max(len(r)-1, 1), 2))
	case "phone":
		return joined(splitPhones(s), "、", func(v any) string { return maskPhone(plain(v)) })
	case "id_number":
		if len(r) < 10 {
			return strings.Repeat("*", len(r))
		}
		return string(r[:4]) + strings.Repeat("*", len(r)-6) + string(r[len(r)-2:])
	case "address":
		return maskAddress(s)
	}
	if s == "" {
		return ""
	}
	return "***"
}

func splitPhones(s string) any {
	var out []any
	for part := range strings.SplitSeq(s, "、") {
		out = append(out, part)
	}
	return out
}

func maskPhone(s string) string {
	n := utf8.RuneCountInString(s)
	r := []rune(s)
	switch {
	case n >= 11:
		return string(r[:3]) + strings.Repeat("*", n-7) + string(r[n-4:])
	case n >= 7:
		return string(r[:n-6]) + "****" + string(r[n-2:])
	}
	return strings.Repeat("*", n)
}

// maskAddress keeps the place down to the county, where the address names one.
func maskAddress(s string) string {
	cut := -1
	for _, end := range []string{"县", "区", "旗", "市"} {
		if i := strings.Index(s, end); i >= 0 {
			cut = i + len(end)
			break
		}
	}
	// A sign far in belongs to a street or an estate (小区), not to a county.
	if cut < 0 || utf8.RuneCountInString(s[:cut]) > 12 || strings.HasSuffix(s[:cut], "小区") {
		return "***"
	}
	return s[:cut] + "***"
}
