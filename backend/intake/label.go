package intake

import (
	"regexp"
	"sort"
	"strings"
)

// party says whose a phone or an address is.
type party int

const (
	anyone party = iota
	complainant
	respondent
)

// label is what stands before a value in a form.
type label struct {
	key   key
	party party // whom the following values belong to
}

// labelTable holds the labels of complaint forms; a value with the key none
// only says whose data follow.
var labelTable = func() map[string]label {
	table := map[string]label{}
	put := func(k key, p party, words string) {
		for _, w := range strings.Fields(words) {
			table[w] = label{k, p}
		}
	}
	put(none, complainant, "投诉人信息 投诉人情况 投诉人基本情况 投诉人基本信息 举报人信息 反映人信息 本人信息 个人信息")
	put(none, respondent, "被投诉人信息 被投诉人情况 被投诉人基本情况 被投诉人基本信息 被投诉单位信息 被举报人信息 被投诉方信息")
	put(complainantName, complainant, "投诉人姓名 投诉人名称 投诉人 投诉方 申诉人 举报人姓名 举报人 反映人姓名 反映人 来信人 来信人姓名 信访人 消费者姓名 消费者 客户姓名 业主姓名 业主 申请人 申请人姓名 联系人姓名 联系人 联络人 本人姓名 我的姓名 姓名 署名 落款")
	put(complainantPhone, complainant, "投诉人电话 投诉人联系电话 投诉人联系方式 举报人电话 本人电话 我的电话 我的手机")
	put(complainantPhone, anyone, "联系电话 联系方式 联系手机 联络电话 联络方式 手机号码 手机号 手机 电话号码 电话 固定电话 座机 tel phone")
	put(complainantAddress, complainant, "投诉人地址 投诉人住址 家庭住址 家庭地址 现住址 居住地址 住址 我的住址")
	put(complainantAddress, anyone, "通讯地址 通信地址 联系地址 联络地址 地址")
	put(complainantID, anyone, "身份证号码 身份证号 身份证 公民身份号码 证件号码 证件号")
	put(complainantEmail, anyone, "电子邮箱 电子邮件 电邮 邮箱地址 邮箱 email e-mail")
	put(respondentName, respondent, "被投诉人名称 被投诉人姓名 被投诉人 被投诉单位名称 被投诉单位 被投诉方 被投诉对象 被投诉商家 被投诉企业 被投诉机构 被投诉物业 被反映单位 被反映人 被举报人 被举报单位 被举报对象 被申诉人 投诉对象 投诉单位 举报对象 商家名称 公司名称 单位名称 物业公司名称 物业公司 企业名称")
	put(respondentPhone, respondent, "被投诉人电话 被投诉人联系电话 被投诉单位电话 被投诉方电话 商家电话 公司电话 物业电话")
	put(respondentAddress, respondent, "被投诉人地址 被投诉单位地址 被投诉方地址 商家地址 经营地址 公司地址 单位地址")
	put(request, anyone, "投诉请求 投诉诉求 投诉要求 具体诉求 主要诉求 本人诉求 我的诉求 诉求如下 诉求事项 诉求内容 诉求 请求事项 请求 本人要求 我的要求 要求 希望解决 处理要求 期望结果")
	put(facts, anyone, "事实与理由 事实和理由 事实及理由 投诉事实 投诉内容 投诉事项 投诉事由 投诉理由 反映内容 反映问题 反映的问题 举报内容 举报事项 事情经过 事件经过 具体经过 经过 主要事实 基本事实 情况说明 问题描述 具体问题 具体情况 详细情况 事由 内容")
	return table
}()

// labelPattern finds a label with its sign, a label in 【】, or one alone in
// its line. The second alternative of a form is a cell of a table (a tab).
var labelPattern = func() *regexp.Regexp {
	words := make([]string, 0, len(labelTable))
	for w := range labelTable {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool { // the longest wins
		if len(words[i]) != len(words[j]) {
			return len(words[i]) > len(words[j])
		}
		return words[i] < words[j]
	})
	for i, w := range words {
		letters := strings.Split(w, "")
		for j := range letters {
			letters[j] = regexp.QuoteMeta(letters[j])
		}
		words[i] = strings.Join(letters, `[ \t]{0,4}`)
	}
	all := strings.Join(words, "|")
	return regexp.MustCompile(`(?im)` +
		`(?:^|[\s,;、()【\[|*#.。>·●])[【\[]?(` + all + `)[】\]]?[ \t]*(?:\([^)\n]{0,12}\))?[ ]*(?:[:=]|\t)` +
		`|^[ \t>]*(?:[一二三四五六七八九十\d]{1,3}[、.])?[ \t]*[【\[](` + all + `)[】\]]` +
		`|^[ \t>]*(?:\(?[一二三四五六七八九十\d]{1,3}[、.)])?[ \t]*(` + all + `)[ \t]*$`)
}()

// hit is one label in the text (bytes).
type hit struct {
	label
	word       string
	start, end int // of label and sign
}

