package requirement

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"

	"jiesu/backend/regime"
)

// Shipped are the rulebooks and letters that nodes are looked for in.
type Shipped struct {
	Regimes, Letters fs.FS
	Book             *regime.Book
	byFile           map[string]*regime.Regime
}

// Load reads the rulebooks; of letters only what is asked for is read.
func Load(regimes, letters fs.FS) (*Shipped, error) {
	book, err := regime.Load(regimes)
	if err != nil {
		return nil, err
	}
	s := &Shipped{Regimes: regimes, Letters: letters, Book: book, byFile: map[string]*regime.Regime{}}
	names, err := fs.Glob(regimes, "*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		raw, err := fs.ReadFile(regimes, name)
		if err != nil {
			return nil, err
		}
		for _, r := range book.All() {
			if source, ok := book.Source(r.ID, r.Version); ok && string(source) == string(raw) {
				s.byFile[strings.TrimSuffix(name, ".yaml")] = r
			}
		}
	}
	return s, nil
}

// Has says whether a node is there.
func (s *Shipped) Has(n Node) error {
	doc, err := s.doc(n)
	if err != nil {
		return err
	}
	if len(Find(doc, n.Path)) == 0 {
		return fmt.Errorf("there is no %s", n)
	}
	return nil
}

// doc is the file of a node as plain data.
func (s *Shipped) doc(n Node) (any, error) {
	if n.Letter {
		raw, err := fs.ReadFile(s.Letters, n.File+".json")
		if err != nil {
			return nil, fmt.Errorf("there is no letter %s", n.File)
		}
		var doc any
		return doc, json.Unmarshal(raw, &doc)
	}
	r, ok := s.byFile[n.File]
	if !ok {
		return nil, fmt.Errorf("there is no rulebook %s", n.File)
	}
	return plain(r)
}

// plain is a value as JSON knows it.
func plain(v any) (doc any, err error) {
	raw, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(raw, &doc)
	}
	return doc, err
}

// Without gives the rulebooks and letters less one node. What a rulebook took
// over from the one it extends goes with it.
func (s *Shipped) Without(n Node) (*regime.Book, fs.FS, error) {
	if err := s.Has(n); err != nil {
		return nil, nil, err
	}
	if n.Letter {
		letters, err := s.lettersWithout(n)
		return s.Book, letters, err
	}
	mine := s.byFile[n.File]
	whole, err := plain(mine)
	if err != nil {
		return nil, nil, err
	}
	var less []*regime.Regime
	for _, r := range s.Book.All() {
		if r != mine && r.Extends != mine.Key() {
			continue
		}
		doc, err := plain(r)
		if err != nil {
			return nil, nil, err
		}
		if r != mine && !same(Find(doc, n.Path), Find(whole, n.Path)) {
			continue // it says something of its own there
		}
		cut, err := without(doc, n.Path)
		if err != nil {
			return nil, nil, err
		}
		less = append(less, cut)
	}
	return s.Book.Replaced(less...), s.Letters, nil
}

func without(doc any, path []string) (*regime.Regime, error) {
	doc, _ = Remove(doc, path)
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil, err
	}
	var r regime.Regime
	return &r, json.Unmarshal(raw, &r)
}

func (s *Shipped) lettersWithout(n Node) (fs.FS, error) {
	out := fstest.MapFS{}
	names, err := fs.Glob(s.Letters, "*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		raw, err := fs.ReadFile(s.Letters, name)
		if err != nil {
			return nil, err
		}
		if path.Base(name) == n.File+".json" {
			if len(n.Path) == 0 {
				continue
			}
			var doc any
			if err := json.Unmarshal(raw, &doc); err != nil {
				return nil, err
			}
			doc, _ = Remove(doc, n.Path)
			if raw, err = json.Marshal(doc); err != nil {
				return nil, err
			}
		}
		out[name] = &fstest.MapFile{Data: raw}
	}
	return out, nil
}
