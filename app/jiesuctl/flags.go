package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"strings"

	"jiesu/backend/fault"
)

// global are the options of every command; they may stand anywhere.
type global struct {
	data, as, passwordFile, now string
	json                        bool
}

func (g *global) register(fs *flag.FlagSet) {
	fs.StringVar(&g.data, "data", g.data, "数据文件夹（或 JIESU_DATA）")
	fs.StringVar(&g.as, "as", g.as, "以哪位人员登录（默认：唯一的一位）")
	fs.StringVar(&g.passwordFile, "password-file", g.passwordFile, "密码所在的文件，- 为标准输入的第一行")
	fs.StringVar(&g.now, "now", g.now, "按这个时间查看（只用于查看）")
	fs.BoolVar(&g.json, "json", g.json, "输出一个 JSON 文档")
}

func newGlobal() *global { return &global{data: os.Getenv("JIESU_DATA")} }

func quiet(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	return fs
}

// leading reads the options before the command's words.
func (g *global) leading(args []string) ([]string, error) {
	fs := quiet("jiesuctl")
	g.register(fs)
	if err := fs.Parse(args); err != nil {
		return nil, flagFault(err)
	}
	return fs.Args(), nil
}

// mixed reads options that stand before, between and behind the arguments.
func mixed(fs *flag.FlagSet, args []string) ([]string, error) {
	var plain []string
	for {
		if err := fs.Parse(args); err != nil {
			return nil, flagFault(err)
		}
		rest := fs.Args()
		if len(rest) == 0 {
			return plain, nil
		}
		if used := len(args) - len(rest); used > 0 && args[used-1] == "--" {
			return append(plain, rest...), nil
		}
		plain, args = append(plain, rest[0]), rest[1:]
	}
}

// flagFault says in Chinese what the flag package says in English.
func flagFault(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		return usage("没有这个选项：-" + name)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: "); ok {
		return usage("选项后面缺少内容：-" + name)
	}
	return usage("选项的内容不对：" + text)
}

func usage(message string) error {
	return fault.New(fault.Usage, "usage", message, "用 jiesuctl help 查看全部命令，命令后加 --help 查看用法")
}
