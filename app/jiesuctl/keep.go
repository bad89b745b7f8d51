package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"strings"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func keepCommands() []command {
	return []command{
		{name: "verify", about: "检查全部数据", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return checked(onDesk(ctx, c, (*desk.Desk).Verify))
		})},
		{name: "rebuild", about: "从记录重建数据库，然后检查", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return checked(onDesk(ctx, c, (*desk.Desk).Rebuild))
		})},
		{name: "backup", args: "FILE", about: "备份整个数据文件夹", setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			return answer(fileResult{c.arg(0)}, d.Backup(ctx, c.arg(0)))
		})},
		{name: "restore", args: "FILE", about: "把备份恢复到一个空的数据文件夹", alone: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.prepared()
			if err != nil {
				return nil, err
			}
			if err := d.Restore(ctx, c.arg(0)); err != nil {
				return nil, err
			}
			c.say("已恢复。请登录后运行 verify 检查全部数据，确认无误再换用。")
			return answer(d.Status(ctx))
		})},
		{name: "batch", about: `一次登录办理许多命令：每行 {"cmd":["case","register"],"input":{…}}，每行一个 JSON 结果`, alone: true, setup: batch},
	}
}

// checked turns a check that found problems into a failed command.
func checked(v any, err error) (any, error) {
	if r, ok := v.(desk.VerifyResult); ok && err == nil && !r.OK {
		return v, shown{fault.Damaged}
	}
	return v, err
}

// line is one command of a batch.
type line struct {
	Cmd   []string        `json:"cmd"`
	Input json.RawMessage `json:"input,omitempty"`
}

func batch(fs *flag.FlagSet) action {
	file := fs.String("f", "-", "命令所在的`文件`，- 为标准输入")
	return func(ctx context.Context, c *call) (any, error) {
		if _, err := c.desk(ctx); err != nil {
			return nil, err
		}
		in := c.in
		if *file != "-" {
			f, err := os.Open(*file)
			if err != nil {
				return nil, fault.New(fault.NotFound, "file-not-found", "文件打不开："+*file, "请核对文件位置").Wrap(err)
			}
			defer f.Close()
			in = bufio.NewReader(f)
		}
		return nil, c.batch(ctx, in)
	}
}

// batch does one command after the other. A refused line does not stop the
// next; the exit code is that of the first line that failed.
func (c *call) batch(ctx context.Context, in *bufio.Reader) error {
	var first error
	for ctx.Err() == nil {
		raw, err := boundedLine(in)
		if len(bytes.TrimSpace(raw)) > 0 {
			result, failed := c.one(ctx, raw)
			var told shown
			if failed != nil && !errors.As(failed, &told) {
				says, _ := problemOf(failed)
				result = map[string]problem{"error": says}
			}
			if err := c.print(result, true); err != nil {
				return err
			}
			if failed != nil && first == nil {
				_, kind := problemOf(failed)
				if told.kind != 0 {
					kind = told.kind
				}
				first = shown{kind}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return first
		case err != nil:
			return err
		}
	}
	return ctx.Err()
}

// boundedLine reads a line of at most maxInput bytes.
func boundedLine(in *bufio.Reader) ([]byte, error) {
	var all []byte
	for {
		part, err := in.ReadSlice('\n')
		all = append(all, part...)
		if len(all) > maxInput {
			return nil, fault.New(fault.Refused, "input-too-large", "一行命令超过 16 MB", "请把大件材料用 case attach 添加")
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return all, err
		}
	}
}

// one does one line of a batch.
func (c *call) one(ctx context.Context, raw []byte) (any, error) {
	var l line
	if err := decode(raw, &l); err != nil {
		return nil, err
	}
	k, rest, ok := find(l.Cmd)
	switch {
	case !ok:
		return nil, usage("没有这个命令：" + strings.Join(l.Cmd, " "))
	case k.alone:
		return nil, usage("“" + k.name + "”不能放在 batch 里")
	}
	fs := quiet(k.name)
	do := k.setup(fs)
	plain, err := mixed(fs, rest)
	if errors.Is(err, flag.ErrHelp) {
		err = usage("batch 里没有 --help")
	}
	if err == nil {
		err = k.check(plain)
	}
	if err != nil {
		return nil, err
	}
	return do(ctx, &call{session: c.session, args: plain, input: l.Input})
}
