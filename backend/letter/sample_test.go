package letter

import (
	"encoding/json"
	"os"
	"testing"

	"jiesu/assets"
)

// shipped loads the templates the program ships.
func shipped(t testing.TB) map[string]*Template {
	t.Helper()
	all, err := LoadDir(assets.Letters, "letters")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Template{}
	for _, x := range all {
		out[x.ID] = x
	}
	return out
}

// sampleValues are made-up values, complete for every letter of the system.
func sampleValues(t testing.TB, system string) Values {
	t.Helper()
	data, err := os.ReadFile("testdata/" + system + "-values.json")
	if err != nil {
		t.Fatal(err)
	}
	var v Values
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// set changes one value by dotted path; nil removes it.
func (v Values) set(path string, value any) {
	m := map[string]any(v)
	for {
		for i := range path {
			if path[i] == '.' {
				m, path = m[path[:i]].(map[string]any), path[i+1:]
				break
			}
			if i == len(path)-1 {
				m[path] = value
				return
			}
		}
	}
}
