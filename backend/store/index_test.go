package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// library holds the texts that an index is asked about, and searches them the
// slow way.
type library map[uint32]string

func (l library) text(doc uint32) (string, error) { return l[doc], nil }

func (l library) search(query string) []uint32 {
	var found []uint32
	for doc, text := range l {
		if containsAll(text, strings.Fields(query)) {
			found = append(found, doc)
		}
	}
	slices.Sort(found)
	slices.Reverse(found)
	return found
}

func openIndex(t testing.TB, d *DB, l library) *Index {
	t.Helper()
	x, err := OpenIndex(ctx, d, l.text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func putText(t testing.TB, x *Index, l library, doc uint32, text string) {
	t.Helper()
	if err := x.db.Update(func(tx *Txn) error { return x.Put(tx, doc, text) }); err != nil {
		t.Fatal(err)
	}
	l[doc] = text
}

// compare searches both ways.
func compare(t *testing.T, x *Index, l library, query string) {
	t.Helper()
	verify := func(doc uint32) bool { return containsAll(l[doc], strings.Fields(query)) }
	if Exact(query) {
		verify = nil
	}
	got, more, err := x.Search(ctx, query, 0, verify)
	want := l.search(query)
	if err != nil || more || !slices.Equal(got, want) {
		t.Fatalf("%q (exact %v): got %d %v, want %d, %v", query, Exact(query), len(got), got[:min(len(got), 5)], len(want), err)
	}
	if len(want) > 1 {
		got, more, err = x.Search(ctx, query, len(want)-1, verify)
		if err != nil || !more || !slices.Equal(got, want[:len(want)-1]) {
			t.Fatalf("%q limited: %d more %v %v", query, len(got), more, err)
		}
	}
}

// force makes Maintain write the tail whatever its size.
func force(t *testing.T, x *Index) {
	t.Helper()
	x.work.Lock()
	defer x.work.Unlock()
	if len(x.tail.docs) > 0 {
		if err := x.writeTail(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSearchFindsAnySubstring(t *testing.T) {
	d, l := mustOpen(t, t.TempDir()), library{}
	x := openIndex(t, d, l)
	for doc, text := range map[uint32]string{
		1: "投诉人张三丰，电话13812345678，购买的电饭煲漏电",
		2: "投诉人李四 tel:010-6688 a座305室 abc@example.com",
		3: "张三诉某某商店退款纠纷", 4: "三张发票", 5: "编号cn-2026-000123", 7: "a", 8: "𠮷野家 😀 投诉",
	} {
		putText(t, x, l, doc, text)
	}
	queries := []string{
		"张三", "张", "三丰", "张三丰", "电饭煲漏电", "13812345678", "5678", "78", "8", "a", "a座", "座3", "座305室",
		"@example", "cn-2026", "0123", "退款 张三", "张三 13812345678", "投诉人 305", "没有的词", "没", "zzz", "𠮷野家", "😀", "，电", "漏电x",
	}
	for _, where := range []string{"tail", "segment"} {
		t.Run(where, func(t *testing.T) {
			for _, q := range queries {
				compare(t, x, l, q)
			}
		})
		force(t, x)
	}
	for _, q := range []string{"", "   "} {
		if got, _, err := x.Search(ctx, q, 0, nil); err != nil || len(got) > 0 {
			t.Fatalf("an empty query found %v %v", got, err)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := x.Search(gone, "张三", 0, nil); err == nil {
		t.Fatal("a cancelled search must say so")
	}
}

func TestAChangedTextReplacesTheOld(t *testing.T) {
	d, l := mustOpen(t, t.TempDir()), library{}
	x := openIndex(t, d, l)
	putText(t, x, l, 1, "电饭煲漏电")
	putText(t, x, l, 2, "电饭煲冒烟")
	force(t, x)
	putText(t, x, l, 1, "洗衣机不转")
	if err := d.Update(func(tx *Txn) error { return x.Delete(tx, 2) }); err != nil {
		t.Fatal(err)
	}
	delete(l, 2)
	for range 2 {
		for _, q := range []string{"电饭煲", "漏电", "电饭", "洗衣机", "不转", "冒烟"} {
			compare(t, x, l, q)
		}
		x = openIndex(t, d, l) // as after a restart
		force(t, x)
	}
}

// TestRandomHistories puts, changes and deletes documents, maintains, crashes
// and reopens at random, and compares every search with the slow way.
func TestRandomHistories(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		words := vocabulary(r, 60)
		d, l := mustOpen(t, t.TempDir()), library{}
		x := openIndex(t, d, l)
		for step := range 400 {
			switch n := r.IntN(20); {
			case n < 14:
				putText(t, x, l, uint32(r.IntN(150)), article(r, words, 12))
			case n < 15:
				doc := uint32(r.IntN(150))
				d.Update(func(tx *Txn) error { return x.Delete(tx, doc) })
				delete(l, doc)
			case n < 18:
				force(t, x)
			case n < 19:
				stopped, cancel := context.WithCancel(ctx)
				cancel()
				x.writeTail(stopped) // fails half-way: nothing may be lost
				if err := x.Maintain(ctx); err != nil {
					t.Fatal(err)
				}
			default:
				x = openIndex(t, d, l)
			}
			if step%10 == 0 {
				q := words[r.IntN(len(words))] + words[r.IntN(len(words))]
				runes := []rune(q)
				compare(t, x, l, string(runes[r.IntN(2):1+r.IntN(len(runes)-1)+1]))
			}
		}
		x.Maintain(ctx)
		for _, w := range words {
			compare(t, x, l, w)
		}
		if s := x.Stats(); s.Documents < 50 || s.Segments == 0 || len(x.garbage) > 0 {
			t.Fatalf("seed %d: %+v, garbage %v: the test proves nothing", seed, s, x.garbage)
		}
		left := 0
		d.View(func(tx *Txn) error {
			return tx.Scan([]byte{indexKey, pageKind}, ScanOptions{KeysOnly: true}, func(_, _ []byte) error { left++; return nil })
		})
		if s := x.Stats(); left != s.Pages {
			t.Fatalf("seed %d: %d pages on disk, %d in use", seed, left, s.Pages)
		}
	}
}

func TestADamagedPageIsNoticed(t *testing.T) {
	d, l := mustOpen(t, t.TempDir()), library{}
	x := openIndex(t, d, l)
	putText(t, x, l, 1, "电饭煲漏电")
	force(t, x)
	for name, change := range map[string]func(*Txn, []byte) error{
		"missing": func(tx *Txn, k []byte) error { return tx.remove(k) },
		"nonsense": func(tx *Txn, k []byte) error {
			return tx.set(k, slices.Repeat([]byte{0xFF}, 100))
		},
	} {
		if err := d.Update(func(tx *Txn) error { return change(tx, indexKeyOf(pageKind, x.segments[0].id, 0)) }); err != nil {
			t.Fatal(err)
		}
		if _, _, err := x.Search(ctx, "漏电", 0, nil); err == nil {
			t.Fatalf("%s: nobody noticed", name)
		}
	}
}

func FuzzPage(f *testing.F) {
	w := &pageWriter{emit: func(_ uint32, page []byte) error { f.Add(page); return nil }}
	w.add(pairGram('漏', '电'), []uint32{0, 5, 300})
	w.add(asciiGram("abc", 0), []uint32{7})
	w.flush()
	f.Fuzz(func(t *testing.T, b []byte) {
		r := pageReader{rest: b}
		for r.next() {
			if list, ok := r.appendTo(nil, 1000); ok && len(list) != r.n {
				t.Fatal("wrong length")
			}
		}
	})
}

// vocabulary makes words of two to four hanzi, some with figures.
func vocabulary(r *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		for range 2 + r.IntN(10)/7 + r.IntN(10)/8 {
			// A few characters occur everywhere, most rarely, as in Chinese.
			words[i] += string(rune(0x4E00 + int(r.ExpFloat64()*400)%6000))
		}
		if i%20 == 0 {
			words[i] = fmt.Sprint(r.IntN(100000))
		}
	}
	return words
}

// article draws words by their rank, the first ones most often.
func article(r *rand.Rand, words []string, runes int) string {
	var b strings.Builder
	for n := 0; n < runes; {
		w := words[int(r.ExpFloat64()*float64(len(words))/6)%len(words)]
		b.WriteString(w)
		n += len([]rune(w))
		if r.IntN(8) == 0 {
			b.WriteString("，")
			n++
		}
	}
	return b.String()
}

// BenchmarkSearch measures two-character words on 100,000 documents of 600
// characters (10,000 with -short) and prints the 95th percentile.
func BenchmarkSearch(b *testing.B) {
	documents := 100_000
	if testing.Short() {
		documents = 10_000
	}
	r := rand.New(rand.NewPCG(1, 1))
	words := vocabulary(r, 20000)
	d := mustOpen(b, b.TempDir())
	x, err := OpenIndex(ctx, d, func(uint32) (string, error) { return "", nil })
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	for doc := 0; doc < documents; {
		d.Update(func(tx *Txn) error {
			for range 200 {
				x.Put(tx, uint32(doc), article(r, words, 600))
				doc++
			}
			return nil
		})
		if err := x.Maintain(ctx); err != nil {
			b.Fatal(err)
		}
	}
	load, stats := time.Since(start), x.Stats()
	size, _ := d.Size()
	var took []time.Duration
	hits := 0
	for b.Loop() {
		w := []rune(words[int(r.ExpFloat64()*float64(len(words))/6)%len(words)])
		query := string(w[:min(2, len(w))])
		start := time.Now()
		docs, _, err := x.Search(ctx, query, 200, nil)
		if err != nil {
			b.Fatal(err)
		}
		hits += len(docs)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	ms := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	b.ReportMetric(ms(0.5), "p50-ms")
	b.ReportMetric(ms(0.95), "p95-ms")
	b.ReportMetric(ms(1), "max-ms")
	b.ReportMetric(float64(stats.MemoryBytes)/(1<<20), "index-MB")
	b.ReportMetric(float64(size)/(1<<20), "disk-MB")
	b.ReportMetric(float64(documents)/load.Seconds(), "docs/s-load")
	b.ReportMetric(float64(stats.Segments), "segments")
	b.ReportMetric(float64(hits)/float64(len(took)), "hits")
}

// TestSearchGoesOnWhileWriting searches for a word that always stands in the
// same documents while others are written and merged around it.
func TestSearchGoesOnWhileWriting(t *testing.T) {
	d, l := mustOpen(t, t.TempDir()), library{}
	x := openIndex(t, d, l)
	for doc := range uint32(50) {
		putText(t, x, l, doc, "始终存在的词")
	}
	done := make(chan error, 1)
	go func() {
		for n := range uint32(12) {
			for doc := 1000 + n*40; doc < 1000+n*40+60; doc++ {
				if err := d.Update(func(tx *Txn) error { return x.Put(tx, doc, "另外的内容") }); err != nil {
					done <- err
					return
				}
			}
			x.work.Lock()
			err := x.writeTail(ctx)
			x.work.Unlock()
			if err == nil {
				err = x.Maintain(ctx)
			}
			if err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for searches := 0; ; searches++ {
		select {
		case err := <-done:
			if err != nil || searches == 0 {
				t.Fatalf("%d searches, %v", searches, err)
			}
			return
		default:
		}
		if docs, _, err := x.Search(ctx, "存在", 0, nil); err != nil || len(docs) != 50 {
			t.Fatalf("search %d: %d documents, %v", searches, len(docs), err)
		}
	}
}
