// Command bench measures the desk against its budgets on sample data and
// prints the figures; build/bench runs it. It is no part of what users get.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"jiesu/assets"
	"jiesu/backend/desk"
)

const (
	officer  = "样本经办"
	password = "bench password 1"
)

func main() {
	cases := flag.Int("cases", 100_000, "how many sample cases")
	acts := flag.Int("acts", 3, "acts of each case, registration included (1 to 3)")
	keep := flag.String("keep", "", "only fill this folder with sample cases and keep it, for build/smoke")
	profile := flag.String("cpuprofile", "", "write a CPU profile of the rebuild here")
	flag.Parse()
	debug.SetMemoryLimit(desk.MemoryLimit)
	if *keep != "" {
		if err := fill(context.Background(), *keep, *cases); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	dir, err := os.MkdirTemp("", "jiesu-bench-*")
	if err == nil {
		defer os.RemoveAll(dir)
		err = run(context.Background(), dir, *cases, *acts, *profile)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.RemoveAll(dir)
		os.Exit(1)
	}
}

// bench is one measured data folder.
type bench struct {
	dir     string
	d       *desk.Desk
	figures []figure
	numbers []string
	profile string
}

// figure is one line of the table.
type figure struct {
	what, value, budget string
	ok                  bool
}

func (b *bench) add(what, value, budget string, ok bool) {
	b.figures = append(b.figures, figure{what, value, budget, ok})
	fmt.Fprintf(os.Stderr, "%s: %s\n", what, value)
}

func run(ctx context.Context, dir string, cases, acts int, profile string) error {
	b := &bench{dir: dir, profile: profile}
	steps := []func(context.Context) error{
		b.create,
		func(ctx context.Context) error { return b.load(ctx, cases) },
		func(ctx context.Context) error { return b.act(ctx, acts) },
		b.register, b.reopen, b.windows, b.search, b.rebuild,
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := b.d.Close(); err != nil {
		return err
	}
	b.print(cases, acts)
	return nil
}

func (b *bench) open() error {
	sub := func(f fs.FS, dir string) fs.FS {
		s, err := fs.Sub(f, dir)
		if err != nil {
			panic(err) // the folders are embedded
		}
		return s
	}
	d, err := desk.New(desk.Options{Dir: b.dir, Assets: desk.Assets{Regimes: sub(assets.Regimes, "regimes"),
		Calendars: sub(assets.Calendars, "calendars"), Letters: sub(assets.Letters, "letters"), Fonts: sub(assets.Fonts, "fonts")}})
	b.d = d
	return err
}

func (b *bench) create(ctx context.Context) error {
	if err := b.open(); err != nil {
		return err
	}
	_, err := b.d.Create(ctx, desk.InitInput{OfficeCode: "YB01", OfficeName: "样本街道办事处", Officer: officer, Password: password, Regime: "cn.gov.general"})
	return err
}

// print writes the table in the form build/figures.md takes.
func (b *bench) print(cases, acts int) {
	fmt.Printf("%s, Go %s, %d processors, %s/%s; %d cases, %d acts each\n\n", time.Now().Format("2006-01-02"), runtime.Version(),
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, cases, acts)
	fmt.Println("| what | measured | budget | |")
	fmt.Println("| --- | --- | --- | --- |")
	for _, f := range b.figures {
		mark := "met"
		if !f.ok {
			mark = "**missed**"
		}
		if f.budget == "" {
			mark = ""
		}
		fmt.Printf("| %s | %s | %s | %s |\n", f.what, f.value, f.budget, mark)
	}
}
