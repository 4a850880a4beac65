package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) onceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "once",
		Short: "查看一遍收件文件夹，办完到时的事，然后结束",
		Args:  exactly(0, "once 不带参数"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				swept, err := w.Once(ctx)
				if err != nil {
					return err
				}
				for _, n := range swept.Notices {
					fmt.Fprintln(c.ErrOrStderr(), n)
				}
				if len(swept.Outcomes) == 0 && !a.json {
					fmt.Fprintln(c.OutOrStdout(), "收件文件夹里没有新的报送件。")
				}
				for _, j := range swept.Jobs {
					if !a.json {
						fmt.Fprintln(c.OutOrStdout(), j)
					}
				}
				return a.answered(c, swept.Outcomes, nil)
			})
		},
	}
}
