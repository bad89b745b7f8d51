package desk

import (
	"context"

	"jiesu/backend/letter"
	"jiesu/backend/letter/pdf"
)

// RecoverySheet draws the recovery sheet, to be printed and locked away.
func (d *Desk) RecoverySheet(ctx context.Context, in RecoverySheet) ([]byte, error) {
	if err := d.loadLetters(); err != nil {
		return nil, err
	}
	line := func(label, text string) letter.Part {
		return letter.Part{Kind: letter.Paragraph, Runs: []letter.Run{{Text: label, Role: letter.Strong}, {Text: text}}}
	}
	doc := letter.Document{Kind: "recovery-sheet", Title: "恢复单", Blocks: []letter.Part{
		{Kind: letter.Title, Runs: []letter.Run{{Text: "恢复单"}}},
		line("单位：", in.OfficeName+"（"+in.OfficeCode+"）"),
		line("首位管理员：", in.Officer),
		line("恢复码：", in.Code),
		line("用途：", "所有人都忘记密码时，用它可以打开本机数据并重设密码。它不能打开受保护人员的身份。"),
		line("保管：", "请锁入单位保密柜，不要拍照，不要存在电脑里。拿到恢复码和这台电脑的人可以看到全部案件。"),
	}}
	return pdf.Render(ctx, d.letterSet.fonts, doc, pdf.Options{Created: d.o.Now()})
}
