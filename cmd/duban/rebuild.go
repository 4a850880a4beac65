package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

// rebuild builds the ledger a second time and says how the two compare; status 1
// where they differ.
func (a *app) rebuild(c *cobra.Command) error {
	return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
		tenth := 0
		r, err := w.Rebuild(ctx, func(done, of int) {
			if now := 10 * done / of; now > tenth {
				tenth = now
				fmt.Fprintf(c.ErrOrStderr(), "重建：%d/%d\n", done, of)
			}
		})
		if err != nil {
			return err
		}
		if err := a.say(c, r, func(out io.Writer) { tellRebuilt(out, r) }); err != nil || r.Equal {
			return err
		}
		return fmt.Errorf("重建的台账与在用的不一致；在用的台账没有改动")
	})
}

func tellRebuilt(out io.Writer, r *pipeline.Rebuilt) {
	fmt.Fprintf(out, "从存档重做%d件事，逐行核对：\n", r.Events)
	for _, t := range r.Tables {
		switch {
		case t.Given != "":
			fmt.Fprintf(out, "  %s%7d行　未核对：%s\n", pad(t.Table, 18), t.Rows, t.Given)
		case t.Differ == 0:
			fmt.Fprintf(out, "  %s%7d行　一致\n", pad(t.Table, 18), t.Rows)
		default:
			fmt.Fprintf(out, "  %s%7d行　%d处不同\n", pad(t.Table, 18), t.Rows, t.Differ)
		}
		for _, line := range t.Lines {
			fmt.Fprintln(out, "      "+line)
		}
	}
	if r.Equal {
		fmt.Fprintln(out, "重建的台账与在用的逐行相同。")
	}
	for _, s := range r.Since {
		fmt.Fprintln(out, "差异可能由此而来　"+s)
	}
}
