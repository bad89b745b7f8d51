package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// command is one line of the table.
type command struct {
	name  string // its words
	args  string // what stands behind them; [x] may be left out, x… repeats
	about string
	reads bool // changes nothing: --now is allowed
	alone bool // makes its own data folder or session: not in a batch
	setup func(fs *flag.FlagSet) action
}

// action does a command and gives what is printed.
type action func(ctx context.Context, c *call) (any, error)

// call is one command on its way.
type call struct {
	*session
	args  []string
	input []byte // of a batch line, instead of -f; nil: none
}

// arg is the i-th argument, "" if it was left out.
func (c *call) arg(i int) string {
	if i < len(c.args) {
		return c.args[i]
	}
	return ""
}

// plain is a command without options of its own.
func plain(a action) func(*flag.FlagSet) action { return func(*flag.FlagSet) action { return a } }

// find takes the longest command that the words begin with.
func find(words []string) (command, []string, bool) {
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if i := slices.IndexFunc(commands(), func(c command) bool { return c.name == name }); i >= 0 {
			return commands()[i], words[n:], true
		}
	}
	return command{}, nil, false
}

// check refuses too few and too many arguments.
func (k command) check(args []string) error {
	least, most := 0, 0
	for _, a := range strings.Fields(k.args) {
		most++
		if !strings.HasPrefix(a, "[") {
			least++
		}
		if strings.Contains(a, "…") {
			most = 1 << 20
		}
	}
	switch {
	case len(args) < least:
		return usage("缺少内容，用法：" + k.line())
	case len(args) > most:
		return usage("多出了“" + args[most] + "”，用法：" + k.line())
	}
	return nil
}

func (k command) line() string { return strings.TrimSpace("jiesuctl " + k.name + " " + k.args) }

// help prints how a command is used.
func (k command) help(w io.Writer) {
	fs := quiet(k.name)
	k.setup(fs)
	fmt.Fprintf(w, "%s\n\n用法：%s", k.about, k.line())
	fs.VisitAll(func(f *flag.Flag) {
		value, about := flag.UnquoteUsage(f)
		fmt.Fprintf(w, "\n  --%s %s\t%s", f.Name, value, about)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			fmt.Fprintf(w, "（默认 %s）", f.DefValue)
		}
	})
	fmt.Fprint(w, "\n\n所有命令都可以用：--data --as --password-file --json")
	if k.reads {
		fmt.Fprint(w, " --now")
	}
	fmt.Fprintln(w)
}

// overview prints all commands.
func overview(w io.Writer) {
	fmt.Fprint(w, "接诉 jiesuctl "+version+"：投诉办理的命令行\n\n用法：jiesuctl [选项] 命令 …\n\n")
	for _, k := range commands() {
		fmt.Fprintf(w, "  %s\n        %s\n", strings.TrimSpace(k.name+" "+k.args), k.about)
	}
	fmt.Fprint(w, `
选项（位置不限）：
  --data 文件夹         数据文件夹；也可设 JIESU_DATA；默认在本机应用数据中
  --as 姓名             以哪位人员登录
  --password-file 文件  密码文件，- 为标准输入第一行；也可设 JIESU_PASSWORD
  --json                只在标准输出写一个 JSON 文档
  --now 时间            按这个时间查看，只用于查看

退出码：0 完成，1 被拒绝，2 用法不对，3 请稍后再试，4 失败
`)
}
