package sample

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/desk"
)

// factsLength is how long the facts of a made-up case are, in characters: what
// the budgets are stated for.
const factsLength = 600

var (
	surnames = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗")
	given    = []rune("样本例板式品")
	units    = []string{"样本区样本街道办事处", "样本区样本镇人民政府", "样本区样本信息中心", "样本区样本管理处", "样本区样本规划所", "样本区样本环境卫生管理站"}
	matters  = []string{"占道审批", "宅基地登记", "低保复核", "垃圾清运", "摊位续租", "信息更正", "噪声查处", "补贴发放"}
	requests = []string{"作出书面答复并说明理由", "退还违规收取的费用", "更正登记的错误", "依法查处并告知结果"}
	phrases  = []string{
		"窗口工作人员当日收件并出具了凭证，此后没有再联系过。", "电话询问时答复“正在研究”，没有说明什么时候能有结果。", "第二次到现场，被要求重新提交同样的材料。",
		"当时在场的还有同来办事的邻居，可以证明上述经过。", "后来得知同一时期提交的其他申请已经办结。", "材料清单上没有写明还需要补充什么，也没有书面的不予受理决定。",
		"因此造成的误工和往返路费由本人负担，收据已经保存。", "希望有关单位查明原因，依法办理，并把结果书面告知本人。", "以上内容是为演示编造的样本，不涉及任何真实的人和单位。",
	}
)

// Cases gives n registrations under 投诉管理办法, received during the half year
// before now, with facts of 600 characters. The same seed gives the same cases.
func Cases(n int, seed uint64, now time.Time) iter.Seq[desk.RegisterInput] {
	return func(yield func(desk.RegisterInput) bool) {
		r := rand.New(rand.NewPCG(seed, 20260101))
		for i := range n {
			if !yield(one(r, i, now)) {
				return
			}
		}
	}
}

func one(r *rand.Rand, i int, now time.Time) desk.RegisterInput {
	matter, unit := pick(r, matters), pick(r, units)
	at := calendar.DateOf(now).AddDays(-1 - r.IntN(180)).At(8*60 + r.IntN(540))
	return desk.RegisterInput{
		Regime: "cn.gov.general", Matter: "complaint", Channel: pick(r, []string{"written", "oral", "online"}), ReceivedAt: at.Format(time.RFC3339),
		Complainant: desk.Person{Name: string([]rune{pick(r, surnames), '样', pick(r, given)}), Phone: fmt.Sprintf("138%08d", i%100_000_000),
			Address: fmt.Sprintf("样本市样本区样本路%d号%d栋%d室", 1+r.IntN(900), 1+r.IntN(30), 101+r.IntN(2000))},
		Respondent: desk.Unit{Name: unit, Address: "样本市样本区样本大道1号"},
		Request:    "请求责令" + unit + pick(r, requests) + "。",
		Facts:      facts(r, i, matter, unit),
	}
}

// facts tell a made-up story of factsLength characters.
func facts(r *rand.Rand, i int, matter, unit string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "本人于%d月%d日向%s提出%s的申请，样本编号%06d。", 1+r.IntN(12), 1+r.IntN(28), unit, matter, i)
	for n := len([]rune(b.String())); n < factsLength; {
		p := pick(r, phrases)
		n += len([]rune(p))
		b.WriteString(p)
	}
	return string([]rune(b.String())[:factsLength-1]) + "。"
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// Fill registers n made-up cases, many with one save.
func Fill(ctx context.Context, d *desk.Desk, n int, now time.Time) error {
	lot := make([]desk.RegisterInput, 0, desk.MaxMany)
	save := func() error {
		_, err := d.RegisterMany(ctx, lot)
		lot = lot[:0]
		return err
	}
	for in := range Cases(n, 1, now) {
		if lot = append(lot, in); len(lot) == desk.MaxMany {
			if err := save(); err != nil {
				return err
			}
		}
	}
	if len(lot) == 0 {
		return nil
	}
	return save()
}
