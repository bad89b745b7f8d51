package sharedfolder_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
)

func fixedInvitation() sharedfolder.Invitation {
	return sharedfolder.Invitation{ID: strings.Repeat("1d", 16), Space: space.ID, Root: space.Root,
		Secret: []byte("sixteen bytes ok"), Expires: start.Add(72 * time.Hour), Uses: 1,
		Heads: map[string]sharedfolder.Head{strings.Repeat("aa", 16): {Seq: 7, ID: "id"}}}
}

func TestInvitationIsCarriedAsText(t *testing.T) {
	v := fixedInvitation()
	text, err := v.Encode()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/invitation.txt", text)
	spoilt := bytes.Replace(text, []byte("eyJ"), []byte("eyK"), 1)
	for name, tt := range map[string]struct {
		text []byte
		ok   bool
	}{
		"as it was":          {text, true},
		"with other ends":    {bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), true},
		"with a BOM":         {append([]byte("\xef\xbb\xbf"), text...), true},
		"quoted in a mail":   {append([]byte("转发：\n"), text...), true},
		"cut off":            {text[:len(text)-60], false},
		"a line lost":        {slices.Concat(text[:len(text)-150], text[len(text)-84:]), false},
		"one letter changed": {spoilt, false},
		"nothing":            {nil, false},
		"far too long":       {make([]byte, 1<<20), false},
	} {
		t.Run(name, func(t *testing.T) {
			back, err := sharedfolder.ParseInvitation(tt.text)
			if (err == nil) != tt.ok {
				t.Fatalf("got %v", err)
			}
			if tt.ok && (back.ID != v.ID || !bytes.Equal(back.Secret, v.Secret) || back.Heads[strings.Repeat("aa", 16)].Seq != 7 || !back.Matches(space)) {
				t.Fatalf("%+v", back)
			}
		})
	}
	one := strings.Repeat("aa", 16)
	if got := v.Behind(map[string]sharedfolder.Head{one: {Seq: 6}}); len(got) != 1 || len(v.Behind(map[string]sharedfolder.Head{one: {Seq: 7}})) != 0 {
		t.Fatalf("behind: %v", got)
	}
	a, b := sharedfolder.NewInvitation(space, nil, 1, start), sharedfolder.NewInvitation(space, nil, 1, start)
	if a.ID == b.ID || bytes.Equal(a.Secret, b.Secret) || len(a.Secret) != 16 {
		t.Fatal("two invitations are alike")
	}
}

func nobody(string) bool { return false }

func issuedOnly(v sharedfolder.Invitation, used int) func(string) (sharedfolder.Issued, bool) {
	return func(id string) (sharedfolder.Issued, bool) {
		return sharedfolder.Issued{Invitation: v, Used: used}, id == v.ID
	}
}

