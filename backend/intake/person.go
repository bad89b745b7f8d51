package intake

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	surnames  = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
	compounds = "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 司徒 端木 南宫 呼延 轩辕"
	// followers begin the next word after a name, so they end one.
	followers = "于在系是住现家男女向要的和与因为从到去年有电手身曾对就来将今原属我被已也及等一购买租"
)

// isName reports a full personal name of two to four characters.
func isName(s string) bool {
	r := []rune(simple(s))
	if len(r) < 2 || len(r) > 4 {
		return strings.Contains(s, "·") && len(r) <= 15
	}
	for _, c := range r {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	return surname(r) > 0 && len(r)-surname(r) <= 2
}

// surname gives the length of the surname that r starts with.
func surname(r []rune) int {
	if len(r) > 2 && strings.Contains(compounds, string(r[:2])) {
		return 2
	}
	if len(r) > 0 && strings.ContainsRune(surnames, r[0]) {
		return 1
	}
	return 0
}

var (
	selfIntro = regexp.MustCompile(`(我叫|本人叫|我的名字叫|我名叫|名叫|我是|本人系|本人是|本人|我姓名是|投诉人|反映人|举报人|申请人|业主|居民|村民|消费者)[ :]{0,2}`)
	nameLine  = regexp.MustCompile(`^[ \t]*(?:投诉人|反映人|举报人|署名|业主|居民|村民|您的?市民|一位市民)?[ :]{0,3}([\p{Han}]{2,4}|[\p{Han} ]{3,5})[ \t]*(?:\(.{0,8}\)|敬上|谨上|上|敬启)?[ \t]*(?:1[3-9]\d{9})?[ \t]*$`)
	polite    = regexp.MustCompile(`([\p{Han}])(女士|先生|小姐|师傅)`)
	dateLine  = regexp.MustCompile(`^\s*\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*$`)
)

// people finds the complainant's name in prose and in the signature.
func (r *reading) people() {
	s := r.t.s
	for _, m := range selfIntro.FindAllStringIndex(s, 100) {
		if r.taken(m[1]) {
			continue
		}
		name := leadingName(s[m[1]:])
		if name == "" {
			continue
		}
		confidence := 0.75
		if role := s[m[0]:m[1]]; strings.HasPrefix(role, "业主") || strings.HasPrefix(role, "居民") || strings.HasPrefix(role, "村民") || strings.HasPrefix(role, "消费者") {
			confidence = 0.6
		}
		r.add(complainantName, byPhrase, name, m[1], m[1]+len(name), confidence, "“"+strings.TrimSpace(s[m[0]:m[1]])+"”之后的姓名")
	}
	r.signature()
}

// leadingName takes the name that s starts with: three characters if the third
// belongs to it, else two.
func leadingName(s string) string {
	r := []rune(s[:min(len(s), 60)])
	n := surname(r)
	if n == 0 {
		return ""
	}
	for size := n + 2; size > n; size-- {
		if len(r) < size || !isName(string(r[:size])) || size == n+2 && strings.ContainsRune(followers, r[size-1]) {
			continue
		}
		if len(r) == size || !unicode.Is(unicode.Han, r[size]) || strings.ContainsRune(followers, r[size]) {
			return string(r[:size])
		}
	}
	return ""
}

// signature looks at the last lines of the own text: a name alone in a line.
func (r *reading) signature() {
	body := r.t.s
	for _, z := range r.zones {
		if z.end == len(body) || strings.TrimSpace(body[z.end:]) == "" {
			body = body[:z.start]
			break
		}
	}
	end := len(body)
	for seen := 0; seen < 7 && end > 0; {
		start := strings.LastIndexByte(body[:end], '\n') + 1
		line := body[start:end]
		at := start
		end = max(0, start-1)
		if strings.TrimSpace(line) == "" || dateLine.MatchString(line) {
			if start == 0 {
				return
			}
			continue
		}
		seen++
		r.signed(line, at)
		if start == 0 {
			return
		}
	}
}

func (r *reading) signed(line string, at int) {
	if m := nameLine.FindStringSubmatchIndex(line); m != nil {
		name := strings.ReplaceAll(line[m[2]:m[3]], " ", "")
		if isName(name) && !commonWord(name) && !r.taken(at+m[2]) {
			r.add(complainantName, bySignature, name, at+m[2], at+m[3], 0.6, "落款")
		}
		return
	}
	if m := polite.FindStringSubmatchIndex(line); m != nil && len(line) < 60 && surname([]rune(line[m[2]:m[3]])) > 0 && !r.taken(at+m[0]) {
		r.add(complainantName, bySignature, line[m[0]:m[1]], at+m[0], at+m[1], 0.5, "落款，只有姓氏")
	}
}

// commonWord knows lines at the end of a mail that look like a name.
func commonWord(s string) bool {
	switch s {
	case "谢谢", "万分感谢", "万望处理", "时间", "成都", "和谐", "祝好", "安好", "金额", "马上处理", "全体业主", "广大业主", "高兴", "向您致谢":
		return true
	}
	return strings.HasSuffix(s, "谢") || strings.HasSuffix(s, "礼") || strings.HasSuffix(s, "市") || strings.HasSuffix(s, "区") || strings.HasSuffix(s, "局")
}

// sender uses what the mail's From field says.
func (r *reading) sender() {
	from := r.m.From
	forwarded := 0.0
	if len(r.zones) > 0 && r.zones[0].start < 30 {
		forwarded = quotePenalty // the sender only passes it on
	}
	if name := strings.ReplaceAll(from.Name, " ", ""); isName(name) {
		r.note(complainantName, bySender, Field{Value: name, Raw: from.Name, Span: [2]int{0, len([]rune(from.Name))}, Source: SourceFrom, Confidence: 0.4 - forwarded, Why: "发件人名称"})
	}
	if emailForm.MatchString(from.Address) {
		r.note(complainantEmail, bySender, Field{Value: from.Address, Raw: from.Address, Span: [2]int{0, len([]rune(from.Address))}, Source: SourceFrom, Confidence: 0.92 - forwarded, Why: "发件人邮箱"})
	}
}
