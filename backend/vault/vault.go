// Package vault keeps the keys of one data folder: the data key that encrypts
// everything in it, each officer's private keys behind a password, this
// machine's replica keys, and a recovery code on paper.
//
// It is not the list of officers and their roles (package office, in the
// journal), and does not keep case keys: they are granted in the journal, Ring
// only holds those in use.
//
// # Format (v0)
//
// vault.json is one JSON object, replaced whole. Bytes are base64.
//
//	format    "jiesu-vault/0"
//	officers  one slot per officer:
//	  name, kdf {time, memory (KiB), threads, salt}, sign (Ed25519 public key),
//	  recipient (age), keys, data_key
//	  kek      = argon2id(password, salt, time, memory, threads, 32 bytes)
//	  ad       = format ‖ 0 ‖ name ‖ 0 ‖ JSON of kdf ‖ 0 ‖ sign ‖ 0 ‖ recipient
//	  keys     = seal.Seal(kek, "vault/officer-keys", 32-byte Ed25519 seed ‖ age secret, ad)
//	  data_key = seal.Seal(kek, "vault/data-key", data key, ad)
//	recovery  seal.Seal(code ‖ 12 zero bytes, "vault/recovery", data key, format)
//	replicas  this machine's keys, the last one in use, older ones only to open:
//	  sign, recipient, keys as above under the data key, "vault/replica-keys",
//	  ad = format ‖ 0 ‖ sign ‖ 0 ‖ recipient
//	mac       seal.MAC(data key, "vault/whole-file", the object with mac = "")
//
// The recovery code opens the data, never an officer's keys, and so never the
// protected identity. Who has an old copy of this file and a retired officer's
// password can still open that copy. Files of v0 stay readable for ever.
package vault

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"jiesu/backend/fault"
	"jiesu/backend/seal"
)

const (
	format   = "jiesu-vault/0"
	fileName = "vault.json"
	maxFile  = 4 << 20

	// MinPassword is the fewest characters of a password.
	MinPassword = 10
	maxPassword = 1024
	maxName     = 64
)

var (
	// ErrNoVault says that the folder holds no data yet.
	ErrNoVault = fault.New(fault.NotFound, "no-data-folder",
		"这里还没有建立数据文件夹", "请先初始化（首次使用向导或 jiesuctl init）")
	errExists = fault.New(fault.Refused, "data-folder-exists",
		"这里已经有数据文件夹", "请直接登录，或另选一个空文件夹")
	// ErrWrongPassword and ErrNoOfficer are what a person may get wrong.
	ErrWrongPassword = fault.New(fault.Forbidden, "wrong-password",
		"密码不对", "请检查大小写和输入法后再试；忘记密码可用恢复单重设")
	ErrNoOfficer = fault.New(fault.Forbidden, "no-such-officer",
		"本机没有这位经办人", "请检查姓名，或请管理员在本机添加")
	errOfficerExists = fault.New(fault.Refused, "officer-exists",
		"本机已有同名经办人", "请换一个能区分的姓名，例如加上工号")
	errLastOfficer = fault.New(fault.Refused, "last-officer",
		"这是本机最后一位经办人，不能移除", "请先添加另一位经办人")
	errPassword = fault.New(fault.Refused, "password-too-short",
		"密码至少要 10 个字符", "可以用几个不相干的词连起来，容易记又难猜")
	errName = fault.New(fault.Refused, "officer-name-invalid",
		"经办人姓名不能为空，也不能太长", "请填写 64 个字符以内的姓名")
	errCode = fault.New(fault.Forbidden, "wrong-recovery-code",
		"恢复码不对", "请对照恢复单逐组核对；容易看错的字母不会出现在恢复码里")
	errFile = fault.New(fault.Damaged, "vault-damaged",
		"钥匙文件已损坏或被改动", "请从备份恢复数据文件夹里的 vault.json")
	// ErrLocked says that the officer's keys were wiped by the idle lock.
	ErrLocked = fault.New(fault.Forbidden, "session-locked",
		"已锁定，请重新输入密码", "输入密码后继续，未保存的内容还在")
	errSave = fault.New(fault.Failed, "vault-not-saved",
		"钥匙文件没有保存成功，原来的密码仍然有效", "请检查磁盘空间后再试")
)

// Options are the clock and the cost of a password; zero values are right.
type Options struct {
	Now   func() time.Time
	Sleep func(time.Duration)
	// Cost of a password; zero: measured on this machine, at most half a second.
	Cost Cost
}

// Officer is what a vault tells about an officer without a password.
type Officer struct {
	Name      string
	Sign      ed25519.PublicKey
	Recipient seal.Recipient
}

// Vault is the vault of one data folder.
type Vault struct {
	path string
	opts Options

	mu       sync.Mutex
	file     file
	failures int
}

