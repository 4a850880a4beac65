package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) outgoingCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "outgoing",
		Short: "还没有发出的邮件和文件：状态、试过几次、为什么",
		Long: "邮件发不出去的，一分钟后起逐渐拉长间隔自动再试，试满一天停发；被对方拒收的当即停发。\n" +
			"停发的用 duban outgoing retry 再试。",
		Args: exactly(0, "outgoing 不带参数；重试用 duban outgoing retry"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				all, err := w.Backlog(ctx)
				if err != nil {
					return err
				}
				return a.say(c, all, func(out io.Writer) { backlog(out, all) })
			})
		},
	}
	c.AddCommand(a.retryCommand())
	return c
}

func backlog(out io.Writer, all []pipeline.Waiting) {
	if len(all) == 0 {
		fmt.Fprintln(out, "没有待发的。")
	}
	for _, x := range all {
		to := x.To
		if to != "" {
			to = "发给 " + to + "　"
		}
		fmt.Fprintf(out, "第%d件　%s　%s%s　自%s\n", x.Number, x.State, to, x.What, clockWords(x.Since))
		if x.Why != "" {
			fmt.Fprintf(out, "  试过%d次：%s\n", x.Tries, x.Why)
		}
	}
}

func (a *app) retryCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "retry [编号…]",
		Short:   "立即重试：写明编号的，不写就是试过没发出去的全部",
		Example: "  duban outgoing\n  duban outgoing retry 12 15",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			var numbers []int64
			for _, s := range args {
				n, err := strconv.ParseInt(s, 10, 64)
				if err != nil || n < 1 {
					return &callError{fmt.Errorf("编号应为数字，现为 %q；用 duban outgoing 查看", s)}
				}
				numbers = append(numbers, n)
			}
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				n, err := w.Retry(ctx, numbers...)
				if err != nil {
					return err
				}
				return a.say(c, map[string]int{"retried": n}, func(out io.Writer) {
					fmt.Fprintf(out, "%d件立即重试，由 duban run 或 duban once 发出。\n", n)
				})
			})
		},
	}
}