func (r *reading) labels() {
	var hits []hit
	s := simple(r.t.s)
	for _, m := range labelPattern.FindAllStringSubmatchIndex(s, 400) {
		for g := 2; g < len(m); g += 2 {
			if m[g] < 0 {
				continue
			}
			joined := strings.NewReplacer(" ", "", "\t", "")
			word := strings.ToLower(joined.Replace(s[m[g]:m[g+1]]))
			hits = append(hits, hit{labelTable[word], joined.Replace(r.t.s[m[g]:m[g+1]]), m[g], m[1]})
		}
	}
	now := complainant
	for i, h := range hits {
		end := len(r.t.s)
		if i+1 < len(hits) {
			end = hits[i+1].start
		}
		if h.party != anyone {
			now = h.party
		}
		r.labelled(h, now, end)
	}
}

// labelled takes the value after a label.
func (r *reading) labelled(h hit, now party, end int) {
	k := h.key
	if k == none {
		return
	}
	if h.party == anyone && now == respondent {
		switch k {
		case complainantPhone:
			k = respondentPhone
		case complainantAddress:
			k = respondentAddress
		}
	}
	start, end := r.valueBounds(k, h.end, end)
	raw := r.t.s[start:end]
	value, confidence, why := judge(k, raw)
	switch k { // the span covers the value alone
	case complainantName, respondentName, complainantEmail, complainantAddress, respondentAddress:
		if i := strings.Index(raw, value); i >= 0 && value != "" {
			start, end = start+i, start+i+len(value)
		}
	case complainantPhone, respondentPhone:
		if _, i, j := firstPhone(raw); j > 0 {
			start, end = start+i, start+j
		}
	}
	r.add(k, byLabel, value, start, end, confidence, "标签“"+h.word+"”"+why)
	if k == respondentPhone && !r.has(complainantPhone) && strings.HasPrefix(value, "1") && h.party == anyone {
		r.add(complainantPhone, byPhrase, value, start, end, 0.6, "标签“"+h.word+"”，未写明属于谁")
	}
}

var (
	nextSection = regexp.MustCompile(`(?:^|\n)[ \t>]*\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]{1,2}[ \t]*$`)
	closing     = regexp.MustCompile(`\n[ \t>]*(此致|敬礼|顺祝|顺颂|祝好|谢谢|感谢|附件|附[:：]|特此|-- ?$|--\n|投诉时间|日期|\d{4}年\d{1,2}月\d{1,2}日[ \t]*(\n|$))`)
)

// valueBounds cuts the value of a label out of what follows it.
func (r *reading) valueBounds(k key, start, end int) (int, int) {
	v := r.t.s[start:end]
	lead := len(v) - len(strings.TrimLeft(v, " \t\n:"))
	start += lead
	v = v[lead:]
	if k == request || k == facts {
		if m := closing.FindStringIndex(simple(v)); m != nil {
			v = v[:m[0]]
		}
		if i := strings.Index(v, "\n\n"); i > 0 && k == request && !numbered.MatchString(strings.TrimLeft(v[i:], "\n ")) {
			v = v[:i]
		}
		for _, z := range r.zones { // do not run into the quoted mail
			if z.start > start && z.start < start+len(v) {
				v = v[:z.start-start]
			}
		}
	} else if i := strings.IndexAny(v, "\n\t"); i >= 0 {
		v = v[:i]
	}
	if m := nextSection.FindStringIndex(v); m != nil {
		v = v[:m[0]]
	}
	v = strings.TrimRight(v, " \t\n,;、【[(*|")
	return start, start + len(v)
}

var (
	numbered  = regexp.MustCompile(`^\(?[\d一二三四五六七八九十]{1,2}[、.)]`)
	nameEnd   = regexp.MustCompile(`[,;、()/|]|[ ]{2,}|[ ](?:男|女|电话|手机|身份证)`)
	emailForm = regexp.MustCompile(`[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}`)
)

// judge cleans a labelled value and says how sure it is.
func judge(k key, raw string) (value string, confidence float64, why string) {
	switch k {
	case complainantName:
		value = raw
		if m := nameEnd.FindStringIndex(value); m != nil {
			value = value[:m[0]]
		}
		value = strings.TrimRight(strings.TrimSpace(value), "。.")
		if joined := strings.ReplaceAll(value, " ", ""); isName(joined) || endsAsOrganisation(joined) {
			return value, 0.9, ""
		}
		return value, 0.6, "，但不像姓名"
	case complainantPhone, respondentPhone:
		if p, _, _ := firstPhone(raw); p != "" {
			return p, 0.97, "，号码格式正确"
		}
		return raw, 0.4, "，但不像电话号码"
	case complainantID:
		id := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(raw))
		if m := identity.FindString(id); m != "" && checksum(m) && len(id) == 18 {
			return id, 0.99, "，校验码正确"
		}
		return raw, 0.5, "，但校验码不对"
	case complainantEmail:
		if m := emailForm.FindString(raw); m != "" {
			return m, 0.97, ""
		}
		return raw, 0.4, "，但不像邮箱"
	case respondentName:
		value = raw
		if i := strings.IndexAny(value, ",;。"); i > 0 {
			value = value[:i]
		}
		if n := len([]rune(value)); n < 2 || n > 40 {
			return value, 0.6, "，但长度可疑"
		}
		return value, 0.9, ""
	case complainantAddress, respondentAddress:
		value = raw
		if i := strings.IndexAny(value, ";。"); i > 0 {
			value = value[:i]
		}
		return value, 0.9, ""
	}
	if len([]rune(raw)) < 4 {
		return raw, 0.6, "，但内容过短"
	}
	return raw, 0.9, ""
}
