package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) digestCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "digest --month 2025-03",
		Short: "出通报（PDF、XLSX），编号入账",
		Long: "出某月的通报，编发文字号。已经出过的月份，按台账重新生成同样的文件，不另编号；\n" +
			"要以补报、更正后的数据另出一版，用 duban rerun。",
		Example: "  duban digest --month 2025-03",
		Args:    exactly(0, "digest 不带参数，报送期用 --month 写明"),
	}
	month := monthFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error {
		m, err := parseMonth(*month)
		if err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			editions, err := w.Digest(ctx, m)
			if err != nil {
				return err
			}
			return a.say(c, editions, func(out io.Writer) { listEditions(out, editions) })
		})
	}
	return c
}

func listEditions(out io.Writer, editions []pipeline.Edition) {
	var units []pipeline.Edition
	for _, e := range editions {
		if e.Unit != "" {
			units = append(units, e)
			continue
		}
		fmt.Fprintf(out, "%s（%s，第%d版）\n", e.Number, e.Audience, e.Edition)
		for _, f := range e.Files {
			fmt.Fprintln(out, "  "+f)
		}
	}
	if n := len(units); n > 0 {
		fmt.Fprintf(out, "%s至%s（%s，%d份）\n  %s\n", units[0].Number, units[n-1].Number,
			units[0].Audience, n, filepath.Dir(units[0].Files[0]))
	}
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
