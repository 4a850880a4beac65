package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "init 目录",
		Short:   "新建工作目录：设置、方案、单位、收件和发件文件夹",
		Example: "  duban init 督办2025",
		Args:    exactly(1, "要写明新工作目录"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := pipeline.Init(args[0]); err != nil {
				return err
			}
			return a.say(c, map[string]string{"workspace": args[0]}, func(w io.Writer) {
				fmt.Fprintf(w, "工作目录 %s 已建好。下一步：\n", args[0])
				fmt.Fprintf(w, "  1. 打开 %s/duban.yaml，核对单位名称、红头和定时；\n", args[0])
				fmt.Fprintf(w, "  2. 核对 %s/plan/ 里的方案和单位，再运行 duban -C %s plan check；\n",
					args[0], args[0])
				fmt.Fprintf(w, "  3. duban -C %s open --month 上月，填写期初数。\n", args[0])
			})
		},
	}
}
