package app

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"runtime"
)

// place is where the program keeps things on this machine.
type place struct {
	data   string // the data folder
	config string // preferences and the log; nothing about cases
	open   string // files lent to system programs, emptied at start and exit
}

// findPlace reads -data, then JIESU_DATA, then takes the platform's local
// application data: never a roaming or synced folder.
func findPlace(args []string) (place, error) {
	flags := flag.NewFlagSet("jiesu", flag.ContinueOnError)
	data := flags.String("data", os.Getenv("JIESU_DATA"), "data folder")
	if err := flags.Parse(args); err != nil {
		return place{}, err
	}
	dir := *data
	if dir == "" {
		local, err := localData()
		if err != nil {
			return place{}, err
		}
		dir = filepath.Join(local, "jiesu", "data")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	config := os.Getenv("JIESU_CONFIG")
	if config == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return place{}, err
		}
		config = filepath.Join(base, "jiesu")
	}
	return place{data: dir, config: config, open: dir + "-open"}, nil
}

func localData() (string, error) {
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return dir, nil
		}
		return "", errors.New("没有找到本机应用数据文件夹（LocalAppData）")
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share"), nil
}

// practice is the data folder of the practice desk: sample data only, so that
// nothing tried out there can mix with real cases.
func (p place) practice() string { return p.data + "-practice" }
