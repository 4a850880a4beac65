package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) mailCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mail",
		Short: "邮件：试连收发信服务器",
		Args:  noCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use:   "check",
		Short: "试连 duban.yaml 里的各个邮件服务器，哪里不对用一句话说明",
		Long:  "逐个连接、登录、打开文件夹，不发信、不取信、不改动任何东西。有一个不通，退出码为1。",
		Args:  exactly(0, "mail check 不带参数"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				all, err := w.CheckMail(ctx)
				if err != nil {
					return err
				}
				err = a.say(c, all, func(out io.Writer) {
					for _, x := range all {
						said := "正常"
						if !x.OK {
							said = x.Fault
						}
						fmt.Fprintf(out, "%s：%s\n", x.What, said)
					}
				})
				if err != nil {
					return err
				}
				if slices.ContainsFunc(all, func(x pipeline.Checked) bool { return !x.OK }) {
					return errUnreachable
				}
				return nil
			})
		},
	})
	return c
}
