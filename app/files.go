package app

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// Files is the system's side: dialogs, and opening with other programs.
type Files struct{ *program }

// PickFolder asks for a folder; empty: the officer changed his mind.
func (f *Files) PickFolder(heading string) (path string, err error) {
	defer guard(&err)
	window, err := f.windowContext()
	if err != nil {
		return "", err
	}
	return runtime.OpenDirectoryDialog(window, runtime.OpenDialogOptions{Title: heading, CanCreateDirectories: true})
}

// PickFiles asks for files; patterns like "*.eml;*.pdf", empty: all.
func (f *Files) PickFiles(heading, patterns string) (paths []string, err error) {
	defer guard(&err)
	window, err := f.windowContext()
	if err != nil {
		return []string{}, err
	}
	options := runtime.OpenDialogOptions{Title: heading}
	if patterns != "" {
		options.Filters = []runtime.FileFilter{{DisplayName: patterns, Pattern: patterns}}
	}
	paths, err = runtime.OpenMultipleFilesDialog(window, options)
	if paths == nil {
		paths = []string{}
	}
	return paths, err
}

// PickSave asks where to write; empty: the officer changed his mind.
func (f *Files) PickSave(heading, name string) (path string, err error) {
	defer guard(&err)
	window, err := f.windowContext()
	if err != nil {
		return "", err
	}
	return runtime.SaveFileDialog(window, runtime.SaveDialogOptions{Title: heading, DefaultFilename: safeName(name)})
}

// maxLent bounds what is copied for another program.
const maxLent = 512 << 20

// openable are the kinds of file that only show something. Everything else may
// run: a mail can bring a program, and one click must not start it.
var openable = []string{
	".pdf", ".ofd", ".txt", ".csv", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic",
	".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps", ".rtf", ".odt", ".ods",
	".mp3", ".wav", ".m4a", ".amr", ".aac", ".mp4", ".mov", ".avi", ".3gp",
}

var errNotOpenable = fault.New(fault.Refused, "file-may-run", "这种文件可能包含程序，不能直接打开", "请另存后交由技术人员查看")

// OpenAttachment shows a file of a case with the system's program.
func (f *Files) OpenAttachment(number, id string) error {
	return tell(f.program, func(d *desk.Desk) error {
		row, content, err := d.Attachment(f.ctx, number, id)
		if err != nil {
			return err
		}
		return f.openContent(row.Name, content)
	})
}

// OpenMessageFile shows a file of a message with the system's program.
func (f *Files) OpenMessageFile(id string, index int) error {
	return tell(f.program, func(d *desk.Desk) error {
		row, content, err := d.MessageFile(f.ctx, id, index)
		if err != nil {
			return err
		}
		return f.openContent(row.Name, content)
	})
}

func (f *Files) openContent(name string, content io.ReadCloser) error {
	if !slices.Contains(openable, strings.ToLower(filepath.Ext(name))) {
		return joined(errNotOpenable, content.Close())
	}
	all, err := readAndClose(content)
	if err != nil {
		return err
	}
	path, err := lend(f.place.open, name, all)
	if err != nil {
		return err
	}
	return openWithSystem(path)
}

// SaveAttachment writes a file of a case where the officer said.
func (f *Files) SaveAttachment(number, id, path string) error {
	return tell(f.program, func(d *desk.Desk) error {
		_, content, err := d.Attachment(f.ctx, number, id)
		if err != nil {
			return err
		}
		all, err := readAndClose(content)
		if err != nil {
			return err
		}
		return saveAs(path, all)
	})
}

// SaveMessageFile writes a file of a message, or the original (index -1).
func (f *Files) SaveMessageFile(id string, index int, path string) error {
	return tell(f.program, func(d *desk.Desk) error {
		_, content, err := d.MessageFile(f.ctx, id, index)
		if err != nil {
			return err
		}
		all, err := readAndClose(content)
		if err != nil {
			return err
		}
		return saveAs(path, all)
	})
}

func readAndClose(content io.ReadCloser) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(content, maxLent+1))
	if err == nil && len(all) > maxLent {
		err = errFileTooLarge
	}
	return all, joined(err, content.Close())
}

// lend writes a file for another program into a folder of its own, readable
// by this user alone, which is emptied at start and exit.
func lend(folder, name string, content []byte) (string, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", errNotSaved.Wrap(err)
	}
	own, err := os.MkdirTemp(folder, "f")
	if err != nil {
		return "", errNotSaved.Wrap(err)
	}
	path := filepath.Join(own, safeName(name))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return "", errNotSaved.Wrap(err)
	}
	return path, nil
}

// safeName keeps a name that came from outside inside its folder and legal on
// every system.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if runes := []rune(name); len(runes) > 60 {
		ext := []rune(filepath.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = string(runes[:60-len(ext)]) + string(ext)
	}
	if name == "" {
		return "file"
	}
	return name
}
