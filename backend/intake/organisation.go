package intake

import (
	"regexp"
	"strings"
)

// accused finds a run of text in which the accused may be named.
var (
	accused = regexp.MustCompile(`(投诉|举报|反映|控告|状告|申诉|针对|关于)[ ]{0,2}(?:的是|一下|的单位是|位于|:)?[“"《]{0,1}([\p{Han}A-Za-z0-9()·]{2,60})`)
	against = regexp.MustCompile(`(?:^|[,。;\n ])对[“"]?([\p{Han}A-Za-z0-9()·]{2,50}?)[”"]?(?:的|进行)?(?:投诉|举报)`)
)

// suffixes end the name of an organisation.
const suffixes = "有限责任公司 股份有限公司 有限公司 分公司 公司 物业服务中心 物业管理处 服务中心 管理处 管理所 管理站 物业 居民委员会 居委会 村民委员会 村委会 业主委员会 业委会 街道办事处 街道办 办事处 派出所 交警大队 大队 支队 管委会 委员会 人民政府 镇政府 乡政府 政府 执法局 管理局 局 厅 税务所 司法所 市场所 工商所 诊所 门诊部 卫生院 医院 中学 小学 大学 学校 幼儿园 培训机构 培训中心 旅行社 酒店 宾馆 超市 商店 商行 商场 商城 经营部 工作室 分行 支行 银行 餐厅 饭店 酒楼 餐馆 烧烤店 火锅店 专卖店 店 健身房 俱乐部 会所 项目部 工地 养殖场 加工厂 厂 合作社 中介 中心 酒吧 KTV 歌舞厅 停车场 菜市场 市场 法院 检察院 车站 加油站 供电所 水务集团 集团 合伙企业 事务所 院 社"

var suffixList = strings.Fields(suffixes)

// brakes are words that no name of an organisation contains: the sentence goes
// on after it.
var brakes = regexp.MustCompile(`的|乱|不(?:给|作为|按|肯|退|让|予|履|办|依|能|处理|维修)|未(?:按|经|能|给|履|及|依|予|办|尽|公|取|见|退|做|对|将|支|发)|拒|违|擅|私自|强制|强行|多次|多收|长期|存在|涉嫌|占用|占道|在(?:小区|没有|未|我)|对(?:我|小区|业主)|将|于\d|因|我|无故|无证|没|夜间|工作人员|态度|拖欠|收取|虚假|欺|侵|噪|油烟|排放|出售|售卖|售假|销售假|销售过期|损坏|问题|相互|推诿|服务差|服务态度|非法|偷|恶意|随意|霸占|克扣|逾期|近期|一直|竟|屡|严重|野蛮|超标|施工扰|扰民|的事`)

// firm is a registered name, with the branch that may follow it.
var firm = regexp.MustCompile(`^[^的]{2,30}?有限(?:责任)?公司(?:[\p{Han}()]{2,10}?(?:分公司|支公司|营业部|项目部|分店|门店))?`)

// organisation takes the longest name that s starts with.
func organisation(s string) string {
	if m := firm.FindString(s); m != "" {
		return m // the full name of a firm says itself where it ends
	}
	if m := brakes.FindStringIndex(s); m != nil {
		s = s[:m[0]]
	}
	best := 0
	for _, suffix := range suffixList {
		if i := strings.LastIndex(s, suffix); i > 0 && i+len(suffix) > best {
			best = i + len(suffix)
		}
	}
	name := s[:best]
	if len([]rune(name)) < 3 {
		return ""
	}
	return name
}

func endsAsOrganisation(s string) bool { return s != "" && organisation(s) == s }

// organisations finds the accused in prose and in the subject.
func (r *reading) organisations() {
	for _, m := range accused.FindAllStringSubmatchIndex(r.t.s, 100) {
		word := r.t.s[m[2]:m[3]]
		if word == "关于" || r.taken(m[4]) {
			continue // in prose it is not an accusation
		}
		if at, name := r.accusedAt(r.t.s, m[4], m[5]); name != "" {
			r.add(respondentName, byPhrase, name, at, at+len(name), 0.7, "“"+word+"”之后的单位名称")
		}
	}
	for _, m := range against.FindAllStringSubmatchIndex(r.t.s, 50) {
		if at, name := r.accusedAt(r.t.s, m[2], m[3]); name != "" && !r.taken(at) {
			r.add(respondentName, byPhrase, name, at, at+len(name), 0.7, "“对……投诉”中的单位名称")
		}
	}
	t := r.subject
	for _, m := range accused.FindAllStringSubmatchIndex(t.s, 20) {
		if at, name := r.accusedAt(t.s, m[4], m[5]); name != "" {
			span := t.span(at, at+len(name))
			r.note(respondentName, bySubject, Field{Value: name, Raw: t.raw(span), Span: span, Source: SourceSubject, Confidence: 0.65, Why: "主题中的单位名称"})
			return
		}
	}
}

var filler = regexp.MustCompile(`^(?:(?:举报|投诉|反映|一下|的是|关于|位于|对|及|和|我市|我区|我们|本市|本区|本小区|我小区|贵局|辖区内?)+的?)`)

// accusedAt skips the filler before a name.
func (r *reading) accusedAt(s string, start, end int) (int, string) {
	if m := filler.FindStringIndex(s[start:end]); m != nil {
		start += m[1]
	}
	return start, organisation(s[start:end])
}
