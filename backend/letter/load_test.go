package letter

import (
	"strings"
	"testing"

	"jiesu/backend/fault"
)

// tiny is the smallest template that loads; %s parts are swapped by tests.
const tiny = `{
  "format": 0, "id": "t", "version": "1", "kind": "receipt", "family": "government",
  "title": "收件回执", "paper": "letter", "recipient": "complainant", "remedy": "none",
  "blocks": [
    {"kind": "paragraph", "text": "收到{request}。"}
  ]
}`

func TestABrokenTemplateIsRefusedWithLineAndCause(t *testing.T) {
	block := func(s string) string {
		return strings.Replace(tiny, `{"kind": "paragraph", "text": "收到{request}。"}`, s, 1)
	}
	swap := func(old, new string) string { return strings.Replace(tiny, old, new, 1) }
	for _, c := range []struct{ name, file, says string }{
		{"not JSON", `{"format": 0,`, "不是合格的 JSON"},
		{"empty", ``, "不是合格的 JSON"},
		{"not UTF-8", "{\"title\": \"\xff\xfe\"}", "UTF-8"},
		{"text after the end", tiny + "{}", "多余的内容"},
		{"an unknown key", block(`{"kind": "paragraph", "text": "x", "script": "y"}`), `第 5 行：不认识的键 "script"`},
		{"a repeated key", block(`{"kind": "paragraph", "kind": "title", "text": "x"}`), `第 5 行：键 "kind" 重复`},
		{"a key in capitals", block(`{"Kind": "paragraph", "text": "x"}`), `含大写字母`},
		{"too deep", block(strings.Repeat(`{"when":{"not":`, 7) + "1" + strings.Repeat("}}", 7)), "嵌套超过"},
		{"too big", tiny + strings.Repeat(" ", maxFile), "超过 256 KB"},
		{"a wrong type", swap(`"format": 0`, `"format": "零"`), "类型不对"},
		{"a later format", swap(`"format": 0`, `"format": 1`), "format"},
		{"a brace that does not close", block(`{"kind": "paragraph", "text": "收到{request"}`), "第 5 行：花括号不成对"},
		{"an expression", block(`{"kind": "paragraph", "text": "{a+b}"}`), "字段名不合规则"},
		{"an unknown format", block(`{"kind": "paragraph", "text": "{a|exec}"}`), "没有这种格式"},
		{"an unknown block", block(`{"kind": "script", "text": "x"}`), "没有这种 kind"},
		{"guards four deep", block(`{"kind": "note", "text": "x", "when": {"not": {"not": {"not": {"field": "a", "is": "b"}}}}}`), "超过三层"},
		{"a guard with two tests", block(`{"kind": "note", "text": "x", "when": {"field": "a", "is": "b", "empty": true}}`), "恰好配"},
		{"a guard with nothing", block(`{"kind": "note", "text": "x", "when": {}}`), "恰好是"},
		{"a row that does not fill its columns", block(`{"kind": "table", "columns": [1, 1], "rows": [{"cells": [{"text": "x"}]}]}`), "没有正好填满 2 列"},
		{"a negative width", block(`{"kind": "table", "columns": [-1], "rows": [{"cells": [{"text": "x"}]}]}`), "列宽"},
		{"an id with a path in it", swap(`"id": "t"`, `"id": "../t"`), "id 只能"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load([]byte(c.file))
			if err == nil {
				t.Fatal("it was taken")
			}
			if f := fault.Of(err); f.Code != "template-broken" || !strings.Contains(f.Message, c.says) || f.Hint == "" {
				t.Errorf("got %q, want it to say %q", f.Message, c.says)
			}
		})
	}
	if _, err := Load([]byte("\xEF\xBB\xBF" + tiny)); err != nil {
		t.Errorf("a byte order mark is no fault: %v", err)
	}
}

