package main

import (
	"fmt"
	"log/slog"
	"sync"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) runCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "run",
		Short: "常驻运行：随到随收，到时下发、截止、出通报",
		Long: "常驻运行，直到收到结束信号（Ctrl+C 或 SIGTERM）；手里的文件办完才结束。\n" +
			"运行状况每分钟写一次，用 duban health 查看。日志写到标准错误输出，由系统保存和轮换：\n" +
			"text 给人看；json 给程序看，一行一份文件的一个环节（claimed、read、judged、taken、settled、answered）。",
		Args: exactly(0, "run 不带参数"),
	}
	log := c.Flags().String("log", "text", "日志`写法`：text 或 json")
	c.RunE = func(c *cobra.Command, _ []string) error {
		to, err := logs(c, *log)
		if err != nil {
			return err
		}
		o := pipeline.Options{Log: to, By: operator()}
		w, err := pipeline.Open(c.Context(), a.dir, o)
		if err != nil {
			return err
		}
		a.greet(c, to, *log)
		var fonts sync.WaitGroup // they are big: no form waits for them
		fonts.Go(func() { warnOfFonts(c, w, to, *log) })
		err = pipeline.Serve(c.Context(), w, o, pipeline.Rhythm{})
		fonts.Wait()
		return err
	}
	return c
}

// greet says that the daemon runs, in the log's form.
func (a *app) greet(c *cobra.Command, log *slog.Logger, form string) {
	if form == "json" {
		log.Info("started", "workspace", a.dir, "version", pipeline.Version)
		return
	}
	fmt.Fprintf(c.ErrOrStderr(), "督办已启动，工作目录 %s；按 Ctrl+C 结束。\n", a.dir)
}

// warnOfFonts says that no digest can be set, where that is so.
func warnOfFonts(c *cobra.Command, w *pipeline.Workspace, log *slog.Logger, form string) {
	switch fault := w.CanPrint(); {
	case fault == nil:
	case form == "json":
		log.Warn("no fonts", "err", fault.Error())
	default:
		fmt.Fprintf(c.ErrOrStderr(), "请注意：%v\n收件照常，通报要等字体配好以后才能出。\n", fault)
	}
}

// logs is the log of the daemon in the form that was asked for.
func logs(c *cobra.Command, form string) (*slog.Logger, error) {
	switch form {
	case "text":
		return logger(c, slog.LevelInfo), nil
	case "json":
		return slog.New(slog.NewJSONHandler(c.ErrOrStderr(),
			&slog.HandlerOptions{Level: slog.LevelDebug})), nil
	}
	return nil, &callError{fmt.Errorf("--log 应为 text 或 json，现为“%s”", form)}
}
