package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiesu/backend/mailbox/memserver"
	"jiesu/backend/sample"
)

var update = flag.Bool("update", false, "write the golden files anew")

// step is one command line of the session that the golden files come from.
type step struct {
	args  string // words; $NAME stands for a value kept from an earlier answer
	input string // of -f -
	at    string // office, "" is the first
	keep  string // NAME=path.of.value in the answer
	code  int    // exit code
	only  string // KEY=VALUE of the rows kept of a list over all rulebooks, so that another rulebook changes no golden file
}

const registration = `{"regime":"S7","matter":"complaint","channel":"written","received_at":"2026-09-17 09:00","complainant":{"name":"张样本","phone":"13800000000","address":"样本区样本路1号"},
"respondent":{"name":"样本镇规划所","address":"样本区样本路9号"},"request":"请求依法答复占道审批申请","facts":"2026年7月1日提交占道审批申请，至今未答复。"}`

const decision = `{"dispute_kind":"administrative","respondent_statement":"未提供","facts_found":"申请已收件，逾期未答复。","evidence":[{"no":"1","name":"收件凭证","source":"投诉人","proves":"已收件"}],
"reasons":"逾期未作决定，请求成立。","basis":"《中华人民共和国行政许可法》第四十二条第一款","authority_basis":"《投诉管理办法》第七条、第八条","items":[{"text":"责令五个工作日内作出书面决定","who":"被投诉人"}],"performance":"书面报送"}`

