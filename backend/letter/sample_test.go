package letter

import (
	"testing"

	"jiesu/assets"
)

// shipped loads the templates the program ships.
func shipped(t testing.TB) map[string]*Template {
	t.Helper()
	all, err := LoadDir(assets.Letters, "letters")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Template{}
	for _, x := range all {
		out[x.ID] = x
	}
	return out
}

// sampleValues is a made-up administrative matter, complete for every letter
// of S7.
func sampleValues() Values {
	return Values{
		"sample": true,
		"case": Values{"number": "YJ1A-2026-00017", "received_at": "2026-03-02T09:12:00+08:00",
			"channel_label": "网上平台"},
		"complainant": Values{"name": "张三", "kind": "person", "address": "云江市滨河区样本路1号2栋301室",
			"id_number": "110101199001011234", "phone": "13800000000"},
		"respondent": Values{"name": "云江市滨河区样本街道办事处", "address": "云江市滨河区样本路88号",
			"code": "11000000000000000A", "head": "李四"},
		"request":    "请求责令被投诉人对临时占用道路的申请作出答复，并说明拖延的原因。",
		"facts":      "投诉人于2026年1月5日向被投诉人递交临时占用道路搭建脚手架的申请，被投诉人收件后至今未作出是否许可的决定，也未说明理由。",
		"acceptance": Values{"at": "2026-03-04", "department": "投诉受理科"},
		"refusal": Values{"condition": []any{"specific"}, "ground_text": "投诉事实不具体，无法核实",
			"ground_article": "《投诉管理办法》第四条第二项、第五条第三项",
			"facts":          "来件未写明申请事项、递交时间和收件人员，经两次电话联系，投诉人表示无法补充。"},
		"decision": Values{
			"respondent_statement": "被投诉人称，因内部人员调整，申请材料交接时遗漏，愿意立即办理。",
			"facts_found":          "投诉人于2026年1月5日递交申请，材料齐全；被投诉人当日出具收件凭证，至受理投诉之日已超过法定办理期限。",
			"evidence": []any{
				Values{"no": "1", "name": "收件凭证", "proves": "2026年1月5日被投诉人已收到申请"},
				Values{"no": "2", "name": "审批系统办件记录", "proves": "申请在系统中未流转、未办结"}},
			"reasons":         "被投诉人收到申请后未在法定期限内作出决定，构成拖延办理，投诉请求成立，予以支持。",
			"basis":           []any{"《中华人民共和国行政许可法》第四十二条第一款"},
			"authority_basis": "《投诉管理办法》第七条、第八条",
			"items": []any{"责令云江市滨河区样本街道办事处自收到本决定书之日起五个工作日内，对投诉人的申请作出书面决定；",
				"责令云江市滨河区样本街道办事处向投诉人书面说明拖延的原因。"},
			"performance": "被投诉人应当在上述期限内将办理结果书面报送本机关。",
		},
		"officer":  Values{"name": "王五", "phone": "010-00000000"},
		"document": Values{"number": "云滨政服投受〔2026〕3号", "date": "2026-03-04"},
		"office": Values{"issuer": "云江市滨河区政务服务和数据管理局", "name": "投诉受理科", "code_word": "云滨政服",
			"address": "云江市滨河区政务路1号", "phone": "010-00000001", "hours": "工作日9:00—17:00",
			"review_body": "云江市滨河区人民政府", "court": "云江市滨河区人民法院", "capacity": "行政机关"},
	}
}

func TestTheShippedTemplatesLoad(t *testing.T) {
	for id, tp := range shipped(t) {
		d, missing := Fill(tp, sampleValues(), Options{})
		t.Log(id, missing, "\n", d.Text())
	}
}
