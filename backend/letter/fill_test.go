package letter

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func TestTheShippedLettersSayWhatTheySay(t *testing.T) {
	for id, tp := range shipped(t) {
		t.Run(id, func(t *testing.T) {
			system, _, _ := strings.Cut(id, "-")
			doc, missing := Fill(tp, sampleValues(t, system), Options{})
			if len(missing) > 0 {
				t.Fatalf("missing: %v", missing)
			}
			golden := "testdata/" + id + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(doc.Text()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text() != string(want) {
				t.Errorf("reads\n%s\nwant\n%s", doc.Text(), want)
			}
			mark := map[Paper]string{PaperLetter: "样本 ", PaperForm: "（样本）"}[doc.Paper]
			if strings.Contains(doc.Text(), Blank) || !strings.Contains(doc.Text(), mark) {
				t.Error("a complete sample has no blanks and says in its number line, a form in its title, that it is a sample")
			}
		})
	}
}

// Every mandatory element is named when it is absent, and the letter shows a
// blank for it.
func TestEveryMandatoryElementIsMissedByName(t *testing.T) {
	for id, tp := range shipped(t) {
		for _, m := range tp.Mandatory {
			if strings.Contains(m.Field, "[]") {
				continue
			}
			t.Run(id+" without "+m.Label, func(t *testing.T) {
				system, _, _ := strings.Cut(id, "-")
				v := sampleValues(t, system)
				v.set(m.Field, nil)
				doc, missing := Fill(tp, v, Options{})
				if len(missing) != 1 || missing[0] != (Missing{m.Field, m.Label}) {
					t.Errorf("missing %v", missing)
				}
				if !strings.Contains(doc.Text(), Blank) && m.Field != "refusal.condition" {
					t.Error("no blank is shown")
				}
			})
		}
	}
}

func TestADraftNeedsNoNumberAndDate(t *testing.T) {
	v := sampleValues(t, "s7")
	v.set("document.number", nil)
	v.set("document.date", "")
	doc, missing := Fill(shipped(t)["s7-acceptance"], v, Options{Draft: true})
	if len(missing) > 0 {
		t.Errorf("missing %v", missing)
	}
	if n := strings.Count(doc.Text(), Blank); n != 2 {
		t.Errorf("%d blanks, want one for the number and one for the date", n)
	}
}

func TestEachPieceOfEvidenceMustProveSomething(t *testing.T) {
	v := sampleValues(t, "s7")
	v.set("decision.evidence", []any{Values{"name": "照片", "proves": "现场情况"}, Values{"name": "录音"}})
	doc, missing := Fill(shipped(t)["s7-decision"], v, Options{})
	if len(missing) != 1 || missing[0].Field != "decision.evidence[1].proves" || !strings.Contains(missing[0].Label, "第2项") {
		t.Errorf("missing %v", missing)
	}
	if !strings.Contains(doc.Text(), "1. 照片，证明：现场情况\n2. 录音，证明：____\n") {
		t.Error(doc.Text())
	}
}

func TestAComplainantMaySpeakOfReviewAndSuit(t *testing.T) {
	v := sampleValues(t, "s7")
	v["facts"] = "我要申请行政复议，也要提起行政诉讼，请上一级主管部门处理。{office.court}"
	doc, missing := Fill(shipped(t)["s7-acceptance"], v, Options{})
	if len(missing) > 0 || !strings.Contains(doc.Text(), v["facts"].(string)) {
		t.Errorf("missing %v\n%s", missing, doc.Text())
	}
}

func TestTheRespondentsDecisionHidesWhereTheComplainantLives(t *testing.T) {
	v := sampleValues(t, "s7")
	v["copy"] = map[string]any{"for": "respondent"}
	doc, missing := Fill(shipped(t)["s7-decision"], v, Options{})
	if len(missing) > 0 {
		t.Fatal(missing)
	}
	for _, private := range []string{"样本路1号2栋", "110101", "13800000000"} {
		if strings.Contains(doc.Text(), private) {
			t.Errorf("the respondent's copy says %s", private)
		}
	}
}

func TestLineEndsOfValuesMakeParagraphs(t *testing.T) {
	v := sampleValues(t, "s7")
	v["facts"] = "第一段。\r\n\n  第二段。\n"
	doc, _ := Fill(shipped(t)["s7-acceptance"], v, Options{})
	if !strings.Contains(doc.Text(), "投诉内容：第一段。\n第二段。\n") {
		t.Error(doc.Text())
	}
}

func TestAttachmentsAndHeadingsNumberThemselves(t *testing.T) {
	v := sampleValues(t, "s7")
	v.set("decision.attachments", []any{"现场照片", "办件记录"})
	v.set("decision.procedure", "2026年3月6日现场调查。")
	doc, _ := Fill(shipped(t)["s7-decision"], v, Options{})
	for _, want := range []string{"附件：1. 现场照片\n2. 办件记录\n", "三、办理经过\n2026年3月6日现场调查。\n四、认定的事实和证据\n", "七、救济途径\n"} {
		if !strings.Contains(doc.Text(), want) {
			t.Errorf("no %q in\n%s", want, doc.Text())
		}
	}
	v.set("decision.attachments", []any{"现场照片"})
	doc, _ = Fill(shipped(t)["s7-decision"], v, Options{})
	if !strings.Contains(doc.Text(), "附件：现场照片\n") {
		t.Error("a single attachment has no number")
	}
}

func TestTheRecordFormTicksWhatWasChosen(t *testing.T) {
	doc, _ := Fill(shipped(t)["s16-record-form"], sampleValues(t, "s16"), Options{})
	for _, want := range []string{
		"来电（√）、来函（　）、来人（　）", "一类（　）、二类（√）、三类（　）", "很满意（　）、满意（√）、不满意（　）",
		"编号：zz98/8.3-QP10-F1　版本：A/0　表格生效期：2015年9月1日　序号：018", "二类投诉：由于房屋质量方面的问题而产生的投诉；",
	} {
		if !strings.Contains(doc.Text(), want) {
			t.Errorf("no %q in\n%s", want, doc.Text())
		}
	}
}