// goldenSession goes through every command. Two commands of the same name are
// told apart by their order. Every step is a minute later than the one before,
// so a new one belongs at the end.
var goldenSession = []step{
	{args: "init --office-code YJ01 --office-name 样本街道办事处 --officer 样本经办 --issuer 样本区人民政府样本街道办事处 --capacity agency --code-word 样街 --review-body 样本区人民政府 --court 样本区人民法院 --regime cn.gov.general"},
	{args: "officer add 样本同事 --roles handler,approver --phone 010-00000003 --new-password-file $DIR/password"},
	{args: "officer set 样本同事 --in-charge 工程部,保洁部 --phone 010-00000004"},
	{args: "officer list"},
	{args: "authority list", only: "regime=cn.catering"},
	{args: "authority set S16 front-desk 500", code: 1},
	{args: "officer retire 样本同事"},
	{args: "profile set phone=010-00000001 address=样本区样本大道1号 hours=工作日9:00—17:00 department=投诉受理科 confirmed_by=样本法制员 confirmed_on=2026-09-01"},
	{args: "profile show"},
	{args: "clock set cn.gov.general handling 30workday", only: "regime=cn.gov.general"},
	{args: "clock set cn.gov.general review-answer 99workday", code: 1},
	{args: "clock list", only: "regime=cn.gov.general"},
	{args: "regime list", only: "id=cn.gov.general"},
	{args: "regime show S16"},
	{args: "regime diff cn.gov.general cn.gov.general"},
	{args: "regime check $DIR/bad.yaml", code: 1},
	{args: "regime add $DIR/office.yaml"},
	{args: "workday 2026-09-30 3"},
	{args: "limit 2026-09-21 15day --roll rest_day"},
	{args: "limit 2026-09-21T10:00:00+08:00 30minute"},
	{args: "calendar load $DIR/2026.json"},
	{args: "case register -f -", input: registration, keep: "A=number"},
	{args: "case register -f -", input: strings.Replace(registration, "张样本", "李样例", 1), keep: "B=number"},
	{args: "case register -f -", input: `{"regime":"S7","complainantt":{}}`, code: 2},
	{args: "case list --query 张样本"},
	{args: "case actions $A --all"},
	{args: "case actions --regime cn.property.zz98"},
	{args: "case act $A accept -f -", input: `{"cond_lawful":true,"cond_specific":true,"accept_at":"2026-09-18","accept_department":"投诉受理科"}`},
	{args: "case act $A close", code: 1},
	{args: "letter kinds $A"},
	{args: "letter print $A acceptance -o $DIR/draft.pdf --draft"},
	{args: "letter print $A acceptance -o $DIR/acceptance.pdf", keep: "L=number"},
	{args: "letter export $A $L -o $DIR/again.pdf"},
	{args: "letter void $A $L --reason 收件人姓名有误"},
	{args: "letter void $A no-such-letter --reason 没有", code: 1},
	{args: "letter batch --kind acceptance --query 样本 -o $DIR/all.pdf"},
	{args: "case act $A assign -f -", input: `{"assignee":"样本经办"}`},
	{args: "case act $A decide -f -", input: decision, keep: "D=act"},
	{args: "case undo $A $D"},
	{args: "case note $A 已电话核实"},
	{args: "case edit $A -f - --reason 笔误", input: `{"request":"请求依法答复占道审批申请并说明理由"}`},
	{args: "case attach $A $DIR/证据.txt"},
	{args: "case link $A $B"},
	{args: "case split $A -f -", input: registration, keep: "C=number"},
	{args: "case merge $C $A"},
	{args: "case explain $A handling"},
	{args: "calendar off 2026-10-20 样本民族节日（自治区人民政府规定）"},
	{args: "calendar work 2026-10-24 值班"},
	{args: "calendar unset 2026-10-24"},
	{args: "calendar unset 2026-10-25", code: 1},
	{args: "calendar log"},
	{args: "calendar show 2026"},
	{args: "case show $A"},
	{args: "mail read $DIR/mail.eml"},
	{args: "mail import --server $SERVER --user office --mail-password-file $DIR/password --ca-file $DIR/ca.pem"},
	{args: "mail import $DIR/new.eml", keep: "M=0.id"},
	{args: "mail list --state new --limit 3"},
	{args: "mail show $M"},
	{args: "mail register $M -f -", input: `{"respondent":{"name":"样本镇规划所"}}`, keep: "E=number"},
	{args: "mail list --query 自动回复", keep: "N=0.id"},
	{args: "mail dismiss $N --reason 自动回复"},
	{args: "mail list --query 回复：投诉", keep: "O=0.id"},
	{args: "mail join $O $E"},
	{args: "share create $DIR/share"},
	{args: "share invite -o $DIR/invitation"},
	{args: "init --office-code YJ02 --office-name 样本便民服务站 --officer 样本站长 --regime S7", at: "2"},
	{args: "share join $DIR/share --invitation-file $DIR/invitation", at: "2"},
	{args: "share admit"},
	{args: "share sync"},
	{args: "share sync", at: "2"},
	{args: "share status"},
	{args: "case act $B accept -f -", input: `{"cond_lawful":true,"cond_specific":true,"accept_at":"2026-09-18","accept_department":"投诉受理科"}`, keep: "K=act"},
	{args: "case act $B withdraw -f -", input: `{"withdraw_reason":"投诉人要求"}`, at: "2"},
	{args: "share sync"},
	{args: "share sync", at: "2"},
	{args: "share sync"},
	{args: "contradiction list", keep: "X=0.id"},
	{args: "contradiction resolve $X --keep $K --reason 两个网点商定"},
	{args: "letter batch --kind acceptance --query 样本 -o $DIR/letters"},
	{args: "verify"},
	{args: "rebuild"},
	{args: "backup $DIR/backup"},
	{args: "restore $DIR/backup", at: "3"},
	{args: "batch", input: "{\"cmd\":[\"case\",\"note\",\"$A\",\"成批备注\"]}\n{\"cmd\":[\"case\",\"show\",\"no-such\"]}\n{\"cmd\":[\"demo\",\"x\"]}\n", code: 1},
	{args: "demo $DIR/demo"},
	{args: "case parts -f -", input: `{"parts":[` + strings.Replace(registration, "{", `{"protected":true,`, 1) + `,` + registration + `]}`, keep: "P=0.number"},
	{args: "case confide $P 样本经办"},
	{args: "case looks $P"},
	{args: "case record $A contact_attempts -f -", input: `{"number":"13800000000","way":"phone","result":"told","script":"告知受理"}`},
	{args: "case record $A members -f -", input: `{"name":"王样本","role":"member"}`},
	{args: "case record $A members -f -", input: `{"role":"member"}`, code: 1},
	{args: "case records $A members", keep: "R=0.id"},
	{args: "case amend $A members $R -f -", input: `{"left_at":"2026-09-18"}`},
	{args: "person merge $A $E --reason 电话和证件号码相同"},
	{args: "person list"},
	{args: "person show $A"},
	{args: "person apart $A $B --reason 同名的另一人"},
	{args: "person unmerge $A --reason 核实为另一人"},
	{args: "person unmerge $A --reason 再次", code: 1},
	{args: "regime diff cn.gov.general cn.sample.office"},
	{args: "authority set S10 duty-manager 300", only: "regime=cn.catering"},
	{args: "report measures S9"},
	{args: "report measures S7 --from 2026-09-01 --to 2026-09-30"},
}

