package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duban/pipeline"
)

func (a *app) manifestCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "manifest --month 2025-03 [文件]",
		Short: "签发一版通报的清单，供没有台账的人核验",
		Long: "清单列出这一版通报的文件、每项数据及其原件的SHA-256，用本工作目录的密钥签名（Ed25519）。\n" +
			"收到通报的单位用 duban verify --manifest 核验，不需要台账。公钥用 --public-key 显示，请另行公布。",
		Example: "  duban manifest --month 2025-03\n  duban manifest --public-key",
		Args:    atMostOne("一次签发一份清单"),
	}
	month := monthFlag(c)
	asked := editionFlags(c)
	unit := c.Flags().String("unit", "", "每个单位各一版的受众，写明哪个`单位`")
	public := c.Flags().Bool("public-key", false, "只显示公钥")
	c.RunE = func(c *cobra.Command, args []string) error {
		if *public {
			return a.with(c, func(_ context.Context, w *pipeline.Workspace) error {
				key, err := w.PublicKey()
				if err != nil {
					return err
				}
				return a.say(c, map[string]string{"public_key": key}, func(out io.Writer) {
					fmt.Fprintln(out, key)
				})
			})
		}
		var err error
		if asked.Month, err = parseMonth(*month); err != nil {
			return err
		}
		asked.Unit = *unit
		file := ""
		if len(args) == 1 {
			file = args[0]
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			file, err := w.Manifest(ctx, *asked, file)
			if err != nil {
				return err
			}
			return a.say(c, map[string]string{"file": file}, func(out io.Writer) {
				fmt.Fprintln(out, "清单已签发："+file)
			})
		})
	}
	return c
}

// editionFlags adds --edition and --audience, which name an edition of a month.
func editionFlags(c *cobra.Command) *pipeline.Asked {
	a := &pipeline.Asked{}
	c.Flags().IntVar(&a.Edition, "edition", 0, "第几`版`，不写就是最近一版")
	c.Flags().StringVar(&a.Audience, "audience", "", "哪个`受众`的通报，不写就是督查考核部门自己的")
	return a
}
