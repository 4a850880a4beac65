package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func (a *app) formsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "forms --month 2025-03 [--unit 单位]",
		Short:   "下发填报表到 outbox/forms/",
		Example: "  duban forms --month 2025-03\n  duban forms --month 2025-03 --unit 区人社局",
		Args:    exactly(0, "forms 不带参数，报送期用 --month 写明"),
	}
	month := monthFlag(c)
	act := actFlags(c, false)
	unit := c.Flags().String("unit", "", "只下发给这个`单位`（全称、简称或代码）")
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
			if next := plan.MonthAt(w.Now()) + 1; m > next {
				return &callError{fmt.Errorf("%s还早，现在最多下发到%s", m.Chinese(), next.Chinese())}
			}
			forms, err := w.As(*act).IssueForms(ctx, m, only)
			if err != nil {
				return err
			}
			deadline, err := w.Deadline(m)
			if err != nil {
				return err
			}
			return a.say(c, forms, func(out io.Writer) {
				for _, f := range forms {
					fmt.Fprintf(out, "%s\t%d行\t%s\n", f.Name, f.Rows, f.File)
				}
				fmt.Fprintf(out, "%s填报表已下发%d份，截止时间 %s。\n", m.Chinese(), len(forms),
					deadline.Format("2006-01-02 15:04"))
			})
		})
	}
	return c
}
