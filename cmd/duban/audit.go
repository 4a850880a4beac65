package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

func (a *app) auditCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "audit",
		Short: "操作记录：谁在什么时候做了什么、为什么",
		Args:  exactly(0, "audit 不带参数"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				acts, err := w.Acts(ctx)
				if err != nil {
					return err
				}
				return a.say(c, acts, func(out io.Writer) {
					for _, x := range acts {
						fmt.Fprintf(out, "%s　%s　%s　%s\n", clockWords(x.At), x.Who, x.Act, x.Detail)
					}
				})
			})
		},
	}
	c.AddCommand(a.auditExportCommand())
	return c
}

func (a *app) auditExportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "export 文件.xlsx|文件.csv",
		Short: "导出供审计：收件、审核、决定、延期、豁免、通报、操作，带哈希链",
		Example: "  duban audit export 审计.xlsx\n" +
			"  duban audit export --from 2025-01-01 --to 2025-06-30 审计.csv",
		Args: exactly(1, "要写明导出到哪个文件"),
	}
	from := c.Flags().String("from", "", "从哪一`天`起，如 2025-01-01")
	to := c.Flags().String("to", "", "到哪一`天`止")
	c.RunE = func(c *cobra.Command, args []string) error {
		var days [2]plan.Date
		for i, x := range []struct{ flag, value string }{{"--from", *from}, {"--to", *to}} {
			var err error
			if days[i], err = plan.ParseDate(x.value); err != nil {
				return &callError{fmt.Errorf("%s 应写成 2025-01-01 的样子，现为“%s”", x.flag, x.value)}
			}
		}
		if !days[1].IsZero() && days[1].Compare(days[0]) < 0 {
			return &callError{fmt.Errorf("--to %s 早于 --from %s", days[1], days[0])}
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			n, err := w.ExportAudit(ctx, days[0], days[1], args[0])
			if err != nil {
				return err
			}
			result := map[string]any{"file": args[0], "records": n}
			return a.say(c, result, func(out io.Writer) {
				fmt.Fprintf(out, "已导出%d条：%s\n", n, args[0])
			})
		})
	}
	return c
}
