package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/backup"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup [文件.zip|文件夹]",
		Short: "备份：台账、存档、设置、方案和密钥，一个 zip 文件",
		Long: "duban run 开着、正在收件时也可以备份：备份里是同一时刻的台账和它的全部原件，附文件清单和各自的\n" +
			"SHA-256。不写去处，就放进 duban.yaml 的 backup.dir，按 backup.keep 只留最近几份。\n" +
			"发件文件夹不在备份里，恢复时由台账重新生成；邮箱密码也不在里面。备份里有签名密钥，请妥善保管。",
		Example: "  duban backup\n  duban backup E:\\督办备份",
		Args:    atMostOne("一次备份到一处"),
		RunE: func(c *cobra.Command, args []string) error {
			to := ""
			if len(args) == 1 {
				to = args[0]
			}
			return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
				b, err := w.Backup(ctx, to)
				if err != nil {
					return err
				}
				err = a.say(c, b, func(out io.Writer) {
					fmt.Fprintf(out, "已备份到 %s：%d个文件，%s。\n", b.File, b.Members, bytesText(b.Size))
					lacks(out, b.Lacking)
					for _, f := range b.Removed {
						fmt.Fprintf(out, "删去较早的备份 %s\n", f)
					}
				})
				if err == nil && len(b.Lacking) > 0 {
					err = errReturned
				}
				return err
			})
		},
	}
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore 文件.zip 目录",
		Short: "恢复：从备份另建一个工作目录",
		Long: "逐个核对备份里每个文件的 SHA-256，全部无误才出现新的工作目录；不往已有的目录里恢复。\n" +
			"台账、存档和密钥照备份时的样子恢复，发件文件夹里的回执、填报表、通报由台账重新生成。",
		Example: "  duban restore E:\\督办备份\\duban-20250408-013000.zip 督办恢复",
		Args:    exactly(2, "要写明备份文件和新的工作目录"),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := pipeline.Restore(c.Context(), args[0], args[1], pipeline.Options{By: operator()})
			if err != nil {
				return err
			}
			err = a.say(c, r, func(out io.Writer) {
				fmt.Fprintf(out, "已恢复到 %s：%s时的%d个文件，发件文件夹重新生成%d个文件。\n",
					r.Workspace, clockWords(r.Moment), r.Members, r.Written)
				lacks(out, r.Lacking)
				for _, s := range r.Unwritten {
					fmt.Fprintf(out, "  没有写成　%s\n", s)
				}
				fmt.Fprintf(out, "请核对：duban -C %s doctor --deep\n", r.Workspace)
				fmt.Fprintln(out, "备份以后收到的报送件不在里面；原目录的存档（state/archive）还在的，请从中取出再交一次。")
			})
			if err == nil && len(r.Lacking)+len(r.Unwritten) > 0 {
				err = errReturned
			}
			return err
		},
	}
}

// lacks prints what a backup does not have.
func lacks(out io.Writer, all []backup.Lack) {
	for _, l := range all {
		fmt.Fprintf(out, "  没有备份好　%s：%s\n", l.Name, l.Why)
	}
}

// bytesText is a size as a person reads it.
func bytesText(n int64) string {
	if n < 10<<20 {
		return fmt.Sprintf("%d千字节", n>>10)
	}
	return fmt.Sprintf("%d兆字节", n>>20)
}
