package field_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiesu/backend/fault"
	"jiesu/backend/field"
)

func num(f float64) *float64 { return &f }

var colours = []field.Option{{ID: "one", Label: "一类"}, {ID: "two", Label: "二类"}}

func TestNormalise(t *testing.T) {
	evidence := field.Def{ID: "evidence", Label: "证据", Type: field.Group, Items: []field.Def{
		{ID: "name", Label: "名称", Type: field.Text}, {ID: "pages", Label: "页数", Type: field.Number}}}
	for _, tt := range []struct {
		name     string
		def      field.Def
		in, want any
		refused  string
	}{
		{"a text is trimmed and stays one line", field.Def{Type: field.Text}, " 楼道\r\n漏水 ", "楼道 漏水", ""},
		{"a long text keeps its lines", field.Def{Type: field.LongText}, "一\r\n二", "一\n二", ""},
		{"marks that turn the writing are taken out", field.Def{Type: field.Text}, "甲\u202e乙\u200b", "甲乙", ""},
		{"a text too long", field.Def{Type: field.Text}, strings.Repeat("字", 2001), nil, "2000"},
		{"a text as long as may be", field.Def{Type: field.Text}, strings.Repeat("字", 2000), strings.Repeat("字", 2000), ""},
		{"a text too short", field.Def{Type: field.Text, Min: num(5)}, "四个字啊", nil, "至少 5"},
		{"bytes that are no text", field.Def{Type: field.Text}, "\xff\xfe", nil, "乱码"},
		{"blank is nothing", field.Def{Type: field.Date}, "  ", nil, ""},
		{"a date with dots", field.Def{Type: field.Date}, "2026.9.3", "2026-09-03", ""},
		{"a date in Chinese", field.Def{Type: field.Date}, "2026年9月3日", "2026-09-03", ""},
		{"a day that is not", field.Def{Type: field.Date}, "2026-02-30", nil, "日期"},
		{"a year that cannot be", field.Def{Type: field.Date}, "0026-02-03", nil, "日期"},
		{"a moment without offset is ours", field.Def{Type: field.DateTime}, "2026-09-03 15:30", "2026-09-03T15:30:00+08:00", ""},
		{"a moment elsewhere becomes ours", field.Def{Type: field.DateTime}, "2026-09-03T15:30:00Z", "2026-09-03T23:30:00+08:00", ""},
		{"a day alone is its beginning", field.Def{Type: field.DateTime}, "2026-09-03", "2026-09-03T00:00:00+08:00", ""},
		{"a number typed with full-width digits", field.Def{Type: field.Number}, "１２", 12.0, ""},
		{"a number out of range", field.Def{Type: field.Number, Max: num(5)}, 6.0, nil, "不得大于 5"},
		{"not a number", field.Def{Type: field.Number}, math.NaN(), nil, "数字"},
		{"infinity in words", field.Def{Type: field.Number}, "inf", nil, "数字"},
		{"money gets its two places", field.Def{Type: field.Money}, "￥1,280.5元", "1280.50", ""},
		{"money as a JSON number", field.Def{Type: field.Money}, 0.1, "0.10", ""},
		{"a tenth of a fen", field.Def{Type: field.Money}, "1.005", nil, "金额"},
		{"money below nothing", field.Def{Type: field.Money}, "-3", nil, "金额"},
		{"money over the limit", field.Def{Type: field.Money, Max: num(500)}, "500.01", nil, "500"},
		{"yes in Chinese", field.Def{Type: field.Bool}, "是", true, ""},
		{"neither yes nor no", field.Def{Type: field.Bool}, "也许", nil, "是或否"},
		{"a choice", field.Def{Type: field.Choice, Options: colours}, "one", "one", ""},
		{"no such choice names those there are", field.Def{Type: field.Choice, Options: colours}, "six", nil, "二类（two）"},
		{"choices are kept once", field.Def{Type: field.MultiChoice, Options: colours}, []any{"two", "two", "one"}, []any{"two", "one"}, ""},
		{"rows: empty ones fall away", evidence, []any{map[string]any{"name": "照片", "pages": "3"}, map[string]any{"name": " "}},
			[]any{map[string]any{"name": "照片", "pages": 3.0}}, ""},
		{"rows: an unknown column", evidence, []any{map[string]any{"nmae": "照片"}}, nil, "不认识"},
		{"rows: the faulty row is named", evidence, []any{map[string]any{"name": "a"}, map[string]any{"pages": "x"}}, nil, "第 2 行"},
		{"too many rows", evidence, make([]any, 201), nil, "200"},
		{"an unknown type", field.Def{Type: "picture"}, "x", nil, "不认识"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := field.Normalise(tt.def, tt.in)
			if tt.refused != "" {
				if err == nil || !strings.Contains(fault.Of(err).Message, tt.refused) {
					t.Fatalf("got %v, %v; want a refusal with %q", got, err, tt.refused)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Fatalf("got %#v, %v; want %#v", got, err, tt.want)
			}
			if again, err := field.Normalise(tt.def, got); err != nil || !reflect.DeepEqual(again, got) {
				t.Fatalf("what was stored is not taken again: %#v %v", again, err)
			}
		})
	}
}

