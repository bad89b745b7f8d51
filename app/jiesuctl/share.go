package main

import (
	"context"
	"flag"
	"math/rand/v2"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func shareCommands() []command {
	return []command{
		{name: "share create", args: "FOLDER", about: "在共享文件夹里建立共享空间", setup: plain(shareCreate)},
		{name: "share invite", about: "写出邀请文件，当面交给要加入的网点", setup: shareInvite},
		{name: "share join", args: "FOLDER", about: "凭邀请文件申请加入", setup: shareJoin},
		{name: "share admit", args: "[REPLICA]", about: "接纳申请加入的网点", setup: plain(shareAdmit)},
		{name: "share sync", about: "收发一次；--watch 一直收发", setup: shareSync},
		{name: "share status", about: "收发的情况", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return onDesk(ctx, c, (*desk.Desk).ShareStatus)
		})},
		{name: "contradiction list", about: "两个网点分头做了什么", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return onDesk(ctx, c, (*desk.Desk).Contradictions)
		})},
		{name: "contradiction resolve", args: "ID", about: "裁决一处冲突", setup: resolve},
	}
}

type spaceResult struct {
	Space string `json:"space"`
}

func shareCreate(ctx context.Context, c *call) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	space, err := d.ShareCreate(ctx, c.arg(0))
	return answer(spaceResult{space}, err)
}

type fileResult struct {
	File string `json:"file"`
}

func shareInvite(fs *flag.FlagSet) action {
	file := outputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		if *file == "" {
			return nil, usage("请用 -o 写明邀请文件")
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		raw, err := d.ShareInvite(ctx)
		if err != nil {
			return nil, err
		}
		return answer(fileResult{*file}, writeFile(*file, raw))
	}
}

func shareJoin(fs *flag.FlagSet) action {
	file := fs.String("invitation-file", "", "邀请`文件`")
	return func(ctx context.Context, c *call) (any, error) {
		if *file == "" {
			return nil, usage("请用 --invitation-file 写明邀请文件")
		}
		raw, err := c.readFile(*file, 64<<10)
		if err != nil {
			return nil, err
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		if err := d.ShareJoin(ctx, c.arg(0), raw); err != nil {
			return nil, err
		}
		return answer(d.ShareStatus(ctx))
	}
}

type admitResult struct {
	Admitted []string `json:"admitted"`
}

func shareAdmit(ctx context.Context, c *call) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	names, err := d.ShareAdmit(ctx, c.arg(0))
	return answer(admitResult{names}, err)
}

func shareSync(fs *flag.FlagSet) action {
	watch := fs.Bool("watch", false, "一直收发，按 Ctrl+C 结束；有变化时输出一行")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		if *watch {
			return nil, c.keepSyncing(ctx, d)
		}
		return answer(d.ShareSync(ctx))
	}
}

// keepSyncing goes round every 5 to 15 seconds until it is interrupted. An
// absent folder is waited for.
func (c *call) keepSyncing(ctx context.Context, d *desk.Desk) error {
	for {
		res, err := d.ShareSync(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && fault.Of(err).Kind != fault.Retry:
			return err
		case err != nil:
			c.say(fault.Of(err).Message)
		case res.Published+res.Received+len(res.Admitted) > 0:
			if err := c.print(res, c.g.json); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(5*time.Second + time.Duration(rand.Int64N(int64(10*time.Second)))):
		}
	}
}

func resolve(fs *flag.FlagSet) action {
	keep := fs.String("keep", "", "保留哪一`条`（branches 里的 entry）")
	reason := fs.String("reason", "", "`理由`")
	return func(ctx context.Context, c *call) (any, error) {
		if *keep == "" {
			return nil, usage("请用 --keep 写明保留哪一条")
		}
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		return answer(d.Resolve(ctx, c.arg(0), *keep, *reason))
	}
}
