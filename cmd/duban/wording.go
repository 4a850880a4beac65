package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) wordingCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "wording",
		Short: "文字：通报、回执、填报表上的话，列出、检查、导出来改",
		Long: "列出各个文字文件：哪些是本单位自己的，改了哪些部分。\n" +
			"本单位的文字放在工作目录的 templates 文件夹，没有的用程序自带的。",
		Example: "  duban wording\n  duban wording export receipt.txt\n  duban wording check",
		Args:    noCommand,
		RunE:    a.listWording,
	}
	c.AddCommand(a.wordingCheckCommand(), a.wordingExportCommand())
	return c
}

func (a *app) listWording(c *cobra.Command, _ []string) error {
	all, strange, err := pipeline.WordingIn(a.dir)
	if err != nil {
		return err
	}
	result := map[string]any{"files": all, "unknown": append([]string{}, strange...)}
	return a.say(c, result, func(out io.Writer) {
		for _, t := range all {
			fmt.Fprintf(out, "%s%s%s\n", pad(t.Name, 14), pad(t.Title, 30), ownWords(t))
		}
		for _, file := range strange {
			fmt.Fprintf(out, "%s 不是上列文字文件，不起作用；要用的，改成上列名称。\n", slashed(file))
		}
	})
}

// ownWords says what of a text is the office's own.
func ownWords(t pipeline.Text) string {
	switch {
	case !t.Own:
		return "程序自带"
	case len(t.Faults) > 0:
		return fmt.Sprintf("本单位的，有%d处错误，用 duban wording check 查看", len(t.Faults))
	case len(t.Parts) == 0:
		return "本单位的，与程序自带的相同"
	}
	return "本单位的，改了 " + strings.Join(t.Parts, "、")
}

func (a *app) wordingCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "检查本单位的文字，逐处指出文件、部分、行号和改法",
		Args:  noCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := pipeline.CheckWording(a.dir); err != nil {
				return err
			}
			all, _, err := pipeline.WordingIn(a.dir)
			if err != nil {
				return err
			}
			return a.say(c, all, func(out io.Writer) {
				own := 0
				for _, t := range all {
					if t.Own {
						own++
					}
				}
				fmt.Fprintf(out, "文字无误：本单位的%d个，程序自带的%d个。\n", own, len(all)-own)
			})
		},
	}
}

func (a *app) wordingExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export [名称…]",
		Short: "把程序自带的文字放进工作目录的 templates 文件夹，供修改",
		Long: "把程序自带的文字放进工作目录的 templates 文件夹，供修改；不写名称，就是全部。\n" +
			"已经有的不覆盖。",
		Example:           "  duban wording export digest.txt receipt.txt",
		ValidArgsFunction: a.suggestTexts,
		RunE: func(c *cobra.Command, args []string) error {
			written, err := pipeline.ExportWording(a.dir, args)
			if err != nil {
				return err
			}
			return a.say(c, written, func(out io.Writer) {
				for _, t := range written {
					fmt.Fprintln(out, slashed(t.File))
				}
				if len(written) == 0 {
					fmt.Fprintln(out, "本单位都已经有了，没有覆盖。")
					return
				}
				fmt.Fprint(out, "用记事本改好存盘，运行 duban wording check；没有错的，一两分钟后生效。\n"+
					"只改几句的，文件里只留那几个部分；要改回去，把文件移走。\n")
			})
		},
	}
}
