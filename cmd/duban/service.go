package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) serviceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "service systemd|windows",
		Short: "开机常驻：按本工作目录生成 systemd 单元，或 Windows 开机任务的命令",
		Long: "只打印，不安装。systemd 单元权限收紧到只能写工作目录；Windows 用任务计划程序，不必登录，\n" +
			"出错自动重新启动。用法写在打印的内容里。",
		Example: "  duban -C /srv/duban service systemd > /etc/systemd/system/duban.service\n" +
			"  duban -C D:\\督办 service windows",
		Args:      exactly(1, "要写明 systemd 或 windows"),
		ValidArgs: []string{"systemd", "windows"},
		RunE: func(c *cobra.Command, args []string) error {
			program, err := os.Executable()
			if err != nil {
				return err
			}
			dir, err := filepath.Abs(a.dir)
			if err != nil {
				return err
			}
			text, err := pipeline.Service(args[0], program, dir)
			if err == nil {
				_, err = fmt.Fprint(c.OutOrStdout(), text)
			}
			return err
		},
	}
}
