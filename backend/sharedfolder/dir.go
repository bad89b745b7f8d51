package sharedfolder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxNames bounds what a listing brings into memory.
const maxNames = 200_000

// OpenDir opens a real folder, which must exist. Everything goes through
// os.Root: no name and no symbolic link leads out of the folder, a share that
// is unmounted meanwhile is not silently replaced by the empty folder below
// it, and on Windows a reader does not block the writer's rename.
func OpenDir(path string) (FS, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return dir{root}, nil
}

type dir struct{ root *os.Root }

func (d dir) Close() error { return d.root.Close() }

func (d dir) List(name string) ([]Item, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var items []Item
	for {
		entries, err := f.ReadDir(1024)
		for _, e := range entries {
			items = append(items, Item{Name: e.Name(), Dir: e.IsDir()})
		}
		if err == io.EOF || len(items) >= maxNames {
			return items, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func (d dir) Read(name string, limit int64) ([]byte, error) {
	info, err := d.root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return nil, fmt.Errorf("%s: %w", name, fs.ErrInvalid)
	}
	if info.Size() > limit {
		return nil, ErrTooLarge
	}
	f, err := d.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, 0, info.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case int64(len(data)) > limit:
			return nil, ErrTooLarge
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err
		case len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
}

func (d dir) MakeDir(name string) error { return d.root.Mkdir(name, 0o755) }

func (d dir) WriteTemp(name string, data []byte) error {
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = checkSize(f, len(data))
	}
	if err == nil {
		if err = f.Sync(); notSupported(err) {
			err = nil // some network file systems cannot; the file is read back later
		}
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		d.root.Remove(name)
	}
	return err
}

// checkSize notices servers that report success and keep less.
func checkSize(f *os.File, want int) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() != int64(want) {
		return fmt.Errorf("%d of %d bytes kept: %w", info.Size(), want, io.ErrShortWrite)
	}
	return nil
}

// Rename looks before it renames. Between the two another program could take
// the name, but only this replica writes in its folder and names are sums of
// contents.
func (d dir) Rename(from, to string) error {
	if _, err := d.root.Lstat(to); err == nil {
		return fmt.Errorf("%s: %w", to, fs.ErrExist)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return d.root.Rename(from, to)
}

func (d dir) SyncDir(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !notSupported(err) {
		return err
	}
	return nil
}

func (d dir) Remove(name string) error { return d.root.Remove(name) }
