package main

import (
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "常驻运行：随到随收，到时下发、截止、出通报",
		Long:  "常驻运行，直到收到结束信号（Ctrl+C 或 SIGTERM）；手里的文件办完才结束。",
		Args:  exactly(0, "run 不带参数"),
		RunE: func(c *cobra.Command, _ []string) error {
			w, err := pipeline.Open(c.Context(), a.dir, pipeline.Options{Log: logger(c, slog.LevelInfo),
				By: operator()})
			if err != nil {
				return err
			}
			if err := w.CanPrint(); err != nil {
				fmt.Fprintf(c.ErrOrStderr(), "请注意：%v\n收件照常，通报要等字体配好以后才能出。\n", err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "督办已启动，工作目录 %s；按 Ctrl+C 结束。\n", a.dir)
			err = w.Run(c.Context(), pipeline.Rhythm{})
			if closing := w.Close(); err == nil {
				err = closing
			}
			return err
		},
	}
}
