package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/doctor"
)

// severities are the words of what the doctor finds.
var severities = map[doctor.Severity]string{
	doctor.Error: "错误", doctor.Warning: "警告", doctor.Note: "提示",
}

func (a *app) doctorCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor [--deep] [--mend]",
		Short: "体检：设置、磁盘、台账、存档、收件和发件，有什么不对、怎样改",
		Long: "一行一条：轻重、什么不对、在哪里、怎样改。什么也不改动，duban run 开着也能查；工作目录打不开也能查。\n" +
			"退出码 0 为没有错误和警告，3 为有；提示不算。",
		Example: "  duban doctor\n  duban doctor --deep",
		Args:    exactly(0, "doctor 不带参数"),
	}
	deep := c.Flags().Bool("deep", false, "把存档的原件逐个读一遍，核对 SHA-256；把台账的哈希链从头算一遍")
	mend := c.Flags().Bool("mend", false, "把发件文件夹里缺的文件按台账重新写出")
	c.RunE = func(c *cobra.Command, _ []string) error {
		d, err := pipeline.Examine(c.Context(), a.dir, pipeline.Checkup{
			Options: pipeline.Options{By: operator()}, Deep: *deep, Mend: *mend})
		if err != nil {
			return err
		}
		err = a.say(c, d, func(out io.Writer) {
			for _, f := range d.Mended {
				fmt.Fprintf(out, "补写　%s\n", f)
			}
			for _, s := range d.Symptoms {
				fmt.Fprintf(out, "%s　%s　%s　%s\n", severities[s.Severity], s.What, s.Where, s.Fix)
			}
			if len(d.Symptoms) == 0 {
				fmt.Fprintln(out, "一切正常。")
			}
		})
		if err == nil && !doctor.Healthy(d.Symptoms) {
			err = errReturned
		}
		return err
	}
	return c
}
