package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"jiesu/assets"
	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// version is the program's, the same as the window's.
const version = "0.1.0"

// dataFolder is where the desk is: --data, JIESU_DATA, then the platform's
// local application data, the same folder as the window's. It is never a
// roaming or synced one.
func dataFolder(flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, "jiesu", "data"), nil
		}
		return "", errNoPlace
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "jiesu", "data"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errNoPlace.Wrap(err)
	}
	return filepath.Join(home, ".local", "share", "jiesu", "data"), nil
}

var errNoPlace = fault.New(fault.Usage, "data-folder", "没有找到本机应用数据文件夹", "请用 --data 指定数据文件夹")

// shipped is the data the program brings along.
func shipped() (desk.Assets, error) {
	var a desk.Assets
	for _, part := range []struct {
		name string
		from fs.FS
		to   *fs.FS
	}{
		{"regimes", assets.Regimes, &a.Regimes}, {"calendars", assets.Calendars, &a.Calendars},
		{"letters", assets.Letters, &a.Letters}, {"fonts", assets.Fonts, &a.Fonts},
	} {
		sub, err := fs.Sub(part.from, part.name)
		if err != nil {
			return a, err
		}
		*part.to = sub
	}
	return a, nil
}
