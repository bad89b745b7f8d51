package intake

import (
	"regexp"
	"strings"
)

var (
	wish     = regexp.MustCompile(`(?:我?(?:们)?(?:强烈|现|特|在此|故)?(?:要求|请求|恳请|希望|盼|诉求是|诉求为|申请)|[请望](?:贵|有关|相关|领导|政府|你|您|上级|监管|尽快|依法|核实|查处|协调|督促|督办|责令|执法|城管|环保|住建|市场|部门|能|予以|给予))[^。!?\n]{2,200}[。!?]?`)
	greeting = regexp.MustCompile(`^\s*(?:尊敬的)?[\p{Han}A-Za-z0-9、/ ]{0,20}(?:领导|您好|你好|同志|负责人|各位|先生|女士|局长|主任|市长|书记|工作人员)[\p{Han}]{0,4}[:,。!! ]*\n`)
)

// prose finds what is told and what is asked for where no label says so.
func (r *reading) prose() {
	start, end := r.ownText()
	body := r.t.s[start:end]
	if !r.has(request) {
		if m := wish.FindAllStringIndex(simple(body), 50); m != nil {
			from, to := m[0][0], m[len(m)-1][1]
			confidence := 0.7
			if to-from > 900 { // scattered over the mail: the last one is the plea
				from = m[len(m)-1][0]
				confidence = 0.6
			}
			r.add(request, byPhrase, body[from:to], start+from, start+to, confidence, "表示请求的语句")
		}
	}
	if !r.has(facts) && len([]rune(body)) >= 10 {
		confidence, why := 0.6, "邮件正文"
		if r.quoted(start) {
			confidence += quotePenalty - 0.1 // add takes it off again
		}
		r.add(facts, byPhrase, body, start, end, confidence, why)
	}
	r.kind()
}

// ownText is what the writer wrote, without greeting, closing and quotes; if
// there is next to nothing, the forwarded mail speaks.
func (r *reading) ownText() (start, end int) {
	s := r.t.s
	end = len(s)
	for _, z := range r.zones {
		if len(strings.TrimSpace(s[:z.start])) >= 30 {
			end = z.start
			break
		}
	}
	if m := greeting.FindStringIndex(s[:end]); m != nil {
		start = m[1]
	}
	if m := closing.FindStringIndex(simple(s[start:end])); m != nil && m[0] > 30 {
		end = start + m[0]
	}
	body := s[start:end]
	start += len(body) - len(strings.TrimLeft(body, " \t\n"))
	return start, start + len(strings.TrimSpace(body))
}

// kindTable tells the matter by its words; the first that fits wins.
var kindTable = []struct {
	value string
	words *regexp.Regexp
}{
	{"举报", regexp.MustCompile(`举报|检举|揭发`)},
	{"投诉", regexp.MustCompile(`投诉|申诉|维权|赔偿|退款|退还|乱收费|扰民`)},
	{"咨询", regexp.MustCompile(`咨询|请问|想了解|如何办理|怎么办理|想问`)},
}

// categoryTable gives a hint what it is about.
var categoryTable = []struct {
	value string
	words *regexp.Regexp
}{
	{"物业管理", regexp.MustCompile(`物业|业委会|公共收益|维修基金|电梯`)},
	{"噪声扰民", regexp.MustCompile(`噪声|噪音|扰民|夜间施工|广场舞`)},
	{"违法建设", regexp.MustCompile(`违建|违章建筑|违章搭建|私搭乱建|加建|违法建设`)},
	{"环境污染", regexp.MustCompile(`油烟|污水|排污|异味|臭味|扬尘|废气|污染`)},
	{"市容环境", regexp.MustCompile(`垃圾|占道经营|流动摊贩|清运|环境卫生`)},
	{"停车交通", regexp.MustCompile(`停车|车位|路灯|红绿灯|公交|道路破损|坑洼`)},
	{"供水供电供暖", regexp.MustCompile(`停水|停电|供暖|暖气|水压|燃气|供热`)},
	{"劳动保障", regexp.MustCompile(`工资|欠薪|社保|劳动合同|加班费|公积金`)},
	{"消费维权", regexp.MustCompile(`退款|退货|预付卡|虚假宣传|假冒|质量问题|会员卡|发票|消费者`)},
	{"食品安全", regexp.MustCompile(`食品|过期|变质|食物中毒|餐饮卫生`)},
	{"教育", regexp.MustCompile(`学校|补课|学费|幼儿园|老师|入学`)},
	{"医疗卫生", regexp.MustCompile(`医院|医生|药品|挂号|医保`)},
	{"行政执法", regexp.MustCompile(`执法人员|行政处罚|窗口|办事大厅|不作为|推诿|政务`)},
	{"房屋质量", regexp.MustCompile(`漏水|渗水|开裂|承重墙|交房|房产证|开发商`)},
}

// kind tells matter and category from words in subject and text.
func (r *reading) kind() {
	text, subject := simple(r.t.s[:min(len(r.t.s), 6000)]), simple(r.subject.s)
	for _, k := range kindTable {
		if m := k.words.FindStringIndex(subject); m != nil {
			span := r.subject.span(m[0], m[1])
			r.note(matter, bySubject, Field{Value: k.value, Raw: r.subject.raw(span), Span: span, Source: SourceSubject, Confidence: 0.9, Why: "主题写明"})
			break
		}
	}
	for _, k := range kindTable {
		if m := k.words.FindStringIndex(text); m != nil && len(r.only(matter)) == 0 {
			r.add(matter, byPattern, k.value, m[0], m[1], 0.7, "正文用词")
			break
		}
	}
	best, most := -1, 0
	for i, c := range categoryTable {
		n := len(c.words.FindAllStringIndex(text, 20)) + 2*len(c.words.FindAllStringIndex(subject, 5))
		if n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return
	}
	c := categoryTable[best]
	confidence := min(0.4+0.1*float64(most), 0.8)
	if m := c.words.FindStringIndex(text); m != nil {
		r.add(category, byPattern, c.value, m[0], m[1], confidence, "正文用词")
	} else if m := c.words.FindStringIndex(subject); m != nil {
		span := r.subject.span(m[0], m[1])
		r.note(category, bySubject, Field{Value: c.value, Raw: r.subject.raw(span), Span: span, Source: SourceSubject, Confidence: confidence, Why: "主题用词"})
	}
}

// only gives the candidates of one field.
func (r *reading) only(k key) []candidate {
	var out []candidate
	for _, c := range r.found {
		if c.key == k {
			out = append(out, c)
		}
	}
	return out
}
