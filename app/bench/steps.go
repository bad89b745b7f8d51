package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/sample"
)

const batch = 250

// load fills the folder in batches of one save each.
func (b *bench) load(ctx context.Context, cases int) error {
	start, peak := time.Now(), uint64(0)
	var ins []desk.RegisterInput
	for in := range sample.Cases(cases, 1, start) {
		if ins = append(ins, in); len(ins) < batch && len(b.numbers)+len(ins) < cases {
			continue
		}
		regs, err := b.d.RegisterMany(ctx, ins)
		if err != nil {
			return err
		}
		for _, r := range regs {
			b.numbers = append(b.numbers, r.ID)
		}
		ins = ins[:0]
		if len(b.numbers)%2_500 == 0 {
			peak = max(peak, privateMemory())
		}
	}
	took := time.Since(start)
	b.add("bulk load", fmt.Sprintf("%.0f cases a second", float64(cases)/took.Seconds()), "", true)
	b.add("private memory during bulk load", megabytes(peak), "≤ 400 MB", peak <= 400<<20)
	return nil
}

// act brings every case further.
func (b *bench) act(ctx context.Context, acts int) error {
	steps := []func(id string) desk.ActInput{
		func(id string) desk.ActInput {
			return desk.ActInput{Case: id, Action: "accept", Fields: map[string]any{"cond_lawful": true, "cond_specific": true,
				"accept_at": time.Now().Format(time.DateOnly), "accept_department": "样本街道办事处"}}
		},
		func(id string) desk.ActInput {
			return desk.ActInput{Case: id, Action: "assign", Fields: map[string]any{"assignee": officer}}
		},
	}
	for _, step := range steps[:min(max(acts-1, 0), len(steps))] {
		for ids := range slices.Chunk(b.numbers, batch) {
			ins := make([]desk.ActInput, len(ids))
			for i, id := range ids {
				ins[i] = step(id)
			}
			if err := b.d.ActMany(ctx, ins); err != nil {
				return err
			}
		}
	}
	return nil
}

// register measures single registrations, each durable before it returns.
func (b *bench) register(ctx context.Context) error {
	const n = 2000
	times := make([]time.Duration, n)
	start := time.Now()
	i := 0
	for in := range sample.Cases(n, 2, start) {
		one := time.Now()
		if _, err := b.d.Register(ctx, in); err != nil {
			return err
		}
		times[i] = time.Since(one)
		i++
	}
	p99 := percentile(times, 99)
	b.add("durable registrations", fmt.Sprintf("%.0f a second", n/time.Since(start).Seconds()), "", true)
	b.add("a registration durable and shown, p99", milliseconds(p99), "≤ 50 ms", p99 <= 50*time.Millisecond)
	return nil
}

// reopen measures from the password to a usable work list.
func (b *bench) reopen(ctx context.Context) error {
	if err := b.d.Close(); err != nil {
		return err
	}
	if err := b.open(); err != nil {
		return err
	}
	start := time.Now()
	if err := b.d.Unlock(ctx, officer, []byte(password)); err != nil {
		return err
	}
	unlocked := time.Since(start)
	if _, err := b.d.WorkList(ctx); err != nil {
		return err
	}
	took := time.Since(start)
	check := passwordCost(b.dir)
	b.add("password accepted to a usable work list", fmt.Sprintf("%s (and %s for the password itself)", milliseconds(took-check), milliseconds(check)),
		"≤ 1 s", took-check <= time.Second)
	_ = unlocked
	runtime.GC()
	debug.FreeOSMemory()
	private := privateMemory()
	b.add("private memory after opening", megabytes(private), "≤ 200 MB", private <= 200<<20)
	return nil
}

// windows measures 200 rows of lists with all kinds of filters and orders.
func (b *bench) windows(ctx context.Context) error {
	queries := []desk.CaseQuery{{}, {Light: "red"}, {Light: "green"}, {Open: "open"}, {Stage: "registered"}, {Sort: "-received"}, {Channel: "online"},
		{Received: "2026-09-01..2026-09-10"}, {Assignee: officer, Sort: "received"}}
	var times []time.Duration
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		q := queries[i%len(queries)]
		start := time.Now()
		if _, err := b.d.List(ctx, q, rnd.IntN(len(b.numbers)/2+1), 200); err != nil {
			return err
		}
		times = append(times, time.Since(start))
	}
	p95 := percentile(times, 95)
	b.add("a window of 200 rows of any list, p95", milliseconds(p95), "≤ 20 ms", p95 <= 20*time.Millisecond)
	return nil
}

// search measures two-character words, rare and frequent.
func (b *bench) search(ctx context.Context) error {
	var times []time.Duration
	rnd := rand.New(rand.NewPCG(3, 4))
	hits := 0
	for in := range sample.Cases(200, 3, time.Now()) {
		text := []rune(in.Complainant.Name + in.Facts)
		at := rnd.IntN(len(text) - 1)
		word := strings.Trim(string(text[at:at+2]), "，。、“”")
		start := time.Now()
		page, err := b.d.List(ctx, desk.CaseQuery{Query: word}, 0, 200)
		if err != nil {
			return err
		}
		times = append(times, time.Since(start))
		hits += page.Total
	}
	p95 := percentile(times, 95)
	b.add("search of a two-character word with 200 rows, p95", fmt.Sprintf("%s (%d hits on average)", milliseconds(p95), hits/200), "≤ 20 ms", p95 <= 20*time.Millisecond)
	return nil
}

// rebuild makes the database anew from the journal.
func (b *bench) rebuild(ctx context.Context) error {
	if b.profile != "" {
		f, err := os.Create(b.profile)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	start := time.Now()
	if err := b.d.RebuildOnly(ctx); err != nil {
		return err
	}
	took := time.Since(start)
	v, err := b.d.Verify(ctx)
	if err != nil || !v.OK {
		return fmt.Errorf("after the rebuild: %v %v", v.Problems, err)
	}
	rate := float64(v.Entries) / took.Seconds()
	b.add("rebuild of the database from the journal", fmt.Sprintf("%.0f acts a second", rate), "≥ 20,000", rate >= 20_000)
	return nil
}

func percentile(times []time.Duration, p int) time.Duration {
	slices.Sort(times)
	return times[min(len(times)*p/100, len(times)-1)]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func megabytes(n uint64) string { return fmt.Sprintf("%d MB", n>>20) }

// privateMemory is what only this process holds and what is no part of a file
// (Linux); 0 elsewhere.
func privateMemory() (n uint64) {
	f, err := os.Open("/proc/self/smaps_rollup")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		name, value, _ := strings.Cut(s.Text(), ":")
		if name != "Anonymous" {
			continue
		}
		kb, err := strconv.ParseUint(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		if err == nil {
			n += kb << 10
		}
	}
	return n
}