type file struct {
	Format   string    `json:"format"`
	Officers []slot    `json:"officers"`
	Recovery []byte    `json:"recovery"`
	Replicas []machine `json:"replicas"`
	MAC      []byte    `json:"mac"`
}

type slot struct {
	Name      string `json:"name"`
	KDF       kdf    `json:"kdf"`
	Sign      []byte `json:"sign"`
	Recipient string `json:"recipient"`
	Keys      []byte `json:"keys"`
	DataKey   []byte `json:"data_key"`
}

type machine struct {
	Sign      []byte `json:"sign"`
	Recipient string `json:"recipient"`
	Keys      []byte `json:"keys"`
}

func withDefaults(opts Options) Options {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Sleep == nil {
		opts.Sleep = time.Sleep
	}
	return opts
}

// Create makes the vault of a new data folder with its first officer. The
// recovery code is returned this once: it must be printed. The password is
// wiped, here and in every other function.
func Create(dir, officer string, password []byte, opts Options) (*Session, string, error) {
	defer seal.Wipe(password)
	v := &Vault{path: filepath.Join(dir, fileName), opts: withDefaults(opts), file: file{Format: format}}
	if _, err := os.Stat(v.path); err == nil {
		return nil, "", errExists
	}
	dataKey := seal.New()
	s, err := v.addSlot(officer, password, dataKey)
	if err != nil {
		return nil, "", err
	}
	v.file.Replicas = []machine{newMachine(dataKey)}
	code := v.newRecovery(dataKey)
	if err := v.save(dataKey, v.file); err != nil {
		return nil, "", err
	}
	return s, code, nil
}

// Open reads the vault of a data folder; it opens nothing yet.
func Open(dir string, opts Options) (*Vault, error) {
	v := &Vault{path: filepath.Join(dir, fileName), opts: withDefaults(opts)}
	info, err := os.Stat(v.path)
	if os.IsNotExist(err) {
		return nil, ErrNoVault
	}
	if err != nil || info.Size() > maxFile {
		return nil, errFile.Wrap(err)
	}
	raw, err := os.ReadFile(v.path)
	if err != nil {
		return nil, errFile.Wrap(err)
	}
	if v.file, err = parse(raw); err != nil {
		return nil, err
	}
	return v, nil
}

func parse(raw []byte) (file, error) {
	var f file
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return f, errFile.Wrap(err)
	}
	if f.Format != format || len(f.Officers) == 0 || len(f.Replicas) == 0 {
		return f, errFile
	}
	for _, s := range f.Officers {
		if !s.KDF.sane() || len(s.Sign) != ed25519.PublicKeySize {
			return f, errFile
		}
	}
	for _, m := range f.Replicas {
		if len(m.Sign) != ed25519.PublicKeySize {
			return f, errFile
		}
	}
	return f, nil
}

// List names the officers who can unlock this folder, in the order added.
func (v *Vault) List() []Officer {
	v.mu.Lock()
	defer v.mu.Unlock()
	var list []Officer
	for _, s := range v.file.Officers {
		if r, err := seal.ParseRecipient(s.Recipient); err == nil {
			list = append(list, Officer{Name: s.Name, Sign: s.Sign, Recipient: r})
		}
	}
	return list
}

func (f file) mac(dataKey seal.Key) []byte {
	f.MAC = nil
	raw, _ := json.Marshal(f) // strings and bytes always encode
	return seal.MAC(dataKey, seal.ContextVaultCheck, raw)
}

// save writes a changed file and only then makes it the vault's.
func (v *Vault) save(dataKey seal.Key, changed file) error {
	changed.MAC = changed.mac(dataKey)
	raw, err := json.MarshalIndent(changed, "", " ")
	if err == nil {
		err = replace(v.path, raw)
	}
	if err != nil {
		return errSave.Wrap(err)
	}
	v.file = changed
	return nil
}

// replace writes a file so that a power cut leaves the old or the new one.
func replace(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".vault-*.tmp") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // in vain once it is renamed
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil || runtime.GOOS == "windows" { // NTFS journals names itself
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, "\x00\r\n\t") {
		return "", errName
	}
	return name, nil
}

func checkPassword(password []byte) error {
	if utf8.RuneCount(password) < MinPassword || len(password) > maxPassword {
		return errPassword
	}
	return nil
}

func (v *Vault) find(name string) int {
	name = strings.TrimSpace(name)
	return slices.IndexFunc(v.file.Officers, func(s slot) bool { return s.Name == name })
}

// snapshot copies the file so that a change that fails leaves no trace.
func (v *Vault) snapshot() file {
	f := v.file
	f.Officers = slices.Clone(f.Officers)
	f.Replicas = slices.Clone(f.Replicas)
	return f
}
