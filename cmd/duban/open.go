package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) openCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "open --month 2024-12 [文件]",
		Short: "期初数：生成期初填报表，或收回填好的",
		Long: "中途启用时，先把各项指标到上月底的累计数、已完成的事项填进一份期初填报表。\n" +
			"不带文件：生成该表；带文件：收回并审核。没有期初数的累计指标，其累计数是未知，不是零。",
		Example: "  duban open --month 2024-12\n  duban open --month 2024-12 期初.xlsx",
		Args:    atMostOne("一次收一份期初填报表"),
	}
	month := monthFlag(c)
	act := actFlags(c, false)
	c.RunE = func(c *cobra.Command, args []string) error {
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			w = w.As(*act)
			if len(args) == 1 {
				results, err := w.Submit(ctx, args, pipeline.Handing{Month: m, Opening: true})
				return a.answered(c, results, err)
			}
			f, err := w.IssueOpening(ctx, m)
			if err != nil {
				return err
			}
			return a.say(c, f, func(out io.Writer) {
				fmt.Fprintf(out, "期初填报表已生成（%d行）：%s\n填好后运行 duban open --month %s 文件。\n",
					f.Rows, f.File, m)
			})
		})
	}
	return c
}
