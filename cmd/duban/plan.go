package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func (a *app) planCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "plan",
		Short: "实施方案：检查、查看、导出、调整",
		Args:  noCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.planCheckCommand(), a.planShowCommand(), a.planExportCommand(),
		a.planAdjustCommand(), a.planAdjustmentsCommand())
	return c
}

// planMonthFlag is the month whose plan is shown.
func planMonthFlag(c *cobra.Command) *string {
	return c.Flags().String("month", "", "哪个`期`执行的方案，如 2025-06；不写为经全部计划调整以后的")
}

// planIn is the file named, or the workspace's plan, as it is in force in a
// month; without a month, under all its adjustments.
func (a *app) planIn(args []string, month string) (*plan.Plan, error) {
	p, err := a.thePlan(args)
	if err != nil || month == "" {
		return p, err
	}
	m, err := monthOf("--month", month, 0)
	if err != nil {
		return nil, err
	}
	return p.In(m), nil
}

// thePlan is the file named, or the workspace's plan.
func (a *app) thePlan(args []string) (*plan.Plan, error) {
	if len(args) > 0 {
		return pipeline.ReadPlan(args[0])
	}
	return pipeline.PlanOf(a.dir)
}

func (a *app) planCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "check [文件]",
		Short:   "检查方案文件，逐条指出文件和行号",
		Example: "  duban plan check plan/plan.yaml",
		Args:    atMostOne("最多写一个方案文件"),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := a.thePlan(args)
			if err != nil {
				return err
			}
			indicators := 0
			for range p.Indicators() {
				indicators++
			}
			result := map[string]any{"version": p.Version, "units": len(p.Units),
				"items": len(p.Items), "indicators": indicators,
				"adjustments": len(p.Adjustments)}
			return a.say(c, result, func(w io.Writer) {
				fmt.Fprintf(w, "方案无误：%s（%s），单位%d家，事项%d项，指标%d项",
					p.Title, p.Version, len(p.Units), len(p.Items), indicators)
				if n := len(p.Adjustments); n > 0 {
					fmt.Fprintf(w, "，计划调整%d项", n)
				}
				fmt.Fprintln(w, "。")
			})
		},
	}
}

func (a *app) planShowCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "show [文件]",
		Short: "按事项列出指标、目标和责任单位",
		Args:  atMostOne("最多写一个方案文件"),
	}
	month := planMonthFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		p, err := a.planIn(args, *month)
		if err != nil {
			return err
		}
		if a.json {
			return export(c, p)
		}
		show(c.OutOrStdout(), p)
		return nil
	}
	return c
}

func show(w io.Writer, p *plan.Plan) {
	fmt.Fprintf(w, "%s　%s印发\n", p.Title, p.Issued.Chinese())
	for _, it := range p.Items {
		fmt.Fprintf(w, "\n%s %s", it.ID, it.Title)
		if len(it.Leads) > 0 {
			fmt.Fprintf(w, "　牵头：%s", unitList(it.Leads))
		}
		fmt.Fprintln(w)
		for _, ind := range it.Indicators {
			fmt.Fprintf(w, "  %-7s %s　目标 %s　%s前", ind.ID, ind.Name, ind.TargetText(), ind.Due)
			if len(ind.Reporters) > 0 && !slices.Equal(ind.Reporters, it.Leads) {
				fmt.Fprintf(w, "　报送：%s", unitList(ind.Reporters))
			}
			if ind.Note != "" {
				fmt.Fprintf(w, "　注：%s", ind.Note)
			}
			fmt.Fprintln(w)
		}
	}
}

func unitList(units []*plan.Unit) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	return strings.Join(names, "、")
}

func (a *app) planExportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export [文件]",
		Short: "把方案导出为一份 JSON",
		Args:  atMostOne("最多写一个方案文件"),
	}
	month := planMonthFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		p, err := a.planIn(args, *month)
		if err != nil {
			return err
		}
		return export(c, p)
	}
	return c
}

func export(c *cobra.Command, p *plan.Plan) error {
	b, err := p.Export()
	if err != nil {
		return err
	}
	_, err = c.OutOrStdout().Write(b)
	return err
}

// slashed shows a path the same way on every machine.
func slashed(path string) string { return filepath.ToSlash(path) }
