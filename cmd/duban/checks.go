package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func (a *app) checksCommand() *cobra.Command {
	var month string
	cmd := &cobra.Command{
		Use:               "checks [代码]",
		Short:             "审核规则目录：代码、严重程度、含义和怎样改",
		Example:           "  duban checks\n  duban checks total-fell\n  duban checks --month 2025-03",
		Args:              atMostOne("最多写一个代码"),
		ValidArgsFunction: suggestRules,
		RunE: func(c *cobra.Command, args []string) error {
			var m plan.Month
			if month != "" {
				var err error
				if m, err = parseMonth(month); err != nil {
					return err
				}
			}
			rules, err := pipeline.RulesIn(a.dir, m)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				one, err := pipeline.RuleAmong(rules, args[0])
				if err != nil {
					return err
				}
				rules = []pipeline.Rule{one}
			}
			return a.say(c, rules, func(out io.Writer) {
				for _, r := range rules {
					if len(args) == 1 {
						fmt.Fprintf(out, "%s　%s　%s\n\n%s\n", r.Code, r.Severity.Chinese(), r.Title, r.Text)
						continue
					}
					fmt.Fprintf(out, "%s%s%s\n", pad(r.Code, 32), pad(r.Severity.Chinese(), 6), r.Title)
				}
			})
		},
	}
	cmd.Flags().StringVar(&month, "month", "", "按哪个报送`期`的严重程度，如 2025-03（不写为本月）")
	return cmd
}
