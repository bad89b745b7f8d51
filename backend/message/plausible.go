package message

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Frequent characters of written Chinese, of complaints and of names. Chinese
// decoded with the wrong charset hits hardly any of them.
const (
	frequentSimplified  = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃妈变通师立象数四失满战远格士音轻目条呢病始达深完今提求清王化空业思切怎非找片罗钱南收款投诉请合同服务商质量退还费用号码址姓联系份证反映题希赔偿消购买产品单保险银街道市区省县领导镇村社举查办府局贵属政复您据附件图料施停噪违章占店院校班室楼栋园规划房租押维修漏垃圾扰附谢敬礼此致李刘陈杨黄赵吴周徐孙朱胡郭林郑梁宋唐韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵严覃武戴莫孔汤伟芳娜敏静丽强磊洋勇艳杰娟涛超秀兰霞刚桂华玉萍红娥玲芬燕彬凤洁梅琳欣怡宇浩轩涵梓晨雨泽志斌建"
	frequentTraditional = "的一是了我不人在他有這個上們來到時大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對小多然於心學麼之都好看起發當沒成只如事把還用第樣道想作種開美總從無情己面最女但現前些所同日手又行意動方期它頭經長兒回位分愛老因很給名法間斯知世什兩次使身者被高已親其進此話常與活正感見明問力理爾點文幾定本公特做外孩相西果走將月十實向聲車全信重三機工物氣每並別真打太新比才便夫再書部水像眼等體卻加電主界門利海受聽表德少克代員許先口由死安寫性馬光白或住難望教命花結樂色更拉東神記處讓母父應直字場平報友關放至張認接告入笑內英軍候民歲往何度山覺路帶萬男邊風解叫任金快原吃媽變通師立象數四失滿戰遠格士音輕目條呢病始達深完今提求清王化空業思切怎非找片羅錢南收款投訴請合同服務商質量退還費用號碼址姓聯繫份證反映題希賠償消購買產品單保險銀街道市區省縣領導陳林黃楊趙吳劉鄭許蔡謝郭洪邱曾廖賴徐周葉蘇莊呂何羅蕭潘簡朱鍾游詹胡施沈余趙盧梁顏柯翁魏孫戴"
)

var simplified, traditional = runeSet(frequentSimplified), runeSet(frequentTraditional)

func runeSet(s string) map[rune]bool {
	set := make(map[rune]bool, len(s)/3)
	for _, r := range s {
		set[r] = true
	}
	return set
}

// plausible says how much a decoded text looks like one that people write:
// the mean over the characters beyond ASCII, about 3 for Chinese prose, below
// 0 for rubbish, 0 for ASCII.
func plausible(s, name string) float64 {
	sum, n := 0.0, 0
	for _, r := range s {
		if r >= utf8.RuneSelf {
			sum += weight(r, name)
			n++
			if n == 4000 {
				break // enough to know
			}
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func weight(r rune, name string) float64 {
	switch {
	case r == utf8.RuneError:
		return -6
	case simplified[r] && name != csBig5, traditional[r] && name != csGB:
		return 3
	case r >= 0x4e00 && r <= 0x9fff:
		return hanWeight(r, name)
	case r >= 0x3000 && r <= 0x303f, r >= 0xff01 && r <= 0xff5e, r >= 0x2010 && r <= 0x203b:
		return 1.5
	case r >= 0x3040 && r <= 0x30ff:
		if name == csSJIS || name == csUTF8 {
			return 2.2
		}
		return -0.3
	case r >= 0xac00 && r <= 0xd7a3:
		return 1
	case unicode.Is(unicode.Co, r), unicode.IsControl(r):
		return -3
	case r >= 0xff61 && r <= 0xff9f:
		return -1
	case r < 0x250 && unicode.IsLetter(r):
		return 0.5
	case r >= 0x400 && r <= 0x52f && (name == csUTF8 || strings.HasPrefix(name, "windows-1251") || strings.HasPrefix(name, "koi8")):
		return 0.5
	}
	return -0.5
}

// hanWeight knows a character outside the lists by its place in its charset:
// the first level of GB 2312 and of Big5 holds the common ones.
func hanWeight(r rune, name string) float64 {
	if name != csGB && name != csBig5 {
		return 0.8
	}
	b, err := encodingOf(name).NewEncoder().Bytes([]byte(string(r)))
	switch {
	case err != nil || len(b) != 2:
		return 0
	case name == csGB && b[0] >= 0xb0 && b[0] <= 0xd7 && b[1] >= 0xa1:
		return 1.5
	case name == csBig5 && b[0] >= 0xa4 && b[0] <= 0xc6:
		return 1.2
	}
	return 0.1
}

// guess finds the charset of bytes that declare none and are no UTF-8.
func guess(b []byte) string {
	b = b[:min(len(b), 16<<10)]
	best, score := csGB, -1e9
	for _, name := range candidates {
		s := plausible(decodeAs(b, name), name)
		if name == csLatin {
			s += latinBonus(b)
		}
		if s > score {
			best, score = name, s
		}
	}
	return best
}

// latinBonus: in western texts letters beyond ASCII stand alone (Formação),
// in the others they come in pairs and runs.
func latinBonus(b []byte) float64 {
	alone, all := 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		all++
		if (i == 0 || b[i-1] < utf8.RuneSelf) && (i+1 == len(b) || b[i+1] < utf8.RuneSelf) {
			alone++
		}
	}
	if all == 0 || alone*2 < all {
		return -2
	}
	return 3
}

// decideCharset settles once for the whole mail what its undeclared bytes are
// in: a raw name of two characters cannot be known alone.
func (p *reader) decideCharset(h header, b []byte) {
	var raw []byte
	for _, f := range h {
		if !plainASCII(f.value) && len(raw) < 32<<10 {
			raw = append(append(raw, f.value...), ' ')
		}
	}
	raw = append(raw, rawSample(b)...)
	if declared := declaredCharset(b); declared != "" {
		p.charset = declared
	}
	if len(raw) == 0 {
		return
	}
	if utf8.Valid(raw) && (p.charset == "" || p.charset == csUTF8 || plausible(string(raw), csUTF8) >= 1) {
		p.charset = csUTF8
		return
	}
	if p.charset == "" || p.charset == csUTF8 || p.charset == csLatin || doubtful(decodeAs(raw, p.charset), p.charset) {
		p.charset = guess(raw)
	}
}

// rawSample collects some of the lines of a body that are not ASCII.
func rawSample(b []byte) []byte {
	var out []byte
	for b = b[:min(len(b), 256<<10)]; len(b) > 0 && len(out) < 8<<10; {
		var line []byte
		line, b = cutLine(b)
		if len(line) < 4<<10 && !plainASCII(line) {
			out = append(append(out, line...), ' ')
		}
	}
	return out
}

// declaredCharset finds the first charset that tells something, in the headers
// of the mail and of its parts or in its encoded words.
func declaredCharset(b []byte) string {
	b = b[:min(len(b), 64<<10)]
	for _, mark := range []string{"charset=", "=?"} {
		for rest := b; ; {
			i := bytes.Index(rest, []byte(mark))
			if i < 0 {
				break
			}
			rest = rest[i+len(mark):]
			value := rest[:min(len(rest), 40)]
			if j := bytes.IndexAny(bytes.TrimLeft(value, `"`), "\";? \r\n\t>"); j >= 0 {
				value = bytes.TrimLeft(value, `"`)[:j]
			}
			name := canonical(string(value))
			if name != "" && name != csUTF8 && encodingOf(name) != nil {
				return name
			}
		}
	}
	return ""
}
