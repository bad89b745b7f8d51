package regime_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"jiesu/backend/regime"
)

func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../assets/regimes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheExampleThatTeachesPasses(t *testing.T) {
	_, after, ok := strings.Cut(readme(t), "```yaml\n")
	example, _, closed := strings.Cut(after, "```")
	if !ok || !closed {
		t.Fatal("the guide has no example")
	}
	r, problems, err := shipped(t).Check([]byte(example))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", err, problems)
	}
	if len(r.Clocks) == 0 || len(r.Lists) == 0 || len(r.Actions) < 3 {
		t.Error("the example shows too little")
	}
}

// keys collects every key a file can have.
func keys(t reflect.Type, seen map[reflect.Type]bool, out map[string]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); name != "" && name != "-" {
			out[name] = true
			keys(f.Type, seen, out)
		}
	}
}

func TestTheGuideExplainsEveryKey(t *testing.T) {
	all := map[string]bool{}
	keys(reflect.TypeFor[regime.Regime](), map[reflect.Type]bool{}, all)
	if len(all) < 80 {
		t.Fatalf("only %d keys found", len(all))
	}
	_, explained, _ := strings.Cut(readme(t), "## 逐项说明")
	for key := range all {
		if !strings.Contains(explained, "`"+key+"`") && !strings.Contains(explained, "`"+key+":") {
			t.Errorf("the guide does not explain `%s`", key)
		}
	}
}
