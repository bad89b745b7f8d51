package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
)

const (
	maxPreferences = 64 << 10
	maxIdle        = 240
)

// Preferences are how this machine shows the desk. Nothing here is about a
// case or a person.
type Preferences struct {
	Width       int               `json:"width"`
	Height      int               `json:"height"`
	Maximised   bool              `json:"maximised"`
	Theme       string            `json:"theme"`        // light, dark, system
	Density     string            `json:"density"`      // compact, normal, loose
	FontSize    int               `json:"font_size"`    // 13 to 18
	SingleKeys  bool              `json:"single_keys"`  // single letters as shortcuts
	IdleMinutes int               `json:"idle_minutes"` // 0: never locks by itself
	NavNarrow   bool              `json:"nav_narrow"`
	Widths      map[string]int    `json:"widths"` // split views and columns
	Choices     map[string]string `json:"choices"`
}

func defaultPreferences() Preferences {
	return Preferences{
		Width: 1280, Height: 800, Theme: "system", Density: "normal", FontSize: 14,
		SingleKeys: true, IdleMinutes: 15,
		Widths: map[string]int{}, Choices: map[string]string{},
	}
}

// checked puts what a hand-edited or old file may hold back into bounds.
func (p Preferences) checked() Preferences {
	d := defaultPreferences()
	p.Theme = oneOf(p.Theme, d.Theme, "light", "dark", "system")
	p.Density = oneOf(p.Density, d.Density, "compact", "normal", "loose")
	if p.FontSize < 13 || p.FontSize > 18 {
		p.FontSize = d.FontSize
	}
	p.IdleMinutes = min(max(p.IdleMinutes, 0), maxIdle)
	p.Width, p.Height = min(p.Width, 10_000), min(p.Height, 10_000)
	if p.Widths == nil {
		p.Widths = d.Widths
	}
	if p.Choices == nil {
		p.Choices = d.Choices
	}
	return p
}

func oneOf(value, fallback string, allowed ...string) string {
	for _, a := range allowed {
		if value == a {
			return value
		}
	}
	return fallback
}

type preferences struct {
	mu   sync.Mutex
	file string
	now  Preferences
}

func loadPreferences(dir string) *preferences {
	p := &preferences{file: filepath.Join(dir, "preferences.json"), now: defaultPreferences()}
	info, err := os.Stat(p.file)
	if err != nil || info.Size() > maxPreferences {
		return p
	}
	text, err := os.ReadFile(p.file)
	if err != nil {
		return p
	}
	read := defaultPreferences()
	if json.Unmarshal(text, &read) == nil {
		p.now = read.checked()
	}
	return p
}

func (p *preferences) get() Preferences {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// change writes the whole file beside the old one and renames it over.
func (p *preferences) change(edit func(*Preferences)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	next := p.now
	edit(&next)
	next = next.checked()
	text, err := json.MarshalIndent(next, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.file), 0o700); err != nil {
		return err
	}
	temporary := p.file + ".new"
	if err := os.WriteFile(temporary, text, 0o600); err != nil {
		return err
	}
	if err := os.Rename(temporary, p.file); err != nil {
		return err
	}
	p.now = next
	return nil
}