func TestChecks(t *testing.T) {
	for _, tt := range []struct {
		check, in, want string // want empty: refused
	}{
		{"phone", "138 0013 8000", "13800138000"},
		{"phone", "+86-13800138000", "13800138000"},
		{"phone", "１３８００１３８０００", "13800138000"},
		{"phone", "029-88880000转801", "029-88880000-801"},
		{"phone", "(029)88880000", "029-88880000"},
		{"phone", "88880000", "88880000"},
		{"phone", "12345", "12345"},
		{"phone", "400-888-0000", "400-888-0000"},
		{"phone", "+1-212-555-0100", "+1-212-555-0100"},
		{"phone", "1380013800", ""},
		{"phone", "138001380000", ""},
		{"phone", "12800138000", ""},
		{"phone", "无", ""},
		{"phones", "13800138000/029-88880000", "13800138000、029-88880000"},
		{"id_number", "11010519491231002x", "11010519491231002X"},
		{"id_number", "440524188001010014", ""}, // right sum, born 1880: nobody alive
		{"id_number", "110105194912310021", ""},
		{"id_number", "11010519491331002X", ""},
		{"id_number", "1101051949123100", ""},
		{"id_number", "110105491231002", "110105491231002"},
		{"uscc", "91350100M000100Y43", "91350100M000100Y43"},
		{"uscc", "91350100m000100y43", "91350100M000100Y43"},
		{"uscc", "91350100M000100Y44", ""},
		{"uscc", "91350100I000100Y43", ""},
		{"email", "zhang.san@Example.CN", "zhang.san@example.cn"},
		{"email", "张三＠example.cn", "张三@example.cn"},
		{"email", "zhangsan@localhost", ""},
		{"email", "a b@example.cn", ""},
		{"email", "@firma.cn", ""},
		{"nosuch", "x", ""},
	} {
		got, err := field.Normalise(field.Def{ID: "x", Label: "项", Type: field.Text, Check: tt.check}, tt.in)
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s %q was taken as %v", tt.check, tt.in, got)
			} else if f := fault.Of(err); f.Field != "x" || strings.Contains(f.Message, tt.in) {
				t.Errorf("%s: the refusal must name the field and not the value: %+v", tt.check, f)
			}
			continue
		}
		if err != nil || got != tt.want {
			t.Errorf("%s %q: got %v %v, want %q", tt.check, tt.in, got, err, tt.want)
		}
	}
}

func TestParties(t *testing.T) {
	def := field.Def{ID: "complainant", Label: "投诉人", Type: field.Person, Privacy: field.Personal}
	got, err := field.Normalise(def, map[string]any{"name": " 张三 ", "phone": "138-0013-8000", "email": "", "id_number": "11010519491231002x"})
	want := map[string]any{"name": "张三", "phone": "13800138000", "id_number": "11010519491231002X"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v %v", got, err)
	}
	if _, err := field.Normalise(def, map[string]any{"name": "张三", "id_type": "passport", "id_number": "E12345678"}); err != nil {
		t.Errorf("a passport is no resident identity card: %v", err)
	}
	for name, bad := range map[string]any{
		"not a map":        "张三",
		"a nested party":   map[string]any{"name": map[string]any{"a": "b"}},
		"a key with signs": map[string]any{"na me": "张三"},
		"a slip in the id": map[string]any{"id_number": "110105194912310020"},
	} {
		if v, err := field.Normalise(def, bad); err == nil {
			t.Errorf("%s was taken: %v", name, v)
		}
	}
}

