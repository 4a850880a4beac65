package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/schedule"
)

// app is what every subcommand shares: the global flags.
type app struct {
	dir  string
	json bool
}

func newRoot() *cobra.Command {
	a := &app{}
	root := &cobra.Command{
		Use:   "duban",
		Short: "督办：民生任务月报的下发、收件、审核、汇总和通报",
		Long: "督办：从实施方案生成各单位的填报表，收回、审核、汇总入台账，\n" +
			"按月出具公文格式的通报（PDF、XLSX）。\n\n" +
			"退出码：0 完成；1 程序或机器故障；2 命令、设置、方案或文字写得不对；3 完成，但有报送件被退回或待核实，" +
			"或核验、体检、运行状况、备份有要处理的。",
		Version:       pipeline.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetOut(console{os.Stdout, func() bool { return a.json }})
	root.SetErr(errorsTo)
	root.PersistentFlags().StringVarP(&a.dir, "workspace", "C", ".", "工作`目录`，不写就是当前目录")
	root.PersistentFlags().Lookup("workspace").DefValue = "" // no English “default”
	root.PersistentFlags().BoolVar(&a.json, "json", false, "结果以 JSON 输出，供程序读取")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(usage)
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}" +
		"{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}")
	root.SetVersionTemplate("duban {{.Version}}\n")
	root.AddCommand(
		a.backupCommand(), a.restoreCommand(), a.doctorCommand(), a.healthCommand(), a.serviceCommand(),
		a.initCommand(), a.planCommand(), a.openCommand(), a.formsCommand(), a.submitCommand(),
		a.onceCommand(), a.runCommand(), a.statusCommand(), a.digestCommand(), a.rerunCommand(),
		a.diffCommand(), a.traceCommand(), a.remindCommand(), a.heldCommand(), a.releaseCommand(),
		a.refuseCommand(), a.waiveCommand(), a.extendCommand(), a.auditCommand(),
		a.mailCommand(), a.outgoingCommand(), a.verifyCommand(), a.manifestCommand(),
		a.checksCommand(), a.wordingCommand(), a.demoCommand(),
	)
	speakChinese(root)
	a.suggest(root)
	return root
}

const usage = `用法：{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} 命令{{end}}{{if .HasExample}}

示例：
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

用“{{.CommandPath}} 命令 --help”查看某一命令的说明。{{end}}
`

// speakChinese puts cobra's own help and completion commands into Chinese.
func speakChinese(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.InitDefaultVersionFlag()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Short, c.Long = "查看命令的说明", "查看任一命令的说明。"
			c.Args = func(_ *cobra.Command, args []string) error {
				of, rest, err := root.Find(args)
				if err != nil || len(rest) > 0 {
					return noCommand(of, args[len(args)-max(1, len(rest)):])
				}
				return nil
			}
		case "completion":
			c.Short = "生成命令行自动补全脚本"
			c.Long = "为 bash、zsh、fish 或 powershell 生成自动补全脚本。"
			c.Args, c.RunE = noCommand, func(c *cobra.Command, _ []string) error { return c.Help() }
			for _, shell := range c.Commands() {
				shell.Short = "生成 " + shell.Name() + " 的自动补全脚本"
				shell.Long = shell.Short + "。"
				shell.Args = noCommand
				if f := shell.Flags().Lookup("no-descriptions"); f != nil {
					f.Usage = "补全时不显示说明"
				}
			}
		}
	}
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		c.DisableFlagsInUseLine = true
		c.Flags().Lookup("help").Usage = "查看说明"
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	each(root)
	root.Flags().Lookup("version").Usage = "显示版本"
}

// logger writes to standard error, from the level up.
func logger(c *cobra.Command, from slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(c.ErrOrStderr(), &slog.HandlerOptions{
		Level: from, ReplaceAttr: inChinese,
	}))
}

// keys are the words of a log line.
var keys = map[string]string{
	slog.TimeKey: "时间", slog.LevelKey: "级别", slog.MessageKey: "事项", "err": "原因",
	"file": "文件", "unit": "单位", "month": "报送期", "state": "状态", "findings": "问题数",
	"notice": "说明", "job": "任务", "due": "应办时间", "done": "结果", "missed": "错过次数",
	"from": "发件人", "forms": "填报表", "known": "收过", "answered": "已答复", "why": "原因",
	"mailbox": "邮箱", "mail": "编号", "last": "上次", "size": "字节",
	"files": "文件", "claim": "取件号", "id": "取件号", "key": "对象", "times": "次数", "to": "收件人",
	"now": "现在",
}

var levels = map[slog.Level]string{
	slog.LevelInfo: "信息", slog.LevelWarn: "提醒", slog.LevelError: "错误",
}

// inChinese words a log line for the administrator who reads it.
func inChinese(_ []string, a slog.Attr) slog.Attr {
	if l, ok := a.Value.Any().(slog.Level); ok && levels[l] != "" {
		a.Value = slog.StringValue(levels[l])
	}
	if t := a.Value; t.Kind() == slog.KindTime {
		a.Value = slog.StringValue(t.Time().In(schedule.Zone).Format("2006-01-02 15:04:05"))
	}
	if k := keys[a.Key]; k != "" {
		a.Key = k
	}
	return a
}

// with opens the workspace, does the work and closes it.
func (a *app) with(c *cobra.Command, work func(context.Context, *pipeline.Workspace) error) error {
	w, err := a.open(c, false)
	if err != nil {
		return err
	}
	err = work(c.Context(), w)
	if closing := w.Close(); err == nil {
		err = closing
	}
	return err
}

func (a *app) open(c *cobra.Command, examine bool) (*pipeline.Workspace, error) {
	return pipeline.Open(c.Context(), a.dir, pipeline.Options{
		Log: logger(c, slog.LevelWarn), By: operator(), Examine: examine})
}

// say prints the result: one JSON document with --json, else the words.
func (a *app) say(c *cobra.Command, result any, words func(io.Writer)) error {
	if !a.json {
		words(c.OutOrStdout())
		return nil
	}
	enc := json.NewEncoder(c.OutOrStdout())
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(result)
}
