package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) traceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:               "trace --month 2025-03 指标编号 [--unit 单位]",
		Short:             "查一个数据的来源：文件、单元格、报送人、时间",
		Example:           "  duban trace --month 2025-03 T01-1",
		Args:              exactly(1, "要写明查哪个指标，如 T01-1"),
		ValidArgsFunction: a.suggestIndicators,
	}
	month := monthFlag(c)
	unit := c.Flags().String("unit", "", "由多家单位报送的指标，写明查哪个`单位`")
	c.RunE = func(c *cobra.Command, args []string) error {
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			of, err := w.UnitNamed(*unit)
			if err != nil {
				return err
			}
			t, err := w.Trace(ctx, m, args[0], of)
			if err != nil {
				return err
			}
			return a.say(c, t, func(out io.Writer) {
				fmt.Fprintf(out, "%s %s（%s）\n", t.Indicator, t.Name, unitWords(w, t.Unit))
				fmt.Fprintf(out, "  数值　　%s（%s）\n", valueWords(t.Value), t.State)
				fmt.Fprintf(out, "  文件　　%s\n", t.File)
				fmt.Fprintf(out, "  SHA-256 %s\n", t.SHA256)
				fmt.Fprintf(out, "  单元格　%s!%s，原值 %s\n", t.Sheet, t.Cell, t.Raw)
				fmt.Fprintf(out, "  报送人　%s，渠道 %s\n", t.Sender, t.Channel)
				fmt.Fprintf(out, "  收到　　%s\n", clockWords(t.ReceivedAt))
				fmt.Fprintf(out, "  存档　　%s\n", t.Archive)
			})
		})
	}
	return c
}

// unitWords is a unit's name, or its code where the plan no longer has it.
func unitWords(w *pipeline.Workspace, code string) string {
	if u := w.Plan.Unit(code); u != nil {
		return u.Name
	}
	return code
}

// clockWords is a moment as people read it.
func clockWords(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return s
	}
	return t.Format("2006-01-02 15:04")
}

func valueWords(v any) string {
	if v == nil {
		return "—"
	}
	return fmt.Sprint(v)
}
