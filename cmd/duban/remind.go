package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) remindCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "remind --month 2025-03 [--unit 单位]",
		Short: "催报：给缺报、退回、存疑的单位各写一份通知",
		Long: "按现在的情况，给每个还缺东西的单位写一份催报通知（文本和表格），放在 outbox/reminders/ 下，\n" +
			"写明缺什么、退回了什么、何时以前报。再运行一次，按新的情况重写。",
		Example: "  duban remind --month 2025-03",
		Args:    exactly(0, "remind 不带参数，报送期用 --month 写明"),
	}
	month := monthFlag(c)
	unit := c.Flags().String("unit", "", "只催这个`单位`（全称、简称或代码）")
	act := actFlags(c, false)
	c.RunE = func(c *cobra.Command, _ []string) error {
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			only, err := w.UnitNamed(*unit)
			if err != nil {
				return err
			}
			sent, err := w.As(*act).Remind(ctx, m, only)
			if err != nil {
				return err
			}
			return a.say(c, sent, func(out io.Writer) {
				if len(sent) == 0 {
					fmt.Fprintln(out, m.Chinese()+"没有需要催报的单位。")
				}
				for _, r := range sent {
					fmt.Fprintf(out, "%s　缺报%d项，退回%d项，存疑%d项　%s\n", r.Name, len(r.Missing),
						len(r.Returned), len(r.Queried), r.Files[0])
				}
			})
		})
	}
	return c
}