func TestShowText(t *testing.T) {
	for _, tt := range []struct {
		def  field.Def
		in   any
		want string
	}{
		{field.Def{Type: field.Date}, "2026-09-03", "2026年9月3日"},
		{field.Def{Type: field.DateTime}, "2026-09-03T15:30:00+08:00", "2026年9月3日 15:30"},
		{field.Def{Type: field.Date}, "某日", "某日"},
		{field.Def{Type: field.Bool}, true, "是"},
		{field.Def{Type: field.Bool}, nil, ""},
		{field.Def{Type: field.Money}, "1280.50", "1280.50元"},
		{field.Def{Type: field.Choice, Options: colours}, "two", "二类"},
		{field.Def{Type: field.Choice, Options: colours}, "gone", "gone"},
		{field.Def{Type: field.MultiChoice, Options: colours}, []any{"one", "two"}, "一类、二类"},
		{field.Def{Type: field.Person}, map[string]any{"phone": "13800138000", "name": "张三"}, "张三，13800138000"},
		{field.Def{Type: field.Group, Items: []field.Def{{ID: "name", Label: "名称", Type: field.Text}}}, []any{map[string]any{"name": "照片"}}, "名称：照片"},
		{field.Def{Type: field.Number}, 3.0, "3"},
	} {
		if got := field.ShowText(tt.def, tt.in); got != tt.want {
			t.Errorf("%s %v: got %q, want %q", tt.def.Type, tt.in, got, tt.want)
		}
	}
}

func TestMasks(t *testing.T) {
	for _, tt := range []struct{ mask, in, want string }{
		{"name", "张三", "张*"}, {"name", "张", "张*"}, {"name", "欧阳修远", "欧**"}, {"name", "", ""},
		{"phone", "13800138000", "138****8000"}, {"phone", "029-88880000", "029*****0000"},
		{"phone", "88880000", "88****00"}, {"phone", "13800138000、12345", "138****8000、*****"},
		{"id_number", "11010519491231002X", "1101************2X"}, {"id_number", "E123", "****"},
		{"address", "西安市雁塔区科技路1号2栋", "西安市雁塔区***"}, {"address", "阳光小区3栋", "***"},
		{"all", "什么", "***"}, {"", "什么", "什么"},
	} {
		if got := field.MaskText(tt.mask, tt.in); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.mask, tt.in, got, tt.want)
		}
	}
	person := field.Def{Type: field.Person, Privacy: field.Personal}
	in := map[string]any{"name": "张三", "phone": "13800138000", "wechat": "zhangsan", "relation": "本人"}
	b, _ := json.Marshal(field.Masked(person, in))
	for _, secret := range []string{"张三", "13800138000", "zhangsan"} {
		if strings.Contains(string(b), secret) {
			t.Errorf("%s shows in %s", secret, b)
		}
	}
	if in["name"] != "张三" {
		t.Error("masking changed the value itself")
	}
	if got := field.Masked(field.Def{Type: field.Text, Privacy: field.Personal}, "秘密"); got != "***" {
		t.Errorf("a personal text without a mask shows: %v", got)
	}
}

func TestMaskNeverShowsAWholeIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[\x{4e00}-\x{9fa5}0-9]{1,30}`).Draw(t, "s")
		for _, mask := range field.Masks() {
			if got := field.MaskText(mask, s); got == s {
				t.Fatalf("%s left %q as it is", mask, s)
			}
		}
	})
}

func FuzzNormalise(f *testing.F) {
	f.Add("text", `"张三"`)
	f.Add("group", `[{"name":"照片"}]`)
	f.Add("person", `{"name":"张三","phone":"13800138000"}`)
	f.Add("money", `"￥1,280.5"`)
	f.Fuzz(func(t *testing.T, kind, text string) {
		var in any
		if json.Unmarshal([]byte(text), &in) != nil {
			return
		}
		for _, check := range append(field.Checks(), "") {
			def := field.Def{ID: "x", Label: "项", Type: field.Type(kind), Check: check, Options: colours,
				Items: []field.Def{{ID: "name", Label: "名称", Type: field.Text}}}
			out, err := field.Normalise(def, in)
			if err != nil {
				continue
			}
			field.ShowText(def, out)
			field.Masked(def, out)
			if again, err := field.Normalise(def, out); err != nil || !reflect.DeepEqual(again, out) {
				t.Fatalf("%s %s: %#v is not taken again: %v %#v", kind, check, out, err, again)
			}
		}
	})
}