func TestATemplateMayNotPromiseARemedyTheLawDoesNotGive(t *testing.T) {
	make := func(kind, family, remedy, capacities, blocks string) string {
		return `{"format":0,"id":"t","version":"1","kind":"` + kind + `","family":"` + family + `","title":"文书",` +
			`"paper":"letter","recipient":"complainant","remedy":"` + remedy + `",` + capacities +
			`"mandatory":[{"field":"office.issuer","label":"落款机关"},{"field":"document.number","label":"文号"},{"field":"document.date","label":"成文日期"}],` +
			`"blocks":[{"kind":"number","text":"{document.number}"},` + blocks +
			`{"kind":"signature","text":"{office.issuer}","date":"{document.date|date}"}]}`
	}
	const admin, firm = `"capacities":["agency","authorized"],`, `"capacities":["enterprise"],`
	const remedy = `{"kind":"remedy"},`
	for _, c := range []struct{ name, file, says string }{
		{"受理 with FY2", make("acceptance", "market", "FY2", admin, remedy), "不得使用救济途径 FY2"},
		{"终止 with FY2", make("termination", "market", "FY2", admin, remedy), "不得使用救济途径 FY2，可用：X25"},
		{"处理决定 of a company with FY2", make("decision", "enterprise", "FY2", firm, remedy), "可用：OWN"},
		{"处理决定 of an authority without a paragraph", make("decision", "market", "none", admin, ""), "可用：FY2、FY1"},
		{"处理决定 of an authority, auto, no block", make("decision", "market", "auto", admin, ""), "必须写明救济途径"},
		{"X39 in an administrative refusal", make("refusal", "market", "FY1", admin, remedy), "可用：X39"},
		{"a paragraph under a condition", make("decision", "market", "auto", admin, `{"kind":"remedy","when":{"field":"a","is":"b"}},`), "不能带条件"},
		{"own words about 复议", make("termination", "market", "auto", admin, remedy+`{"kind":"paragraph","text":"也可以申请行政复议。"},`), "不得自写“复议”"},
		{"own words in a default", make("termination", "market", "auto", admin, remedy+`{"kind":"paragraph","text":"{a|default:可以提起行政诉讼}"},`), "不得自写“行政诉讼”"},
		{"上一级主管部门", make("termination", "market", "auto", admin, remedy+`{"kind":"note","text":"可向上一级主管部门反映"},`), "不得自写“上一级主管部门”"},
		{"no number", strings.Replace(make("termination", "market", "auto", admin, remedy), `{"field":"document.number","label":"文号"},`, "", 1), "“文号”"},
		{"number not printed", strings.Replace(make("termination", "market", "auto", admin, remedy), `{"kind":"number","text":"{document.number}"},`, "", 1), "没有印出“文号”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Load([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want it to say %q", err, c.says)
			}
		})
	}
	for _, good := range []string{
		make("termination", "market", "X25", admin, remedy), make("decision", "market", "auto", admin, remedy),
		make("decision", "enterprise", "OWN", firm, remedy), make("acceptance", "market", "none", "", ""),
	} {
		if _, err := Load([]byte(good)); err != nil {
			t.Errorf("refused: %v", err)
		}
	}
}

func TestTheRespondentsCopyNeverPrintsTheComplainantsPhone(t *testing.T) {
	file := strings.Replace(tiny, `"complainant",`, `"respondent",`, 1)
	for _, text := range []string{"{complainant.phone}", "{complainant.address}", "{complainant.id_number|mask-id}", "因举报"} {
		if _, err := Load([]byte(strings.Replace(file, "收到{request}。", text, 1))); err == nil {
			t.Errorf("%s was taken into a respondent's copy", text)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(tiny))
	f.Add([]byte(`{"blocks":[{"kind":"table","columns":[1],"rows":[{"cells":[{"lines":[{"ticks":{"field":"a"}}]}]}]}]}`))
	f.Add([]byte(`{"blocks":[[[[`))
	f.Fuzz(func(t *testing.T, data []byte) {
		tp, err := Load(data)
		if err != nil {
			return
		}
		doc, _ := Fill(tp, Values{"request": "{x}", "sample": true}, Options{})
		_ = doc.Text()
	})
}
