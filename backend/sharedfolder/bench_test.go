package sharedfolder_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"jiesu/backend/sharedfolder"
)

// chineseText is about 1.75 KB of text that repeats nothing.
func chineseText(rng *rand.Rand) string {
	text := make([]rune, 583)
	for i := range text {
		text[i] = rune(0x4e00 + rng.IntN(0x5000))
	}
	return string(text)
}

// BenchmarkExchange times what an officer waits for, on a real folder: 2,000
// records up, down at another office, 10 changed, and a round with nothing to do.
func BenchmarkExchange(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		dir := b.TempDir()
		open := func() (sharedfolder.FS, error) { return sharedfolder.OpenDir(dir) }
		if err := sharedfolder.Create(context.Background(), open, space); err != nil {
			b.Fatal(err)
		}
		now := start
		clock := func() time.Time { return now }
		limit := func(o *sharedfolder.Options) { o.TimeLimit = 20 * time.Second }
		up, down := newOffice(b, "甲", open, clock, limit), newOffice(b, "乙", open, clock, limit)
		for range 2000 {
			up.write(chineseText(rng))
		}
		report := func(name string, o *office, want int) {
			began := time.Now()
			r := o.sync()
			b.ReportMetric(float64(time.Since(began).Microseconds())/1000, "ms/"+name)
			if r.Published+r.Received != want {
				b.Fatalf("%s moved %d, want %d", name, r.Published+r.Received, want)
			}
		}
		report("2000-up", up, 2000)
		report("2000-down", down, 2000)
		now = now.Add(20 * time.Second)
		up.sync()
		down.sync()
		for range 10 {
			up.write(chineseText(rng))
		}
		report("10-up", up, 10)
		report("10-down", down, 10)
		now = now.Add(20 * time.Second)
		up.sync()
		down.sync()
		up.sync()
		report("no-op", down, 0)
	}
}
