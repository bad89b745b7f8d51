// Package blobfile keeps attachments, original mails and issued documents as
// encrypted files named by the hash of their ciphertext, so that the same
// bytes can lie in any office and prove themselves without a key.
//
// It does not know what refers to a file, and never deletes on its own. A
// file is written once and whole, or is not there.
//
// # Format (v0)
//
// A blob is the 8 bytes "JSBLOB0\n" and then chunks: every 64 KiB of plaintext,
// and the rest, which may be empty, sealed as
//
//	seal.Seal(key, "blobfile/chunk", plaintext, number of the chunk as 8 bytes
//	          little-endian ‖ 1 if it is the last, else 0)
//
// under a random key of its own, which stands only in Ref. All chunks but the
// last are full. Its name is the SHA-256 of these bytes in lower-case hex, in a
// folder named by the first two letters. Files of v0 stay readable for ever.
package blobfile

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/seal"
)

const (
	tempPrefix = ".tmp-"
	hashLength = 64
	// MinAge is how old a file must be before Delete takes it.
	MinAge = 30 * 24 * time.Hour
)

var (
	// ErrMissing says that the file has not come from the other office yet.
	ErrMissing = fault.New(fault.NotFound, "blob-missing",
		"附件未到：文件还没有从登记网点传来", "连上共享文件夹后会自动取回，请稍后再看")
	// ErrDamaged says that the file is not what it was.
	ErrDamaged = fault.New(fault.Damaged, "blob-damaged",
		"附件已损坏，无法打开", "程序会尝试从其他网点取回；也可从备份恢复")
	// ErrTooLarge says that the limit was exceeded; nothing was kept.
	ErrTooLarge = fault.New(fault.Refused, "file-too-large",
		"文件太大，没有保存", "请压缩或分成几个文件后再添加")
	errTooYoung = fault.New(fault.Refused, "blob-too-young",
		"附件保存不满 30 天，不能清理", "满 30 天后再清理")
	errHash = fault.New(fault.Usage, "blob-bad-name",
		"附件编号不合规定", "请检查编号")
	errWrite = fault.New(fault.Failed, "blob-not-saved",
		"附件没有保存成功", "请检查磁盘空间后再试")
)

// Ref finds and opens a file. It is a secret: keep it sealed.
type Ref struct {
	Hash string   // of the ciphertext, its name on disk
	Key  seal.Key // opens it
	Size int64    // of the plaintext
	Name string   // what the officer calls it; not on disk
}

type refJSON struct {
	Hash string `json:"hash"`
	Key  []byte `json:"key"`
	Size int64  `json:"size"`
	Name string `json:"name,omitempty"`
}

// MarshalJSON writes the key too: only into something that is sealed.
func (r Ref) MarshalJSON() ([]byte, error) {
	return json.Marshal(refJSON{r.Hash, r.Key[:], r.Size, r.Name})
}

// UnmarshalJSON reads what MarshalJSON wrote and checks it.
func (r *Ref) UnmarshalJSON(raw []byte) error {
	var j refJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return err
	}
	key, err := seal.KeyFrom(j.Key)
	if err != nil || !validHash(j.Hash) || j.Size < 0 {
		return errHash
	}
	*r = Ref{j.Hash, key, j.Size, j.Name}
	return nil
}

// Folder is where the files lie. Its methods may be called concurrently.
type Folder struct{ dir string }

// Open opens or makes the folder and removes what a crash left unfinished.
func Open(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, errWrite.Wrap(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil {
		return nil, errWrite.Wrap(err)
	}
	for _, name := range left {
		os.Remove(name)
	}
	return &Folder{dir}, nil
}

func validHash(hash string) bool {
	return len(hash) == hashLength && strings.Trim(hash, "0123456789abcdef") == ""
}

func (f *Folder) path(hash string) string { return filepath.Join(f.dir, hash[:2], hash) }

// Put encrypts what r holds, up to limit bytes, and keeps it.
func (f *Folder) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	ref := Ref{Key: seal.New()}
	hash, err := f.write("", func(w io.Writer) (err error) {
		ref.Size, err = sealStream(ctx, w, r, ref.Key, limit)
		return err
	})
	ref.Hash = hash
	if err != nil {
		return Ref{}, err
	}
	return ref, nil
}

