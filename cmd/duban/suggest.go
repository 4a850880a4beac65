package main

import (
	"time"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// suggest gives the shell what may follow --month and --unit.
func (a *app) suggest(root *cobra.Command) {
	for _, c := range root.Commands() {
		for name, words := range map[string]func() []string{
			"month": recentMonths, "unit": a.unitNames,
		} {
			if c.Flags().Lookup(name) == nil {
				continue
			}
			err := c.RegisterFlagCompletionFunc(name,
				func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
					return words(), cobra.ShellCompDirectiveNoFileComp
				})
			if err != nil {
				panic("duban: " + err.Error()) // a flag of ours named twice
			}
		}
	}
}

// recentMonths are this month and the eleven before, the latest first.
func recentMonths() []string {
	var out []string
	for m, n := plan.MonthAt(time.Now().In(schedule.Zone)), 0; n < 12; n++ {
		out = append(out, (m - plan.Month(n)).String())
	}
	return out
}

// unitNames are the units of the workspace's plan; none where there is no
// workspace.
func (a *app) unitNames() []string {
	p, err := pipeline.PlanOf(a.dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, u := range p.Units {
		out = append(out, u.Name)
	}
	return out
}

func (a *app) suggestIndicators(_ *cobra.Command, args []string, _ string) (
	[]string, cobra.ShellCompDirective) {
	p, err := pipeline.PlanOf(a.dir)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, it := range p.Items {
		for _, ind := range it.Indicators {
			out = append(out, ind.ID+"\t"+ind.Name)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func suggestRules(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, r := range pipeline.Rules() {
		if len(args) == 0 {
			out = append(out, r.Code+"\t"+r.Title)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// suggestTexts are the texts that the office does not word itself.
func (a *app) suggestTexts(_ *cobra.Command, _ []string, _ string) (
	[]string, cobra.ShellCompDirective) {
	all, _, err := pipeline.WordingIn(a.dir)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, t := range all {
		if !t.Own {
			out = append(out, t.Name+"\t"+t.Title)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
