package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"

	"jiesu/backend/seal"
)

const (
	markerName = "OPENING"
	cleanName  = "CLEAN"

	openingMarker = "opening"
	// maxCrashes in a row, each soon after Open, are blamed on the folder:
	// Badger may die in a goroutine of its own, where nobody can recover.
	maxCrashes = 3
	// keepAside is how many damaged folders are kept for inspection.
	keepAside = 2
)

func settlingMarker(crashes int) string { return fmt.Sprintf("settling %d", crashes) }

func writeMarker(dir, text string) error {
	return os.WriteFile(filepath.Join(dir, markerName), []byte(text), 0o600)
}

// readMarker gives how often in a row the process died soon after Open. A
// process that died in Open itself is reason enough.
func readMarker(dir string) (crashes int, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, markerName))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	n, scanErr := fmt.Sscanf(string(raw), "settling %d", &crashes)
	if err != nil || scanErr != nil || n != 1 || crashes >= maxCrashes {
		return 0, ErrDamaged.Wrap(fmt.Errorf("the last start ended inside the database"))
	}
	return crashes, nil
}

// clean is what the folder looked like when it was closed.
type clean struct {
	Files map[string]int64  `json:"files"` // every table and log with its size
	Sums  map[string]string `json:"sums"`  // SHA-256 of the small files
	MAC   string            `json:"mac,omitempty"`
}

func survey(dir string) (clean, error) {
	c := clean{Files: map[string]int64{}, Sums: map[string]string{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return c, err
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case name == badger.ManifestFilename || name == badger.KeyRegistryFileName:
			raw, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return c, err
			}
			sum := sha256.Sum256(raw)
			c.Sums[name] = hex.EncodeToString(sum[:])
		case strings.HasSuffix(name, ".sst") || strings.HasSuffix(name, ".mem"):
			info, err := e.Info()
			if err != nil {
				return c, err
			}
			c.Files[name] = info.Size()
		}
	}
	return c, nil
}

func (c clean) mac(key seal.Key) string {
	c.MAC = ""
	raw, _ := json.Marshal(c) // maps of strings always encode
	return hex.EncodeToString(seal.MAC(key, seal.ContextStoreSeal, raw))
}

func writeClean(dir string, key seal.Key) error {
	c, err := survey(dir)
	if err != nil {
		return errCommit.Wrap(err)
	}
	c.MAC = c.mac(key)
	raw, err := json.Marshal(c)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, cleanName), raw, 0o600)
	}
	if err != nil {
		return errCommit.Wrap(err)
	}
	return nil
}

// inspect looks at the folder before Badger does, because Badger deletes what
// its MANIFEST does not name and takes a torn MANIFEST for a short one. It
// reports whether the folder is as a clean Close left it.
func inspect(dir string, key seal.Key, opts badger.Options) (bool, error) {
	now, err := survey(dir)
	if err != nil {
		return false, ErrDamaged.Wrap(err)
	}
	if len(now.Files) == 0 && len(now.Sums) == 0 {
		return !exists(dir, cleanName), nilOr(exists(dir, cleanName), "everything is gone")
	}
	if now.Sums[badger.ManifestFilename] == "" || now.Sums[badger.KeyRegistryFileName] == "" {
		return false, nilOr(true, "MANIFEST or KEYREGISTRY is missing")
	}
	if err := checkManifest(dir, now, opts); err != nil {
		return false, err
	}
	raw, err := os.ReadFile(filepath.Join(dir, cleanName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	// A power cut can leave this file empty: then it says nothing.
	var then clean
	if err != nil || json.Unmarshal(raw, &then) != nil || then.MAC != then.mac(key) {
		return false, nil
	}
	now.MAC = now.mac(key)
	return true, nilOr(now.MAC != then.MAC, "files are not as they were closed")
}

func nilOr(damaged bool, why string) error {
	if !damaged {
		return nil
	}
	return ErrDamaged.Wrap(errors.New(why))
}

func exists(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

// checkManifest proves that the MANIFEST is whole, its tables are there and
// their indexes readable.
func checkManifest(dir string, now clean, opts badger.Options) error {
	f, err := os.Open(filepath.Join(dir, badger.ManifestFilename))
	if err != nil {
		return ErrDamaged.Wrap(err)
	}
	defer f.Close()
	manifest, whole, err := badger.ReplayManifestFile(f, 0, opts)
	if err != nil {
		return ErrDamaged.Wrap(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() != whole {
		return nilOr(true, "MANIFEST is torn")
	}
	for id := range manifest.Tables {
		name := table.NewFilename(id, dir)
		if _, ok := now.Files[filepath.Base(name)]; !ok {
			return nilOr(true, "a table is missing")
		}
		if err := checkTable(name); err != nil {
			return ErrDamaged.Wrap(err)
		}
	}
	return nil
}

// SetAside moves a damaged folder out of the way and gives its new name; the
// database must be closed. Older folders set aside are removed, all but two.
func SetAside(dir string, now time.Time) (string, error) {
	to := dir + ".damaged-" + now.UTC().Format("20060102T150405.000000000")
	if err := os.Rename(dir, to); err != nil {
		return "", errCommit.Wrap(err)
	}
	old, err := filepath.Glob(dir + ".damaged-*")
	if err != nil {
		return to, nil
	}
	slices.Sort(old)
	for len(old) > keepAside {
		os.RemoveAll(old[0])
		old = old[1:]
	}
	return to, nil
}
