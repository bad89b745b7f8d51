package casebook

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jiesu/backend/fault"
)

// A backup is a tar file of the data folder without db/ and lock: vault.json,
// both logs and the blobs, as they lie there, sealed. Its first member is
// "jiesu-backup-0", empty, its last "sums.json": the SHA-256 of every other
// one by name, so that a spoilt or cut file is refused whole. It opens with the passwords and the recovery code
// of its day. Format 0 is read for ever.
const (
	backupMark = "jiesu-backup-0"
	backupSums = "sums.json"
	maxSums    = 64 << 20
)

// restoredMark lies in a restored folder until its first unlocking, which
// goes on under a new replica key.
const restoredMark = "restored"

var kept = []string{"journal", "local", "blobs"}

// Backup writes the whole book to a new file; nothing partial remains.
func (b *Book) Backup(ctx context.Context, file string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.db == nil {
		return errClosed
	}
	if rel, err := filepath.Rel(b.opts.Dir, file); err == nil && !strings.HasPrefix(rel, "..") {
		return fault.New(fault.Usage, "backup-inside", "备份不能放在数据文件夹里面", "请选择另一个磁盘或 U 盘")
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), ".jiesu-backup-*")
	if err != nil {
		return errBackup.Wrap(err)
	}
	err = errors.Join(b.writeBackup(ctx, tmp), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		os.Remove(tmp.Name())
		return errBackup.Wrap(err)
	}
	return nil
}

var errBackup = fault.New(fault.Failed, "backup-failed", "备份没有完成", "请检查目标磁盘的空间和权限后再试")

func (b *Book) writeBackup(ctx context.Context, w io.Writer) error {
	t := tar.NewWriter(w)
	if err := t.WriteHeader(&tar.Header{Name: backupMark, Mode: 0o600}); err != nil {
		return err
	}
	names := []string{"vault.json"}
	for _, sub := range kept {
		err := filepath.WalkDir(filepath.Join(b.opts.Dir, sub), func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			rel, err := filepath.Rel(b.opts.Dir, path)
			names = append(names, filepath.ToSlash(rel))
			return err
		})
		if err != nil {
			return err
		}
	}
	sums := map[string]string{}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		sum, err := addFile(t, b.opts.Dir, name)
		if err != nil {
			return err
		}
		sums[name] = sum
	}
	raw, err := json.Marshal(sums)
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: backupSums, Mode: 0o600, Size: int64(len(raw))}); err != nil {
		return err
	}
	if _, err := t.Write(raw); err != nil {
		return err
	}
	return t.Close()
}

func addFile(t *tar.Writer, dir, name string) (sum string, err error) {
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size()}); err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.CopyN(io.MultiWriter(t, h), f, info.Size())
	return hex.EncodeToString(h.Sum(nil)), err
}

var errNotBackup = fault.New(fault.Refused, "not-a-backup", "这不是完整的备份文件", "请选择由“备份”生成的文件")

// Restore unpacks a backup into a folder that holds no data yet. Its first
// unlocking goes on under a new replica key: somebody may have gone on with
// the old one.
func Restore(ctx context.Context, dir, file string) (err error) {
	if Exists(dir) {
		return fault.New(fault.Refused, "data-folder-exists", "这里已经有数据文件夹", "请恢复到一个空文件夹，确认无误后再换用")
	}
	f, err := os.Open(file)
	if err != nil {
		return fault.New(fault.NotFound, "file-not-found", "没有找到备份文件", "请核对文件位置").Wrap(err)
	}
	defer f.Close()
	t := tar.NewReader(f)
	first, err := t.Next()
	if err != nil || first.Name != backupMark {
		return errNotBackup.Wrap(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return errBackup.Wrap(err)
	}
	tmp, err := os.MkdirTemp(dir, ".restoring-*")
	if err != nil {
		return errBackup.Wrap(err)
	}
	defer os.RemoveAll(tmp)
	if err := unpack(ctx, t, tmp); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(tmp, restoredMark), nil, 0o600); err != nil {
		return errBackup.Wrap(err)
	}
	for _, name := range append(append([]string{restoredMark}, kept...), "vault.json") { // vault.json last: it makes the folder one
		if err := os.Rename(filepath.Join(tmp, name), filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return errBackup.Wrap(err)
		}
	}
	return nil
}

// unpack writes the members and compares them with their sums; only names a
// backup has are taken.
func unpack(ctx context.Context, t *tar.Reader, dir string) error {
	sums := map[string]string{}
	for {
		h, err := t.Next()
		if err := errors.Join(err, ctx.Err()); err != nil {
			return errNotBackup.Wrap(err)
		}
		if h.Name == backupSums {
			return checkSums(t, sums)
		}
		top, _, _ := strings.Cut(h.Name, "/")
		known := h.Name == "vault.json" || slices.Contains(kept, top)
		if !known || !filepath.IsLocal(h.Name) || h.Typeflag != tar.TypeReg {
			return errNotBackup
		}
		if sums[h.Name], err = unpackFile(t, filepath.Join(dir, filepath.FromSlash(h.Name))); err != nil {
			return err
		}
	}
}

func unpackFile(t *tar.Reader, path string) (sum string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", errBackup.Wrap(err)
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", errBackup.Wrap(err)
	}
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(out, h), t)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", errNotBackup.Wrap(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func checkSums(t *tar.Reader, got map[string]string) error {
	raw, err := io.ReadAll(io.LimitReader(t, maxSums))
	if err != nil {
		return errNotBackup.Wrap(err)
	}
	var want map[string]string
	if json.Unmarshal(raw, &want) != nil || !maps.Equal(want, got) || got["vault.json"] == "" {
		return errSpoilt
	}
	return nil
}

var errSpoilt = fault.New(fault.Damaged, "backup-spoilt", "备份文件已损坏，没有恢复任何内容", "请改用另一份备份")

// Restored goes on under a new key the first time a restored folder is opened.
func (b *Book) restored(ctx context.Context) error {
	mark := filepath.Join(b.opts.Dir, restoredMark)
	if _, err := os.Stat(mark); err != nil {
		return nil
	}
	if err := b.NewReplica(ctx); err != nil {
		return err
	}
	return os.Remove(mark)
}
