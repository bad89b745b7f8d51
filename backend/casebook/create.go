package casebook

import (
	"context"
	"os"
	"path/filepath"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/office"
	"jiesu/backend/seal"
	"jiesu/backend/vault"
)

// Founding is what a new data folder starts with.
type Founding struct {
	Code     string
	Name     string
	Officer  string
	Phone    string
	Password []byte
	Profile  map[string]string
}

// Create makes a data folder with its unit and first officer, who is
// administrator and may see protected persons. The recovery code is given
// this once.
func Create(ctx context.Context, opts Options, f Founding) (*Book, string, error) {
	if f.Code == "" || f.Name == "" || f.Officer == "" {
		return nil, "", fault.New(fault.Usage, "founding-incomplete", "请填写单位代码、单位名称和姓名", "")
	}
	if err := os.MkdirAll(opts.Dir, 0o700); err != nil {
		return nil, "", fault.New(fault.Failed, "data-folder", "数据文件夹无法建立", "请换一个位置，或检查磁盘权限").Wrap(err)
	}
	for _, name := range append([]string{"db"}, kept...) {
		if _, err := os.Stat(filepath.Join(opts.Dir, name)); err == nil {
			return nil, "", fault.New(fault.Refused, "data-folder-in-use", "这个文件夹里已经有别的内容："+name, "请选择一个空文件夹")
		}
	}
	b := newBook(opts)
	if err := b.take(); err != nil {
		return nil, "", err
	}
	session, code, err := vault.Create(opts.Dir, f.Officer, f.Password, opts.Vault)
	if err != nil {
		b.lock.Unlock()
		return nil, "", err
	}
	b.vault = session.Vault()
	if err := b.found(ctx, session, f); err != nil {
		b.Close()
		unmake(opts.Dir)
		return nil, "", err
	}
	return b, code, nil
}

// unmake takes away what a founding that failed has made: nothing of it was
// promised to anybody, and half a folder would stand in the way.
func unmake(dir string) {
	for _, name := range append([]string{"vault.json", "db"}, kept...) {
		os.RemoveAll(filepath.Join(dir, name))
	}
}

func (b *Book) found(ctx context.Context, session *vault.Session, f Founding) error {
	b.mu.Lock()
	b.session = session
	err := b.load(ctx)
	if err == nil {
		unit := journal.PublicKey(session.SigningPublic()).KeyID()
		b.unit = unit
		identity := seal.New()
		err = b.foundUnit(session, unit, identity)
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	act, grants, err := b.foundingAct(session, f)
	if err != nil {
		return err
	}
	if _, err = b.Append(ctx, Write{Office: act, Grants: grants}); err != nil {
		return err
	}
	return b.enterIdentity(ctx)
}

// foundUnit notes what belongs to this machine alone.
func (b *Book) foundUnit(session *vault.Session, unit string, identity seal.Key) error {
	b.ring.AddIdentity(identity)
	return b.putLocal(Local{"setting", "unit", unit}, Local{"setting", identitySetting, seal.ID(identity)})
}

func (b *Book) foundingAct(session *vault.Session, f Founding) (*office.Act, []journal.KeyGrant, error) {
	me, err := session.AgeIdentity()
	if err != nil {
		return nil, nil, err
	}
	identity, name, err := b.identityKey()
	if err != nil {
		return nil, nil, err
	}
	wrapped, err := seal.WrapFor([]seal.Recipient{me.Recipient()}, identity[:])
	if err != nil {
		return nil, nil, err
	}
	now := b.opts.Now()
	id := randomID()
	act := &office.Act{At: now, Recorded: now, Unit: b.unit, Officer: id, Effects: office.Effects{&office.Found{
		Unit: b.unit, Code: f.Code, Name: f.Name,
		Officer: office.Officer{ID: id, Name: f.Officer, Phone: f.Phone, Sign: journal.PublicKey(session.SigningPublic()), Age: me.Recipient().String(),
			Roles: []string{office.Administrator, office.Handler, office.Approver, office.IdentityRole}},
		Replica: office.Replica{Key: b.replica.Public(), Age: b.replica.Recipient().String()}}}}
	if len(f.Profile) > 0 {
		act.Effects = append(act.Effects, &office.SetProfile{Values: f.Profile})
	}
	return act, []journal.KeyGrant{{ID: name, Age: wrapped}}, nil
}

func (b *Book) enterIdentity(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.openIdentity(ctx)
}
