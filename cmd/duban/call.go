package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"duban/pipeline/plan"
)

// callError is a wrong call: the command line itself cannot be understood.
type callError struct{ err error }

func (e *callError) Error() string {
	return e.err.Error() + "\n用 duban help 查看用法。"
}

// exactly asks for n arguments, in Chinese.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return &callError{fmt.Errorf("%s（应有%d个参数，现有%d个）", what, n, len(args))}
		}
		return nil
	}
}

func atMostOne(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 1 {
			return &callError{fmt.Errorf("%s（现有%d个参数）", what, len(args))}
		}
		return nil
	}
}

// noCommand refuses what is no command of ours.
func noCommand(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &callError{fmt.Errorf("%s 没有“%s”这个命令", c.CommandPath(), args[0])}
	}
	return nil
}

// flagError says in Chinese what is wrong with a flag.
func flagError(_ *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		err = fmt.Errorf("没有“%s”这个选项", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &bare):
		err = fmt.Errorf("选项“%s”后面要写明内容", dashed(bare.GetSpecifiedName()))
	case errors.As(err, &invalid):
		err = fmt.Errorf("选项“--%s”不能写成“%s”", invalid.GetFlag().Name, invalid.GetValue())
	default:
		err = fmt.Errorf("选项写法有误：%w", err)
	}
	return &callError{err}
}

// dashed is a flag as it is written on the command line.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// monthFlag adds --month, which parseMonth asks for.
func monthFlag(c *cobra.Command) *string {
	return c.Flags().String("month", "", "报送`期`，必填，如 2025-03")
}

func parseMonth(s string) (plan.Month, error) {
	if s == "" {
		return 0, &callError{errors.New("要用 --month 写明报送期，如 --month 2025-03")}
	}
	m, err := plan.ParseMonth(s)
	if err != nil || m == 0 {
		return 0, &callError{fmt.Errorf("--month 应写成 2025-03 的样子，现为“%s”", s)}
	}
	return m, nil
}
