package desk

import (
	"context"
	"os"
	"regexp"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// PracticeSuffix names the data folder of the practice desk.
const PracticeSuffix = "-practice"

var officeCode = regexp.MustCompile(`^[A-Z0-9]{1,8}$`)

// Status says what the program found at start.
func (d *Desk) Status(_ context.Context) (SetupStatus, error) {
	s := SetupStatus{Exists: casebook.Exists(d.o.Dir), DataDir: d.o.Dir, Version: d.o.Version, Officers: []string{},
		Practice: strings.HasSuffix(d.o.Dir, PracticeSuffix), ClockWarn: d.clockWarning()}
	if !s.Exists {
		return s, nil
	}
	book, err := d.take()
	if err != nil {
		return s, err
	}
	s.Officers = book.Officers()
	s.Unlocked = book.Unlocked()
	if err := book.ReadOnly(); err != nil {
		s.ReadOnly = fault.Of(err).Message
	}
	return s, nil
}

// clockWarning says why the system date cannot be right, or "".
func (d *Desk) clockWarning() string {
	now := d.o.Now()
	if !d.o.Built.IsZero() && now.Before(d.o.Built) {
		return "电脑日期（" + zoned(now).Format("2006年1月2日") + "）早于本程序的制作日期，很可能不对。请先校正日期，再办理案件：时限从登记的日期起算。"
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.book != nil && d.book.ClockBehind() {
		return "电脑时间早于本机最后一次办理的时间，很可能不对。请先校正时间。"
	}
	return ""
}

// take opens the data folder for this process, once.
func (d *Desk) take() (*casebook.Book, error) {
	d.mu.Lock()
	book := d.book
	if book != nil {
		d.mu.Unlock()
		return book, nil
	}
	book, err := casebook.Open(d.bookOptions())
	if err == nil {
		d.book = book
		d.unfollow = book.Subscribe(d.changed)
	}
	d.mu.Unlock()
	return book, err
}

// Create makes the data folder with its first officer. The recovery sheet is
// written only where the caller says: in the data folder it would open the
// data to whoever takes the machine.
func (d *Desk) Create(ctx context.Context, in InitInput) (InitResult, error) {
	var out InitResult
	in.OfficeCode = strings.ToUpper(strings.TrimSpace(in.OfficeCode))
	if !officeCode.MatchString(in.OfficeCode) {
		return out, fault.New(fault.Usage, "office-code", "单位代码应为 1 到 8 位大写字母或数字", "例如 YJ01；它会出现在统一编号里").At("office_code")
	}
	profile, err := initProfile(in)
	if err != nil {
		return out, err
	}
	if in.Regime != "" {
		r, err := d.rules.Regimes.Latest(in.Regime)
		if err != nil {
			return out, err
		}
		if err := misfit(r, profile); err != nil {
			return out, err
		}
	}
	book, code, err := casebook.Create(ctx, d.bookOptions(), casebook.Founding{Code: in.OfficeCode, Name: strings.TrimSpace(in.OfficeName),
		Officer: strings.TrimSpace(in.Officer), Password: []byte(in.Password), Profile: profile})
	if err != nil {
		return out, err
	}
	d.setBook(book)
	out = InitResult{Replica: book.Replica(), RecoveryCode: code}
	if in.RecoveryFile == "" {
		return out, nil
	}
	sheet, err := d.RecoverySheet(ctx, RecoverySheet{OfficeCode: in.OfficeCode, OfficeName: in.OfficeName, Officer: in.Officer, Code: code})
	if err == nil {
		err = os.WriteFile(in.RecoveryFile, sheet, 0o600)
	}
	if err != nil { // the data folder stands; the code is in the answer
		return out, fault.New(fault.Failed, "recovery-sheet", "数据文件夹已建立，但恢复单没有写到磁盘；恢复码是 "+code, "请现在抄下恢复码并妥善保管").Wrap(err)
	}
	out.RecoveryPath = in.RecoveryFile
	return out, nil
}

func initProfile(in InitInput) (map[string]string, error) {
	p := map[string]string{}
	for k, v := range map[string]string{"issuer": in.Issuer, "capacity": in.Capacity, "sector": in.Sector, "code_word": in.CodeWord,
		"review_body": in.ReviewBody, "court": in.Court, "regime": in.Regime} {
		if v = strings.TrimSpace(v); v != "" {
			p[k] = v
		}
	}
	if c := p["capacity"]; c != "" {
		id, ok := letter.ParseCapacity(c)
		if !ok {
			return nil, fault.New(fault.Usage, "capacity", "主体资格不在列表中："+c, "可选："+capacityNames()).At("capacity")
		}
		p["capacity"] = string(id)
	}
	if s := p["sector"]; s != "" && regime.SectorLabel(s) == "" {
		return nil, unknownSector(s)
	}
	return p, nil
}

// Unlock lets an officer in.
func (d *Desk) Unlock(ctx context.Context, officer string, password []byte) error {
	book, err := d.take()
	if err != nil {
		return err
	}
	if officer == "" {
		if names := book.Officers(); len(names) == 1 {
			officer = names[0]
		}
	}
	if err := book.Unlock(ctx, officer, password); err != nil {
		return err
	}
	d.startShare()
	return nil
}

// Recover lets an officer in with the recovery code and a new password.
func (d *Desk) Recover(ctx context.Context, code, officer string, password []byte) error {
	book, err := d.take()
	if err != nil {
		return err
	}
	return book.Recover(ctx, code, officer, password)
}

// Lock wipes the officer's keys; exchange goes on.
func (d *Desk) Lock(_ context.Context) error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.book != nil {
		d.book.Lock()
	}
	return nil
}