func TestEveryCommandAnswersAsItsGoldenFile(t *testing.T) {
	r := newRunner(t)
	seen := map[string]int{}
	for i, s := range goldenSession {
		name := commandName(s.args)
		seen[name]++
		r.minute = i
		got := r.step(s)
		if s.only != "" {
			got = rowsOnly(t, got, s.only)
		}
		r.compare(strings.ReplaceAll(name, " ", "-")+fmt.Sprintf("-%d", seen[name]), got)
		if t.Failed() && !*update {
			t.Fatalf("stopped at %s", s.args)
		}
	}
	for _, k := range commands() {
		if seen[k.name] == 0 {
			t.Errorf("%q has no golden file", k.name)
		}
	}
}

func commandName(args string) string {
	k, _, _ := find(strings.Fields(args))
	return k.name
}

// runner runs command lines in this process, on a clock that stands still.
type runner struct {
	t      *testing.T
	dir    string
	minute int
	values map[string]string // kept from answers
	ids    map[string]string // random id → its name in the golden files
}

func newRunner(t *testing.T) *runner {
	r := &runner{t: t, dir: t.TempDir(), values: map[string]string{}, ids: map[string]string{}}
	mails, err := sample.Mails(testNow)
	if err != nil {
		t.Fatal(err)
	}
	srv, err := memserver.Start("office", testPassword, mails...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	calendar2026, err := os.ReadFile("../../assets/calendars/2026.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"password": []byte(testPassword + "\n"), "ca.pem": srv.CA, "2026.json": calendar2026, "mail.eml": mails[1],
		"new.eml": bytes.Replace(mails[0], []byte("sample-01@"), []byte("sample-new@"), 1), "证据.txt": []byte("样本证据"), "bad.yaml": []byte("format: 0\nid: [\n"),
		"office.yaml": []byte("format: 0\nid: cn.sample.office\nversion: \"1\"\nextends: cn.gov.general@2026.1\ntitle: 样本街道办事处投诉办理规定\neffective_from: \"2026-01-01\"\n")} {
		if err := os.WriteFile(filepath.Join(r.dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(r.dir, "share"), 0o700); err != nil {
		t.Fatal(err)
	}
	r.values["DIR"], r.values["SERVER"] = r.dir, srv.Addr
	return r
}

func (r *runner) filled(s string) string {
	return regexp.MustCompile(`\$[A-Z]+`).ReplaceAllStringFunc(s, func(name string) string {
		v, ok := r.values[name[1:]]
		if !ok {
			r.t.Fatalf("%s is not known in %s", name, s)
		}
		return v
	})
}

func (r *runner) step(s step) []byte {
	r.t.Helper()
	r.t.Setenv("JIESU_DATA", filepath.Join(r.dir, "data"+s.at))
	args := append(strings.Fields(r.filled(s.args)), "--json")
	if s.at == "" { // two officers have a password there
		args = append(args, "--as", "样本经办")
	}
	out, errs, code := run(r.t, testNow.Add(timesMinute(r.minute)), r.filled(s.input), args...)
	if code != s.code {
		r.t.Errorf("%s: exit code %d, want %d\n%s%s", s.args, code, s.code, out, errs)
	}
	if name, path, ok := strings.Cut(s.keep, "="); ok {
		r.values[name] = valueAt(r.t, out, path)
	}
	return out
}

// valueAt finds a value in a JSON document.
func valueAt(t *testing.T, doc []byte, path string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(doc, &v); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	for part := range strings.SplitSeq(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[part]
		case []any:
			if len(x) == 0 {
				t.Fatalf("an empty list in %s", doc)
			}
			v = x[0]
		}
	}
	text, ok := v.(string)
	if !ok {
		t.Fatalf("no %s in %s", path, doc)
	}
	return text
}

// rowsOnly is a list with the rows that have a value.
func rowsOnly(t *testing.T, doc []byte, only string) []byte {
	t.Helper()
	var rows []json.RawMessage
	if err := json.Unmarshal(doc, &rows); err != nil {
		t.Fatalf("%v in %s", err, doc)
	}
	key, value, _ := strings.Cut(only, "=")
	kept := slices.DeleteFunc(rows, func(row json.RawMessage) bool { return valueAt(t, row, key) != value })
	if len(kept) == 0 {
		t.Fatalf("no row with %s", only)
	}
	out, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	randomID   = regexp.MustCompile(`\b(k?[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{64})\b`)
	numberCode = regexp.MustCompile(`(YJ0[12]-|YW01-|〔2026〕|\b2026-)[0-9A-Z]{2}(-2026|-\d+号|-\d{4}\b)`)
	lostCode   = regexp.MustCompile(`("recovery_code": )"[^"]*"`)
	ruleText   = regexp.MustCompile(`(?m)^(  "source": )".*\\n.*"`) // the file of a rulebook, many lines
	tookTime   = regexp.MustCompile(`("(ms|size|have|entries)": )\d+`)
)

// normal is an answer without what differs from run to run.
func (r *runner) normal(raw []byte) []byte {
	var all bytes.Buffer
	d := json.NewDecoder(bytes.NewReader(raw))
	for d.More() {
		var doc json.RawMessage
		if err := d.Decode(&doc); err != nil {
			r.t.Fatalf("not JSON: %v: %s", err, raw)
		}
		if err := json.Indent(&all, doc, "", "  "); err != nil {
			r.t.Fatal(err)
		}
		all.WriteByte('\n')
	}
	s := strings.ReplaceAll(all.String(), r.dir, "DIR")
	s = randomID.ReplaceAllStringFunc(s, func(id string) string {
		if r.ids[id] == "" {
			r.ids[id] = fmt.Sprintf("id-%d", len(r.ids)+1)
		}
		return r.ids[id]
	})
	s = numberCode.ReplaceAllString(s, "${1}**$2")
	s = lostCode.ReplaceAllString(s, `$1"…"`)
	s = ruleText.ReplaceAllString(s, `$1"…"`)
	return []byte(tookTime.ReplaceAllString(s, "${1}0"))
}

func (r *runner) compare(name string, raw []byte) {
	r.t.Helper()
	path := filepath.Join("testdata", "golden", name+".json")
	got := r.normal(raw)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			r.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		r.t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		r.t.Errorf("%s differs from its golden file:\n%s", name, firstDifference(got, want))
	}
}

func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, g[i], slices.Concat(w, []string{"(the end)"})[min(i, len(w))])
		}
	}
	return "the golden file goes on"
}