// Import keeps ciphertext of up to limit bytes from another office, if it is
// what hash says.
func (f *Folder) Import(ctx context.Context, hash string, r io.Reader, limit int64) error {
	if !validHash(hash) {
		return errHash
	}
	_, err := f.write(hash, func(w io.Writer) error {
		n, err := io.Copy(w, io.LimitReader(&cancelable{ctx, r}, limit+1))
		if err == nil && n > limit {
			return ErrTooLarge
		}
		return err
	})
	return err
}

// write writes a temporary file, and gives it its name when it is whole and
// on the disk. want is the hash it must have, or empty.
func (f *Folder) write(want string, fill func(io.Writer) error) (string, error) {
	tmp, err := os.CreateTemp(f.dir, tempPrefix+"*") // mode 0600
	if err != nil {
		return "", errWrite.Wrap(err)
	}
	defer os.Remove(tmp.Name()) // in vain once it has its name
	h := newHashing(tmp)
	err = fill(h)
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", asFault(err)
	}
	hash := h.hex()
	if want != "" && want != hash {
		return "", ErrDamaged
	}
	sub := filepath.Join(f.dir, hash[:2])
	err = os.Mkdir(sub, 0o700)
	if err == nil {
		err = syncDir(f.dir)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return "", errWrite.Wrap(err)
	}
	// The same name means the same bytes, so this can only mend what is there.
	// Windows refuses while somebody reads the old one.
	if err := os.Rename(tmp.Name(), f.path(hash)); err != nil && f.Check(context.Background(), hash) != nil {
		return "", errWrite.Wrap(err)
	}
	if err := syncDir(sub); err != nil {
		return "", errWrite.Wrap(err)
	}
	return hash, nil
}

func asFault(err error) error {
	var known *fault.Fault
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errWrite.Wrap(err)
}

// syncDir makes new names survive a power cut; NTFS does so itself.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Has reports whether the file is here. It may be damaged: see Check.
func (f *Folder) Has(hash string) bool {
	if !validHash(hash) {
		return false
	}
	info, err := os.Lstat(f.path(hash))
	return err == nil && info.Mode().IsRegular()
}

// Open gives the plaintext. Every chunk is proved before it is handed out, and
// the end too: a reader that gets io.EOF has read the whole file.
func (f *Folder) Open(ref Ref) (io.ReadCloser, error) {
	file, _, err := f.Export(ref.Hash)
	if err != nil {
		return nil, err
	}
	return newReader(file, ref)
}

// Export gives the ciphertext and its size, for another office.
func (f *Folder) Export(hash string) (io.ReadCloser, int64, error) {
	if !validHash(hash) {
		return nil, 0, errHash
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, ErrMissing
	}
	if err != nil {
		return nil, 0, ErrDamaged.Wrap(err)
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		file.Close()
		return nil, 0, ErrDamaged.Wrap(err)
	}
	return file, info.Size(), nil
}

// Check reads the file and compares it with its name.
func (f *Folder) Check(ctx context.Context, hash string) error {
	file, _, err := f.Export(hash)
	if err != nil {
		return err
	}
	defer file.Close()
	h := newHashing(io.Discard)
	if _, err := io.Copy(h, &cancelable{ctx, file}); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return ErrDamaged.Wrap(err)
	}
	if h.hex() != hash {
		return ErrDamaged
	}
	return nil
}

// List calls fn for every file, in order of the hash.
func (f *Folder) List(ctx context.Context, fn func(hash string, size int64) error) error {
	return filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name := d.Name()
		if !d.Type().IsRegular() || !validHash(name) || filepath.Base(filepath.Dir(path)) != name[:2] {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		return fn(name, info.Size())
	})
}

// Delete removes a file that came here at least 30 days before now. That it
// is this office's own and that nothing refers to it is for the caller to know.
func (f *Folder) Delete(hash string, now time.Time) error {
	if !validHash(hash) {
		return errHash
	}
	info, err := os.Lstat(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return errWrite.Wrap(err)
	}
	if now.Sub(info.ModTime()) < MinAge {
		return errTooYoung
	}
	if err := os.Remove(f.path(hash)); err != nil {
		return errWrite.Wrap(err)
	}
	return nil
}
