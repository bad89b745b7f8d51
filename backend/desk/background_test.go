package desk_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"jiesu/backend/desk"
)

// A desk that exchanges by itself sends what is registered within seconds,
// and another one that only syncs when told finds it.
func TestWhatIsRegisteredGoesOutByItself(t *testing.T) {
	ctx := context.Background()
	o := options(t, t.TempDir(), &clock{at("2026-09-18 10:00")})
	o.Background = true
	var mu sync.Mutex // the exchange asks beside the test
	now := o.Now
	o.Now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now()
	}
	d, err := desk.New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Create(ctx, desk.InitInput{OfficeCode: "YJ01", OfficeName: "样本街道办事处", Officer: "样本经办", Password: password, Regime: "cn.gov.general"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ShareCreate(ctx, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if err := d.Unlock(ctx, "样本经办", []byte(password)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Register(ctx, sampleCase()); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		s, err := d.ShareStatus(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if s.State == "online" && s.Unsent == 0 && s.Offices[0].Have >= 2 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s, _ := d.ShareStatus(ctx)
	t.Fatalf("not sent within ten seconds: %+v", s)
}
