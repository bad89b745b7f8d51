// Package sharedfoldertest is a shared folder for tests: in memory, seeded,
// and lying in all the ways real folders do. It passes the same conformance
// suite as the real one while it tells the truth.
//
// A Store is what really lies in the folder; every machine sees it through a
// View of its own, which may be late, partial, torn or gone. The same seed and
// the same calls give the same lies.
package sharedfoldertest

import (
	"bytes"
	"math/rand/v2"
	"path"
	"sort"
	"strings"
	"sync"
)

// Store is the true content of a folder.
type Store struct {
	mu    sync.Mutex
	rng   *rand.Rand
	files map[string][]byte
	dirs  map[string]bool
}

// New is an empty folder.
func New(seed uint64) *Store {
	return &Store{rng: rand.New(rand.NewPCG(seed, 7)), files: map[string][]byte{}, dirs: map[string]bool{".": true}}
}

// Files names everything in the folder, sorted.
func (s *Store) Files() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sortedKeys(s.files)
}

// Get is the content of a file.
func (s *Store) Get(name string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.files[name])
}

// Put lays a file into the folder, as a stranger or a synchroniser would.
func (s *Store) Put(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(name, data)
}

func (s *Store) put(name string, data []byte) {
	s.files[name] = bytes.Clone(data)
	for dir := path.Dir(name); !s.dirs[dir]; dir = path.Dir(dir) {
		s.dirs[dir] = true
	}
}

// Delete removes a file, or everything below a folder, as a stranger would.
func (s *Store) Delete(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for file := range s.files {
		if file == name || strings.HasPrefix(file, name+"/") {
			delete(s.files, file)
		}
	}
	for dir := range s.dirs {
		if dir == name || strings.HasPrefix(dir, name+"/") {
			delete(s.dirs, dir)
		}
	}
}

// Snapshot is a copy of everything, for Restore.
type Snapshot struct {
	files map[string][]byte
	dirs  map[string]bool
}

// Snapshot copies the folder.
func (s *Store) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Snapshot{files: map[string][]byte{}, dirs: map[string]bool{}}
	for name, data := range s.files {
		out.files[name] = bytes.Clone(data)
	}
	for name := range s.dirs {
		out.dirs[name] = true
	}
	return out
}

// Restore puts the whole folder back to an earlier state.
func (s *Store) Restore(old Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files, s.dirs = map[string][]byte{}, map[string]bool{}
	for name, data := range old.files {
		s.files[name] = bytes.Clone(data)
	}
	for name := range old.dirs {
		s.dirs[name] = true
	}
}

// Harm is a way to spoil bytes.
type Harm int

// The ways folders spoil files.
const (
	Half  Harm = iota // the beginning only
	NULs              // as after a power cut
	Empty             // zero length
	HTML              // an error page
	Flip              // one bit
)

// Damage spoils a file in the folder for everybody.
func (s *Store) Damage(name string, how Harm) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[name] = s.spoil(s.files[name], how)
}

func (s *Store) spoil(data []byte, how Harm) []byte {
	switch how {
	case Half:
		return bytes.Clone(data[:len(data)/2])
	case NULs:
		return make([]byte, len(data))
	case Empty:
		return nil
	case HTML:
		return []byte("<html><body>503 maintenance mode</body></html>")
	}
	data = bytes.Clone(data)
	if len(data) > 0 {
		data[s.rng.IntN(len(data))] ^= 1 << s.rng.IntN(8)
	}
	return data
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
