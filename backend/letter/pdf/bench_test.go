package pdf

import (
	"context"
	"fmt"
	"math/rand"
	"testing"

	"jiesu/backend/letter"
)

// words make texts that differ from letter to letter, with some 1,200
// different characters among them.
const words = "投诉人于年月日向被投诉人递交临时占用道路搭建脚手架的申请收件后至今未作出是否许可的决定也未说明理由材料齐全当日出具凭证经调查核实街道办事处窗口人员表示已转交审批系统显示办结状态为待处理超过法定期限请求责令限期答复并书面说明拖延原因公开办理进度追究相关责任保障合法权益小区物业消防通道堵塞电动自行车充电棚建设规划许可公示期间居民提出异议未见回应噪声油烟扰民多次反映无人处置"

// varied makes the values of the i-th letter: its names, numbers, dates and
// texts are its own.
func varied(base letter.Values, i int) letter.Values {
	r := rand.New(rand.NewSource(int64(i)))
	han := []rune(words)
	text := func(n int) string {
		out := make([]rune, n)
		for k := range out {
			switch {
			case k%17 == 16:
				out[k] = '，'
			case r.Intn(12) == 0:
				out[k] = rune(0x4E00 + r.Intn(2000)) // names of people and places
			default:
				out[k] = han[r.Intn(len(han))]
			}
		}
		return string(out) + "。"
	}
	v := letter.Values{}
	for k, x := range base {
		v[k] = x
	}
	v["case"] = letter.Values{"number": fmt.Sprintf("YJ1A-2026-%05d", i), "received_at": fmt.Sprintf("2026-03-%02d", i%28+1), "channel_label": "信函"}
	v["complainant"] = letter.Values{"name": text(2), "kind": "person"}
	v["document"] = letter.Values{"number": fmt.Sprintf("云滨政服投受〔2026〕%d号", i), "date": "2026-03-30"}
	v["facts"], v["request"] = text(70), text(25)
	v["office"] = letter.Values{"issuer": "云江市滨河区政务服务局", "address": "政务路1号", "hours": "工作日9时至17时"}
	v["sample"] = false
	return v
}

func batch(b *testing.B, n int) (*letter.Template, []letter.Values) {
	b.Helper()
	tp, base := template(b, "s7-acceptance"), values(b, "s7")
	all := make([]letter.Values, n)
	for i := range all {
		all[i] = varied(base, i)
	}
	fonts(b)
	return tp, all
}

// BenchmarkSingleFiles: fill and draw one letter into a file of its own.
func BenchmarkSingleFiles(b *testing.B) {
	tp, all := batch(b, 500)
	b.ResetTimer()
	size := 0
	for i := range b.N {
		doc, _ := letter.Fill(tp, all[i%len(all)], letter.Options{})
		size = len(draw(b, doc, Options{}))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(size), "bytes/letter")
}

// BenchmarkMerged: fill and draw 1,000 letters into one file.
func BenchmarkMerged(b *testing.B) {
	tp, all := batch(b, 1000)
	b.ResetTimer()
	size := 0
	for range b.N {
		docs := make([]letter.Document, len(all))
		for i, v := range all {
			docs[i], _ = letter.Fill(tp, v, letter.Options{})
		}
		out, err := RenderAll(context.Background(), fonts(b), docs, Options{Created: created})
		if err != nil {
			b.Fatal(err)
		}
		size = len(out)
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "letters/s")
	b.ReportMetric(float64(size)/float64(len(all)), "bytes/letter")
}
