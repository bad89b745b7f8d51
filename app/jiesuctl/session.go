package main

import (
	"context"
	"time"

	"jiesu/backend/complaint"
	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// session is the desk of one run: prepared when a command needs it, unlocked
// once, also for a whole batch.
type session struct {
	*program
	g        *global
	now      func() time.Time
	piped    []byte // the password, when it is the first line of the standard input
	held     *desk.Desk
	unlocked bool
}

func (p *program) session(g *global, k command) (*session, error) {
	s := &session{program: p, g: g, now: p.now}
	if g.passwordFile == "-" { // before the command reads its input
		var err error
		if s.piped, err = p.secret("-"); err != nil {
			return nil, err
		}
	}
	if g.now == "" {
		return s, nil
	}
	if !k.reads {
		return nil, usage("--now 只用于查看，“" + k.name + "”会改动数据")
	}
	at, ok := complaint.ParseMoment(g.now)
	if !ok {
		return nil, usage("--now 的时间看不懂：" + g.now + "，请写成 2026-11-24 或 2026-11-24T15:30:00+08:00")
	}
	s.now = func() time.Time { return at }
	return s, nil
}

// prepared gives the desk before anybody is in.
func (s *session) prepared() (*desk.Desk, error) {
	if s.held != nil {
		return s.held, nil
	}
	dir, err := dataFolder(s.g.data)
	if err != nil {
		return nil, err
	}
	s.held, err = s.deskIn(dir)
	return s.held, err
}

// deskIn prepares a desk in a folder.
func (s *session) deskIn(dir string) (*desk.Desk, error) {
	data, err := shipped()
	if err != nil {
		return nil, err
	}
	return desk.New(desk.Options{Dir: dir, Assets: data, Now: s.now, Version: version, Book: s.book, Regimes: s.regimes})
}

// desk gives the desk with an officer in.
func (s *session) desk(ctx context.Context) (*desk.Desk, error) {
	d, err := s.prepared()
	if err != nil || s.unlocked {
		return d, err
	}
	status, err := d.Status(ctx)
	switch {
	case err != nil:
		return nil, err
	case !status.Exists:
		return nil, fault.New(fault.NotFound, "no-data-folder", "这里还没有建立数据文件夹："+status.DataDir, "请先用 jiesuctl init 建立，或用 --data 指定")
	case s.g.as == "" && len(status.Officers) != 1:
		return nil, usage("本机有几位人员，请用 --as 写明是哪一位")
	}
	password, err := s.password("密码")
	if err != nil {
		return nil, err
	}
	err = d.Unlock(ctx, s.g.as, password)
	clear(password)
	if err != nil {
		return nil, err
	}
	s.unlocked = true
	if status, err = d.Status(ctx); err == nil {
		for _, line := range []string{status.ClockWarn, status.ReadOnly} {
			if line != "" && !(line == status.ClockWarn && s.g.now != "") { // --now is meant to be another day
				s.say(line)
			}
		}
	}
	return d, err
}

// rules gives a desk for questions that need no data folder: the office's own,
// with the rulebooks and calendars it adopted, if its folder, officer and
// password are known; else what the program ships.
func (s *session) rules(ctx context.Context) (*desk.Desk, error) {
	d, err := s.prepared()
	if err != nil || s.g.data == "" || s.g.passwordFile == "" && !passwordInEnvironment() {
		return d, err
	}
	status, err := d.Status(ctx)
	switch {
	case err != nil && fault.Of(err).Kind == fault.Retry:
		s.say(fault.Of(err).Message + "；以下按程序自带的办法和放假安排回答")
		return d, nil
	case err != nil:
		return nil, err
	case !status.Exists || s.g.as == "" && len(status.Officers) != 1:
		return d, nil
	}
	return s.desk(ctx)
}

func (s *session) close() error {
	if s.held == nil {
		return nil
	}
	return s.held.Close()
}
