package app

import (
	"io/fs"
	"time"

	"jiesu/assets"
	"jiesu/backend/desk"
)

// version is what 关于 shows, the same as in wails.json.
const version = "0.1.0"

// releasedOn is the day of this version: a machine whose clock stands before
// it is wrong.
func releasedOn() time.Time { return time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC) }

// shipped is the data the program brings along.
func shipped() (desk.Assets, error) {
	var a desk.Assets
	for folder, to := range map[string]struct {
		from fs.FS
		at   *fs.FS
	}{
		"regimes": {assets.Regimes, &a.Regimes}, "calendars": {assets.Calendars, &a.Calendars},
		"letters": {assets.Letters, &a.Letters}, "fonts": {assets.Fonts, &a.Fonts},
	} {
		sub, err := fs.Sub(to.from, folder)
		if err != nil {
			return desk.Assets{}, err
		}
		*to.at = sub
	}
	return a, nil
}
