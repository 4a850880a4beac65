package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

func (a *app) submitCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "submit 文件… [--dry-run] [--unit 单位] [--received 时间 --by 姓名]",
		Short: "柜台收件：把填好的表交进来，审核并出回执",
		Long: "与收件文件夹走同一条路。--dry-run 是预检：只出回执，不收不记。\n" +
			"--received 记下实际收到的时间，须同时用 --by 写明经手人。",
		Example: "  duban submit 区教育局-3月.xlsx\n" +
			"  duban submit 表.xlsx --received \"2025-04-05 16:30\" --by 王敏",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &callError{fmt.Errorf("要写明交哪个文件")}
			}
			return nil
		},
	}
	f := c.Flags()
	dry := f.Bool("dry-run", false, "预检：只审核、出回执，不收")
	unit := f.String("unit", "", "由哪个`单位`送来（全称、简称或代码）")
	received := f.String("received", "", "实际收到的`时间`，如 \"2025-04-05 16:30\"")
	by := f.String("by", "", "经手人`姓名`")
	c.RunE = func(c *cobra.Command, args []string) error {
		h := pipeline.Handing{DryRun: *dry, By: pipeline.Act{By: *by}.Plain().By}
		var err error
		if h.Received, err = parseReceived(*received, *by); err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			if h.Unit, err = w.UnitNamed(*unit); err != nil {
				return err
			}
			results, err := w.Submit(ctx, args, h)
			return a.answered(c, results, err)
		})
	}
	return c
}

func parseReceived(s, by string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if by == "" {
		return time.Time{}, &callError{fmt.Errorf("--received 要与 --by 经手人 一起用")}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05",
		"2006-01-02T15:04", time.RFC3339, time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, schedule.Zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &callError{fmt.Errorf(
		"--received 应写成 \"2025-04-05 16:30\" 的样子，现为 %q", s)}
}

// place is where a finding stands, 填报!J7 with a blank behind it; "" where it
// is about the whole file.
func place(f plan.Finding) string {
	switch {
	case f.Cell == "":
		return ""
	case f.Sheet == "":
		return f.Cell + " "
	}
	return f.Sheet + "!" + f.Cell + " "
}

// answered prints what became of each file; anything returned or held makes
// the exit status 3. A partial sheet of which nothing was refused does not.
// What was taken before a fault is told too.
func (a *app) answered(c *cobra.Command, results []pipeline.Outcome, fault error) error {
	if fault != nil && len(results) == 0 {
		return fault
	}
	err := a.say(c, results, func(out io.Writer) {
		for _, r := range results {
			fmt.Fprintf(out, "%s\n%s\n", r.File, r.Verdict)
			for _, f := range r.Findings {
				fmt.Fprintf(out, "  [%s] %s%s\n", f.Severity.Chinese(), place(f), f.Message)
				if f.Fix != "" {
					fmt.Fprintf(out, "         怎样改：%s\n", f.Fix)
				}
			}
			if r.Receipt != "" {
				fmt.Fprintf(out, "  回执：%s\n", r.Receipt)
				if r.Transcript != "" {
					fmt.Fprintf(out, "  代转抄：%s\n", r.Transcript)
				}
			}
		}
	})
	if err := errors.Join(fault, err); err != nil {
		return err
	}
	for _, r := range results {
		switch r.State {
		case plan.Returned, plan.Quarantined:
			return errReturned
		}
		for _, f := range r.Findings {
			if f.Severity == plan.Reject {
				return errReturned
			}
		}
	}
	return nil
}
