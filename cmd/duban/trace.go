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
		Use:   "trace --month 2025-03 指标编号 [--unit 单位]",
		Short: "查一个数据的来源：文件、单元格、报送人、时间，算出来的数怎么算的",
		Long: "查一项指标（或无量化指标的任务）的数据来源，以及完成率、序时进度、差距的算法和\n" +
			"各组成部分、审核问题、单位说明、历次报送。不写 --edition、--audience，查的是现在采用的数；写了，查的是那一版\n" +
			"通报所列的数。写领域名称、“办实事清单”或“合计”，查通报中的计数和占比由哪些指标构成。",
		Example: "  duban trace --month 2025-03 T01-1\n  duban trace --month 2025-03 --edition 1 T01-1\n" +
			"  duban trace --month 2025-03 --edition 1 合计",
		Args:              exactly(1, "要写明查哪个指标，如 T01-1"),
		ValidArgsFunction: a.suggestIndicators,
	}
	month := monthFlag(c)
	unit := c.Flags().String("unit", "", "由多家单位报送的指标，写明查哪个`单位`")
	asked := editionFlags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		var err error
		if asked.Month, err = parseMonth(*month); err != nil {
			return err
		}
		asked.Unit = *unit
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			of, err := w.UnitNamed(*unit)
			if err != nil {
				return err
			}
			if w.Counts(args[0]) {
				t, err := w.TraceTally(ctx, *asked, args[0])
				if err != nil {
					return err
				}
				return a.say(c, t, func(out io.Writer) { tellTally(out, t) })
			}
			t, err := w.Trace(ctx, asked.Month, args[0], of)
			if asked.Edition != 0 || asked.Audience != "" {
				t, err = w.TraceEdition(ctx, *asked, args[0], of)
			}
			if err != nil {
				return err
			}
			return a.say(c, t, func(out io.Writer) { tellTrace(out, w, t) })
		})
	}
	return c
}

func tellTrace(out io.Writer, w *pipeline.Workspace, t *pipeline.Trace) {
	fmt.Fprintf(out, "%s %s（%s）\n", t.Indicator, t.Name, unitWords(w, t.Unit))
	tellEdition(out, t.Edition)
	fmt.Fprintf(out, "  数值　　%s（%s）\n", valueWords(t.Value), t.State)
	if t.File != "" {
		fmt.Fprintf(out, "  文件　　%s\n", t.File)
		fmt.Fprintf(out, "  SHA-256 %s\n", t.SHA256)
		fmt.Fprintf(out, "  单元格　%s!%s，原值 %s\n", t.Sheet, t.Cell, t.Raw)
		fmt.Fprintf(out, "  报送人　%s，渠道 %s\n", t.Sender, t.Channel)
		fmt.Fprintf(out, "  收到　　%s\n", clockWords(t.ReceivedAt))
		fmt.Fprintf(out, "  存档　　%s\n", t.Archive)
	}
	if t.Light != "" {
		fmt.Fprintf(out, "  进度灯　%s", t.Light)
		if t.Rule != "" {
			fmt.Fprintf(out, "（%s）", t.Rule)
		}
		fmt.Fprintln(out)
	}
	for _, x := range t.Computed {
		tellComputed(out, x)
	}
	for _, f := range t.Findings {
		fmt.Fprintf(out, "  审核　　%s\n", f)
	}
	for _, x := range t.Explanations {
		fmt.Fprintf(out, "  说明　　%s\n", x)
	}
	for _, v := range t.Versions {
		if len(t.Versions) > 1 {
			fmt.Fprintf(out, "  历次　　%s　%s的%s!%s　%s%s\n", clockWords(v.ReceivedAt), v.File, v.Sheet,
				v.Cell, v.Says, standingWords(v))
		}
	}
}

func standingWords(v pipeline.Reported) string {
	switch {
	case v.Counts:
		return "　采用"
	case v.Accepted:
		return "　已被替换"
	}
	return "　未采用"
}

func tellEdition(out io.Writer, e *pipeline.TraceEdition) {
	if e != nil {
		fmt.Fprintf(out, "  通报　　%s（%s，第%d版），%s\n", orDash(e.Number), e.Audience, e.Edition,
			clockWords(e.MadeAt))
	}
}

func tellComputed(out io.Writer, x pipeline.Computed) {
	fmt.Fprintf(out, "  %s　%s = %s\n", x.Name, x.Value, x.Formula)
	for _, p := range x.Parts {
		fmt.Fprintf(out, "    %s　%s（%s）\n", p.Name, orDash(p.Value), p.From)
	}
}

func tellTally(out io.Writer, t *pipeline.Tally) {
	fmt.Fprintln(out, t.Name)
	tellEdition(out, t.Edition)
	for _, x := range t.Counts {
		fmt.Fprintf(out, "  %s　%d项\n", x.Light, x.Count)
		for _, l := range x.Lines {
			fmt.Fprintf(out, "    %s\n", l)
		}
	}
	tellComputed(out, t.Share)
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