func TestJoining(t *testing.T) {
	ctx := context.Background()
	w := newTown(t, 1, "管理员", "另一管理员", "新人")
	admin, second, newcomer := w.offices[0], w.offices[1], w.offices[2]
	newcomer.keys.current = ""
	v := fixedInvitation()
	if err := newcomer.WriteJoinRequest(ctx, v, newcomer.key, []byte("张三 样本网点")); err != nil {
		t.Fatal(err)
	}
	if err := newcomer.WriteJoinRequest(ctx, v, newcomer.key, []byte("张三 样本网点")); err != nil {
		t.Fatal(err)
	}
	joins := 0
	for _, file := range w.store.Files() {
		if strings.HasSuffix(file, ".join") {
			joins++
		}
		if bytes.Contains(w.store.Get(file), []byte("张三")) {
			t.Fatal("the folder's owner can read who asks")
		}
	}
	if joins != 1 {
		t.Fatalf("%d requests are left, want the last", joins)
	}
	requests, err := admin.JoinRequests(ctx, issuedOnly(v, 0), nobody)
	if err != nil || len(requests) != 1 || !requests[0].Valid || requests[0].Replica != newcomer.id() || string(requests[0].Payload) != "张三 样本网点" {
		t.Fatalf("%v %+v", err, requests)
	}
	if got, err := newcomer.Admissions(ctx, v); err != nil || len(got) != 0 {
		t.Fatalf("%v %v", got, err)
	}
	for _, o := range []*office{admin, second} {
		if err := o.WriteAdmission(ctx, v, newcomer.id(), []byte("ring from "+o.name)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := newcomer.Admissions(ctx, v)
	if err != nil || len(got) != 2 || !strings.HasPrefix(string(got[0].Wrapped), "ring from ") {
		t.Fatalf("%v %+v", err, got)
	}
	if got, _ := second.Admissions(ctx, v); len(got) != 0 {
		t.Fatal("an admission is for one alone")
	}
	if requests, _ := admin.JoinRequests(ctx, issuedOnly(v, 0), func(r string) bool { return r == newcomer.id() }); len(requests) != 0 {
		t.Fatal("a member asks no more")
	}
}

func TestAdmissionMadeWithoutTheSecretIsNotBelieved(t *testing.T) {
	ctx := context.Background()
	w := newTown(t, 1, "主人", "新人")
	owner, newcomer := w.offices[0], w.offices[1]
	guess := fixedInvitation()
	guess.Secret = make([]byte, 16)
	if err := owner.WriteAdmission(ctx, guess, newcomer.id(), []byte("false ring")); err != nil {
		t.Fatal(err)
	}
	if got, err := newcomer.Admissions(ctx, fixedInvitation()); err != nil || len(got) != 0 {
		t.Fatalf("%v %v", err, got)
	}
}

func TestJoinRequestsAreRefusedInWords(t *testing.T) {
	ctx := context.Background()
	v := fixedInvitation()
	other := v
	other.Secret = make([]byte, 16)
	ask := func(w *town, o *office, v sharedfolder.Invitation) {
		if err := o.WriteJoinRequest(ctx, v, o.key, nil); err != nil {
			w.t.Fatal(err)
		}
	}
	tests := []struct {
		name   string
		make   func(w *town)
		issued func(string) (sharedfolder.Issued, bool)
		why    string
	}{
		{"the secret is another", func(w *town) { ask(w, w.offices[1], other) }, issuedOnly(v, 0), "校验不对"},
		{"nobody issued it", func(w *town) { ask(w, w.offices[1], v) }, func(string) (sharedfolder.Issued, bool) { return sharedfolder.Issued{}, false }, "没有发出过"},
		{"it has expired since", func(w *town) { ask(w, w.offices[1], v); w.pass(100 * time.Hour) }, issuedOnly(v, 0), "已过期"},
		{"it is used up", func(w *town) { ask(w, w.offices[1], v) }, issuedOnly(v, 1), "已用完"},
		{"two use it at once", func(w *town) { ask(w, w.offices[1], v); ask(w, w.offices[2], v) }, issuedOnly(v, 0), "多台电脑"},
		{"it lies in another's folder", func(w *town) {
			ask(w, w.offices[1], v)
			for _, file := range w.store.Files() {
				if strings.HasSuffix(file, ".join") {
					w.store.Put(strings.Replace(file, w.offices[1].id(), w.offices[2].id(), 1), w.store.Get(file))
					w.store.Delete(file)
				}
			}
		}, issuedOnly(v, 0), "抄来的"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newTown(t, 1, "管理员", "新人", "别人")
			tt.make(w)
			requests, err := w.offices[0].JoinRequests(ctx, tt.issued, nobody)
			if err != nil || len(requests) == 0 {
				t.Fatalf("%v %v", err, requests)
			}
			for _, q := range requests {
				if q.Valid || !strings.Contains(q.Why, tt.why) {
					t.Fatalf("valid %v, why %q", q.Valid, q.Why)
				}
			}
		})
	}
	w := newTown(t, 1, "新人")
	w.pass(100 * time.Hour)
	if err := w.offices[0].WriteJoinRequest(ctx, v, w.offices[0].key, nil); err == nil {
		t.Fatal("an expired invitation was used")
	}
	v.Space = strings.Repeat("99", 16)
	if err := w.offices[0].WriteJoinRequest(ctx, v, w.offices[0].key, nil); err == nil {
		t.Fatal("an invitation to another space was used")
	}
}

func TestHalfCopiedJoinRequestIsAskedAgain(t *testing.T) {
	ctx := context.Background()
	w := newTown(t, 1, "管理员", "新人")
	v := fixedInvitation()
	if err := w.offices[1].WriteJoinRequest(ctx, v, w.offices[1].key, nil); err != nil {
		t.Fatal(err)
	}
	for _, file := range w.store.Files() {
		if strings.HasSuffix(file, ".join") {
			w.store.Damage(file, sharedfoldertest.Half)
		}
	}
	if requests, err := w.offices[0].JoinRequests(ctx, issuedOnly(v, 0), nobody); err != nil || len(requests) != 0 {
		t.Fatalf("%v %v", err, requests)
	}
}

func TestCreate(t *testing.T) {
	ctx := context.Background()
	missing := func() (sharedfolder.FS, error) { return sharedfolder.OpenDir(t.TempDir() + "/none") }
	if err := sharedfolder.Create(ctx, missing, space); !errors.Is(err, sharedfolder.ErrNoFolder) {
		t.Fatalf("the root was created by accident: %v", err)
	}
	dir := t.TempDir()
	open := func() (sharedfolder.FS, error) { return sharedfolder.OpenDir(dir) }
	if _, err := sharedfolder.ReadSpace(ctx, open); !errors.Is(err, sharedfolder.ErrOffline) {
		t.Fatalf("an empty folder: %v", err)
	}
	for range 2 {
		if err := sharedfolder.Create(ctx, open, space); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(dir + "/jiesu/space.json")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/space.json", data)
	if s, err := sharedfolder.ReadSpace(ctx, open); err != nil || s != space {
		t.Fatalf("%+v %v", s, err)
	}
	other := sharedfolder.NewSpace(space.Root, start)
	if err := sharedfolder.Create(ctx, open, other); !errors.Is(err, sharedfolder.ErrTaken) {
		t.Fatalf("a second space was created: %v", err)
	}
	for name, content := range map[string]string{"half": string(data[:20]), "nothing": "", "a page": "<html>"} {
		if err := os.WriteFile(dir+"/jiesu/space.json", []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := sharedfolder.Create(ctx, open, space); !errors.Is(err, sharedfolder.ErrMarker) {
			t.Fatalf("%s: an unreadable marker was written over: %v", name, err)
		}
	}
	if err := sharedfolder.Create(ctx, open, sharedfolder.Space{ID: "x"}); err == nil {
		t.Fatal("a space without an identity was created")
	}
}
