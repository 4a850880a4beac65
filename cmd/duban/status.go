package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) statusCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "status --month 2025-03 [--unit 单位] [-v]",
		Short: "各单位报送状态：是否按时，应报、采用、退回、缺报各多少，缺什么",
		Long: "一行一个单位，几份表合在一起算；各数的说法与回执相同，只算本期应报的项（豁免的不算）。\n" +
			"-v 或 --unit 逐项列出缺报、退回、存疑、数据未出已过预计月份、\n" +
			"同日数据不一致的指标，以及延期和豁免。",
		Example: "  duban status --month 2025-03\n  duban status --month 2025-03 --unit 区教育局",
		Args:    exactly(0, "status 不带参数，报送期用 --month 写明"),
	}
	month := monthFlag(c)
	unit := c.Flags().String("unit", "", "只看这个`单位`（全称、简称或代码）")
	each := c.Flags().BoolP("verbose", "v", false, "逐项列出缺什么")
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
			only, err := w.UnitNamed(*unit)
			if err != nil {
				return err
			}
			if only != nil {
				units = slices.DeleteFunc(units, func(u pipeline.UnitStatus) bool {
					return u.Unit != only.Code
				})
			}
			deadline, err := w.Deadline(m)
			if err != nil {
				return err
			}
			waits, stopped, err := w.Unsent(ctx)
			if err != nil {
				return err
			}
			return a.say(c, units, func(out io.Writer) {
				fmt.Fprintf(out, "%s报送情况，截止时间 %s\n", m.Chinese(),
					deadline.Format("2006-01-02 15:04"))
				fmt.Fprintln(out, pad("单位", 28)+pad("状态", 16)+pad("是否按时", 10)+"应报 采用 退回 缺报")
				for _, u := range units {
					fmt.Fprintf(out, "%s%s%s%4d %4d %4d %4d\n", pad(u.Name, 28), pad(string(u.State), 16),
						pad(u.Timeliness(), 10), u.Due, u.Taken, u.Returned, len(u.Missing))
					lacking(out, u, *each || only != nil)
				}
				if waits > 0 {
					fmt.Fprintf(out, "待发邮件%d封，其中已停发%d封；见 duban outgoing。\n", waits, stopped)
				}
			})
		})
	}
	return c
}

// lacking prints what a unit's month lacks: all of it, or only what the figures
// of its line do not show.
func lacking(out io.Writer, u pipeline.UnitStatus, all bool) {
	for _, part := range []struct {
		what  string
		items []pipeline.Subject
		shown bool
	}{
		{"缺报", u.Missing, all}, {"退回", u.Wanting.Returned, all}, {"存疑", u.Queried, all},
		{"数据未出，已过预计月份", u.Awaited, true}, {"同日数据不一致", u.Conflicts, true},
	} {
		for _, x := range part.items {
			if !part.shown {
				break
			}
			fmt.Fprintf(out, "    %s　%s %s", part.what, x.ID, x.Name)
			if x.Why != "" {
				fmt.Fprintf(out, "：%s", x.Why)
			}
			fmt.Fprintln(out)
		}
	}
	for _, s := range u.Remarks {
		if all {
			fmt.Fprintln(out, "    "+s)
		}
	}
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
