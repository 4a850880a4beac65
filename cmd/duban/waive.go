package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func (a *app) waiveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "waive --from 2025-03 [--to 2025-05] --rule|--indicator|--unit … --by --why --document",
		Short: "豁免：几个月内某条规则只作提示，或某单位、某指标免报",
		Long: "写了 --rule，该规则查出的问题只作提示，可以用 --indicator、--unit 限定范围；\n" +
			"没有写 --rule，则该指标、该单位这几个月免报，审核发现只作提示。\n" +
			"从登记起生效；以前审核过的月份，用 duban rerun 重跑后生效。--list 列出全部豁免。",
		Example: "  duban waive --rule total-fell --indicator T01-1 --unit 区人社局 " +
			"--from 2025-03 --to 2025-05 \\\n" +
			"    --by 王敏 --why 统计口径调整 --document 振政督〔2025〕9号\n  duban waive --list",
		Args: exactly(0, "waive 不带参数，都用选项写明"),
	}
	f := c.Flags()
	list := f.Bool("list", false, "列出全部豁免")
	rule := f.String("rule", "", "审核规则的`代码`，见 duban checks")
	item := f.String("indicator", "", "指标或任务`编号`，如 T01-1")
	unit := f.String("unit", "", "`单位`（全称、简称或代码）")
	from := f.String("from", "", "从哪个`期`起，如 2025-03")
	to := f.String("to", "", "到哪个`期`止；不写则只豁免一期")
	act := actFlags(c, true)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *list {
			return a.listWaivers(c)
		}
		v := pipeline.WaiverAsked{Rule: *rule, Item: *item}
		var err error
		if v.From, err = monthOf("--from", *from, 0); err != nil {
			return err
		}
		if v.To, err = monthOf("--to", *to, v.From); err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			if v.Unit, err = w.UnitNamed(*unit); err != nil {
				return err
			}
			made, err := w.Waive(ctx, v, *act)
			if err != nil {
				return err
			}
			return a.say(c, made, func(out io.Writer) { fmt.Fprintf(out, "已登记豁免：%s。\n", made.Words) })
		})
	}
	return c
}

func (a *app) listWaivers(c *cobra.Command) error {
	return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
		all, err := w.Waivers(ctx)
		if err != nil {
			return err
		}
		return a.say(c, all, func(out io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(out, "没有豁免。")
			}
			for _, v := range all {
				fmt.Fprintf(out, "%d　%s　%s，%s\n", v.ID, v.Words, v.By, v.Why)
			}
		})
	})
}

// monthOf reads a month given after a flag; other where none is given.
func monthOf(flag, s string, other plan.Month) (plan.Month, error) {
	if s == "" {
		if other == 0 {
			return 0, &callError{errors.New("要用 " + flag + " 写明报送期，如 " + flag + " 2025-03")}
		}
		return other, nil
	}
	m, err := plan.ParseMonth(s)
	if err != nil || m == 0 {
		return 0, &callError{fmt.Errorf("%s 应写成 2025-03 的样子，现为“%s”", flag, s)}
	}
	return m, nil
}

func (a *app) extendCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "extend --month 2025-03 --unit 单位 --until \"2025-04-15 18:00\" --by --why --document",
		Short: "延期：同意某单位某月晚些报送",
		Long: "同意延期的单位，在延长的时间以前报送不算迟报，回执和通报都会写明。\n" +
			"同一单位同一月再次登记的，以后一次为准。--list 列出全部延期。",
		Example: "  duban extend --month 2025-03 --unit 区人社局 --until \"2025-04-15 18:00\" \\\n" +
			"    --by 王敏 --why 业务系统切换 --document 振政督〔2025〕10号\n  duban extend --list",
		Args: exactly(0, "extend 不带参数，都用选项写明"),
	}
	month := monthFlag(c)
	f := c.Flags()
	list := f.Bool("list", false, "列出全部延期")
	unit := f.String("unit", "", "`单位`（全称、简称或代码）")
	until := f.String("until", "", "延到什么`时间`，如 \"2025-04-15 18:00\"")
	act := actFlags(c, true)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *list {
			return a.listExtensions(c)
		}
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		at, err := parseMoment("--until", *until)
		if err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			u, err := w.UnitNamed(*unit)
			if err != nil {
				return err
			}
			made, err := w.Extend(ctx, u, m, at, *act)
			if err != nil {
				return err
			}
			return a.say(c, made, func(out io.Writer) { fmt.Fprintf(out, "已登记延期：%s。\n", made.Words) })
		})
	}
	return c
}

func (a *app) listExtensions(c *cobra.Command) error {
	return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
		all, err := w.Extensions(ctx)
		if err != nil {
			return err
		}
		return a.say(c, all, func(out io.Writer) {
			if len(all) == 0 {
				fmt.Fprintln(out, "没有延期。")
			}
			for _, e := range all {
				fmt.Fprintf(out, "%d　%s　%s，%s\n", e.ID, e.Words, e.By, e.Why)
			}
		})
	})
}
