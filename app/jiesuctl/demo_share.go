package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// join makes the space and brings the property office into it, by invitation.
func (d *demonstration) join(ctx context.Context) (line string, err error) {
	folder := d.path("共享文件夹")
	if d.report.Space, err = d.bureau.ShareCreate(ctx, folder); err != nil {
		return "", err
	}
	invitation, err := d.bureau.ShareInvite(ctx)
	if err != nil {
		return "", err
	}
	if err := writeFile(d.path("数据", "邀请.txt"), invitation); err != nil {
		return "", err
	}
	if err := d.property.ShareJoin(ctx, folder, invitation); err != nil {
		return "", err
	}
	admitted, err := d.bureau.ShareAdmit(ctx, "")
	if err != nil {
		return "", err
	}
	if len(admitted) != 1 {
		return "", fault.New(fault.Failed, "demo-admit", fmt.Sprintf("接纳了 %d 个网点，应为 1 个", len(admitted)), "")
	}
	return "接纳了" + admitted[0], nil
}

// exchange goes round until nothing moves any more.
func (d *demonstration) exchange(ctx context.Context) (string, error) {
	total := 0
	for range 6 {
		moved := 0
		for _, k := range []*desk.Desk{d.bureau, d.property} {
			r, err := k.ShareSync(ctx)
			if err != nil {
				return "", err
			}
			moved += r.Published + r.Received
			if k == d.property {
				r.Published, r.Received = r.Published+d.report.Sync.Published, r.Received+d.report.Sync.Received
				d.report.Sync = r
			}
		}
		if total += moved; moved == 0 {
			break
		}
	}
	return fmt.Sprintf("样本物业服务中心送出 %d 条、收到 %d 条", d.report.Sync.Published, d.report.Sync.Received), nil
}

// compare reads every case and every letter at both offices.
func (d *demonstration) compare(ctx context.Context) (string, error) {
	rows, err := listAll(ctx, d.bureau, desk.CaseQuery{}, 0)
	if err != nil {
		return "", err
	}
	for _, row := range rows {
		a, err := d.bureau.Show(ctx, row.Number)
		if err != nil {
			return "", err
		}
		b, err := d.property.Show(ctx, row.Number)
		if err != nil {
			return "", err
		}
		same, err := d.same(ctx, a, b)
		if err != nil {
			return "", err
		}
		d.report.Cases = append(d.report.Cases, demoCase{Number: a.Number, Regime: a.Regime.ID, Stage: a.StageLabel, Office: row.Office, Same: same})
	}
	others, err := listAll(ctx, d.property, desk.CaseQuery{}, 0)
	if err != nil {
		return "", err
	}
	if len(others) != len(rows) {
		return "", fault.New(fault.Failed, "demo-differs", fmt.Sprintf("两个网点分别有 %d 件和 %d 件", len(rows), len(others)), "")
	}
	return fmt.Sprintf("两个网点各有 %d 件", len(rows)), nil
}

// same says whether both offices show the same case and hold the same letters.
func (d *demonstration) same(ctx context.Context, a, b desk.CaseDetail) (bool, error) {
	left, err := common(a)
	if err != nil {
		return false, err
	}
	right, err := common(b)
	if err != nil {
		return false, err
	}
	if !bytes.Equal(left, right) {
		return false, nil
	}
	for _, l := range a.Letters {
		here, err := d.bureau.LetterExport(ctx, a.Number, l.ID)
		if err != nil {
			return false, err
		}
		there, err := d.property.LetterExport(ctx, a.Number, l.ID)
		if err != nil || !bytes.Equal(here, there) {
			return false, err
		}
	}
	return true, nil
}

// common is a case without what belongs to the machine that shows it and to
// the moment it is shown.
func common(c desk.CaseDetail) ([]byte, error) {
	c.Reached = ""
	history := append([]desk.HistoryRow{}, c.History...)
	for i := range history {
		history[i].Own = false
	}
	clocks := append([]desk.ClockRow{}, c.Clocks...)
	for i := range clocks {
		clocks[i].DueText = ""
	}
	c.History, c.Clocks = history, clocks
	return json.Marshal(c)
}

func (d *demonstration) verify(ctx context.Context) (string, error) {
	for _, each := range []struct {
		office string
		desk   *desk.Desk
	}{{"样本区投诉受理中心", d.bureau}, {"样本物业服务中心", d.property}} {
		v, err := each.desk.Verify(ctx)
		if err != nil {
			return "", err
		}
		d.report.Verified = append(d.report.Verified, demoVerified{each.office, v})
	}
	return fmt.Sprintf("%d 条和 %d 条记录", d.report.Verified[0].Entries, d.report.Verified[1].Entries), nil
}
