package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func (a *app) heldCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "held",
		Short: "待核实的报送件：编号、文件、原因",
		Long:  "来源对不上、凭证缺失或改动过的文件先放在一边，由人核实后放行（release）或不予接收（refuse）。",
		Args:  exactly(0, "held 不带参数"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				held, err := w.Held(ctx)
				if err != nil {
					return err
				}
				return a.say(c, held, func(out io.Writer) {
					if len(held) == 0 {
						fmt.Fprintln(out, "没有待核实的报送件。")
					}
					for _, h := range held {
						fmt.Fprintf(out, "第%d件　%s　%s　来自：%s（%s）\n", h.Number, clockWords(h.ReceivedAt), h.File,
							h.Sender, h.Channel)
						for _, why := range h.Why {
							fmt.Fprintf(out, "  %s\n", why)
						}
					}
				})
			})
		},
	}
}

func (a *app) releaseCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "release 编号|文件名|SHA-256 --unit 单位 --by 姓名 --why 理由",
		Short:   "放行：经核实，待核实的文件算某单位报送，重新审核并出回执",
		Long:    "放行后按该单位的报送重新审核，采用的数据入账，另出回执。文件上看不出报送期的，用 --month 写明。",
		Example: "  duban held\n  duban release 12 --unit 区教育局 --by 王敏 --why 电话核实，误放财政局文件夹",
		Args:    exactly(1, "要写明放行哪一件，见 duban held"),
	}
	unit := c.Flags().String("unit", "", "算哪个`单位`报送（全称、简称或代码）")
	month := c.Flags().String("month", "", "报送`期`，文件上看不出时写明")
	act := actFlags(c, false)
	c.RunE = func(c *cobra.Command, args []string) error {
		var m plan.Month
		if *month != "" {
			var err error
			if m, err = parseMonth(*month); err != nil {
				return err
			}
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			u, err := w.UnitNamed(*unit)
			if err != nil {
				return err
			}
			o, err := w.Release(ctx, args[0], u, m, *act)
			if err != nil {
				return err
			}
			return a.answered(c, []pipeline.Outcome{o}, nil)
		})
	}
	return c
}

func (a *app) refuseCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "refuse 编号|文件名|SHA-256 --by 姓名 --why 理由",
		Short:   "不予接收：经核实，待核实的文件不收，出回执说明",
		Example: "  duban refuse 12 --by 王敏 --why 非本区单位报送",
		Args:    exactly(1, "要写明哪一件不予接收，见 duban held"),
	}
	act := actFlags(c, false)
	c.RunE = func(c *cobra.Command, args []string) error {
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			o, err := w.Refuse(ctx, args[0], *act)
			if err != nil {
				return err
			}
			return a.say(c, o, func(out io.Writer) {
				fmt.Fprintf(out, "%s\n%s\n  回执：%s\n", o.File, o.Verdict, o.Receipt)
			})
		})
	}
	return c
}
