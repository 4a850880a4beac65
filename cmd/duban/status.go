package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) statusCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "status --month 2025-03",
		Short:   "各单位报送状态：是否按时，应报、采用、退回各多少",
		Example: "  duban status --month 2025-03",
		Args:    exactly(0, "status 不带参数，报送期用 --month 写明"),
	}
	month := monthFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			units, err := w.Status(ctx, m)
			if err != nil {
				return err
			}
			deadline, err := w.Deadline(m)
			if err != nil {
				return err
			}
			return a.say(c, units, func(out io.Writer) {
				fmt.Fprintf(out, "%s报送情况，截止时间 %s\n", m.Chinese(),
					deadline.Format("2006-01-02 15:04"))
				fmt.Fprintln(out, pad("单位", 28)+pad("状态", 16)+pad("是否按时", 10)+"应报 采用 退回")
				for _, u := range units {
					fmt.Fprintf(out, "%s%s%s%4d %4d %4d\n", pad(u.Name, 28), pad(string(u.State), 16),
						pad(u.Timeliness(), 10), u.Due, u.Taken, u.Returned)
				}
			})
		})
	}
	return c
}

// pad fills s with blanks to a width in columns, a Chinese character being two.
func pad(s string, width int) string {
	for _, r := range s {
		if r > 0x2e7f {
			width--
		}
		width--
	}
	for ; width > 0; width-- {
		s += " "
	}
	return s
}
