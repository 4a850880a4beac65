package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) diffCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "diff --month 2025-03 第几版 第几版",
		Short: "比较某月的两版通报：每处变化和原因，各自的依据",
		Long: "按台账里保存的内容比较两版，不重新核算；依据包括报送件、方案、规则、延期和豁免、设置和\n" +
			"程序。不写 --audience 的，比较督查考核部门自己的通报。",
		Example: "  duban diff --month 2025-03 1 2\n" +
			"  duban diff --month 2025-03 1 3 --audience 区残联",
		Args: exactly(2, "diff 要写明两版，如 duban diff --month 2025-03 1 2"),
	}
	month := monthFlag(c)
	audience := c.Flags().String("audience", "", "`受众`名称，或单位")
	c.RunE = func(c *cobra.Command, args []string) error {
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		var n [2]int
		for i, s := range args {
			if n[i], err = strconv.Atoi(s); err != nil || n[i] < 1 {
				return &callError{fmt.Errorf("版次应写成 1、2 这样的数字，现为“%s”", s)}
			}
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			d, err := w.Diff(ctx, m, n[0], n[1], *audience)
			if err != nil {
				return err
			}
			return a.say(c, d, func(out io.Writer) { tellDifference(out, d) })
		})
	}
	return c
}

func tellDifference(out io.Writer, d *pipeline.Difference) {
	const width = 26
	fmt.Fprintln(out, pad("", 12)+pad(fmt.Sprintf("第%d版", d.Before.Edition), width)+
		fmt.Sprintf("第%d版", d.After.Edition))
	for _, row := range d.Inputs() {
		mark := ""
		if row.Before != row.After {
			mark = "　←不同"
		}
		fmt.Fprintln(out, pad(row.What, 12)+pad(orDash(clockWords(row.Before)), width)+
			orDash(clockWords(row.After))+mark)
	}
	if len(d.Changes) == 0 {
		fmt.Fprintln(out, "各项数据一致。")
		return
	}
	fmt.Fprintf(out, "有%d处变化：\n", len(d.Changes))
	listChanges(out, d.Changes, "")
}
