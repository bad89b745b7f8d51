package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// program is what a run has from outside.
type program struct {
	in       *bufio.Reader
	out, err io.Writer
	now      func() time.Time
	prompt   func(label string) ([]byte, error) // nil: no terminal
	book     casebook.Options                   // for tests: the cost of passwords
	regimes  *regime.Book                       // for tests: read once; nil: read when a desk is opened
}

// run does one command line and gives the exit code.
func (p *program) run(ctx context.Context, args []string) int {
	g := newGlobal()
	words, err := g.leading(args)
	if err == nil {
		err = p.command(ctx, g, words)
	}
	if errors.Is(err, flag.ErrHelp) {
		overview(p.out)
		return 0
	}
	asJSON := g.json || slices.Contains(args, "--json") || slices.Contains(args, "-json")
	return p.fail(err, asJSON)
}

// command finds, reads and does a command.
func (p *program) command(ctx context.Context, g *global, words []string) error {
	if len(words) == 0 {
		return usage("没有写命令")
	}
	if words[0] == "help" {
		if k, _, ok := find(words[1:]); ok {
			k.help(p.out)
			return nil
		}
		return flag.ErrHelp
	}
	k, rest, ok := find(words)
	if !ok {
		return usage("没有这个命令：" + words[0])
	}
	fs := quiet(k.name)
	g.register(fs)
	do := k.setup(fs)
	plain, err := mixed(fs, rest)
	if errors.Is(err, flag.ErrHelp) {
		k.help(p.out)
		return nil
	}
	if err == nil {
		err = k.check(plain)
	}
	if err != nil {
		return err
	}
	s, err := p.session(g, k)
	if err != nil {
		return err
	}
	result, err := do(ctx, &call{session: s, args: plain})
	if closing := s.close(); err == nil {
		err = closing
	}
	if result != nil && (err == nil || errors.As(err, new(shown))) {
		if printing := p.print(result, g.json); err == nil {
			err = printing
		}
	}
	return err
}

// shown is an error that the printed result already tells; only the exit code
// is left.
type shown struct{ kind fault.Kind }

func (s shown) Error() string { return "the result says what is wrong" }

// problem is an error as scripts read it.
type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Field   string `json:"field,omitempty"`
}

func problemOf(err error) (problem, fault.Kind) {
	if errors.Is(err, context.Canceled) {
		err = fault.New(fault.Retry, "interrupted", "操作被中断", "需要时请重新执行；已经保存的不会丢失")
	}
	f := fault.Of(err)
	return problem{f.Code, f.Message, f.Hint, f.Field}, f.Kind
}

// fail tells an error and gives the exit code.
func (p *program) fail(err error, asJSON bool) int {
	if err == nil {
		return 0
	}
	var told shown
	if errors.As(err, &told) {
		return told.kind.ExitCode()
	}
	says, kind := problemOf(err)
	if asJSON {
		if err := p.print(map[string]problem{"error": says}, true); err != nil {
			return fault.Failed.ExitCode()
		}
	}
	p.say(says.Message)
	if says.Hint != "" {
		p.say("  " + says.Hint)
	}
	if os.Getenv("JIESU_DEBUG") != "" {
		p.say(err.Error())
	}
	return kind.ExitCode()
}

// say writes a line for a person.
func (p *program) say(line string) { fmt.Fprintln(p.err, line) }

// print writes a result: one JSON document, or text.
func (p *program) print(v any, asJSON bool) error {
	if !asJSON {
		if text, ok := text(v); ok {
			_, err := io.WriteString(p.out, text)
			return err
		}
	}
	e := json.NewEncoder(p.out)
	e.SetEscapeHTML(false)
	if !asJSON {
		e.SetIndent("", "  ")
	}
	return e.Encode(v)
}
