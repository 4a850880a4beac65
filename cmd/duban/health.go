package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

// lights are the words of a daemon's light.
var lights = map[string]string{"green": "正常", "yellow": "要留意", "red": "有故障"}

func (a *app) healthCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "health",
		Short: "常驻程序的运行状况，供监控程序查看",
		Long: "读 state/health.json（常驻程序每分钟写一次）和运行锁，不打开台账。\n" +
			"退出码 0 为正常或要留意（green、yellow），3 为有故障、没有在运行或已停止响应（red）。",
		Args: exactly(0, "health 不带参数"),
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := pipeline.HealthOf(a.dir, time.Now())
			if err != nil {
				return err
			}
			err = a.say(c, h, func(out io.Writer) {
				fmt.Fprintf(out, "%s\n", lights[h.Status])
				for _, r := range h.Reasons {
					fmt.Fprintf(out, "  %s\n", r)
				}
				if h.At != "" {
					fmt.Fprintf(out, "  截至%s：待发%d件，正在办%d件，磁盘剩余%d兆字节，最近查看收件%s\n",
						clockWords(h.At), h.Waiting, h.InWork, h.FreeMB, clockWords(h.LastSweep))
				}
			})
			if err == nil && !h.Good() {
				err = errReturned
			}
			return err
		},
	}
}
