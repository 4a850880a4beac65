package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// verified is everything verify says, in JSON.
type verified struct {
	Right    bool                  `json:"right"`
	Ledger   *pipeline.LedgerProof `json:"ledger,omitempty"`
	Manifest []pipeline.Flaw       `json:"manifest,omitempty"` // what is wrong with it
	Papers   []pipeline.PaperProof `json:"papers,omitempty"`
}

func (a *app) verifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify [通报文件…]",
		Short: "核验：通报是不是原件、每个数对不对，台账和存档有没有被改动",
		Long: "不带文件：核验整个台账（哈希链）、存档的原件、历次通报和发件箱里的通报文件。\n" +
			"带文件：说明每个文件是哪一版通报、有没有改动、改在哪里、所列数据与台账和原件是否一致。\n" +
			"带 --manifest：凭签名的清单核验，没有台账也可以；在工作目录中还会与台账核对。\n" +
			"核验只读不写，不改动任何文件。\n\n" +
			"退出码：0 全部无误；3 发现问题，逐条列出；2 文件不是本台账的通报，或命令写得不对。",
		Example: "  duban verify\n  duban verify 督查通报-2025年3月-第1版.pdf\n" +
			"  duban verify --manifest 督查通报-2025年3月-第1版.manifest.json 督查通报-2025年3月-第1版.xlsx",
	}
	manifest := c.Flags().String("manifest", "", "凭这份签名的`清单`核验")
	key := c.Flags().String("key", "", "签发单位公布的`公钥`，用于核对清单由谁签发")
	c.RunE = func(c *cobra.Command, files []string) error {
		v, err := a.verify(c.Context(), c, files, *manifest, *key)
		if err != nil {
			return err
		}
		v.judge()
		if err := a.say(c, v, func(out io.Writer) { v.tell(out) }); err != nil {
			return err
		}
		for _, p := range v.Papers {
			if !p.Known() {
				return &pipeline.UserError{What: "有文件不是本台账的通报",
					Fix: "核对文件，或到出通报的工作目录中核验（-C 目录）。"}
			}
		}
		if !v.Right {
			return errReturned
		}
		return nil
	}
	return c
}

func (a *app) verify(ctx context.Context, c *cobra.Command, files []string, manifest,
	key string) (*verified, error) {
	v := &verified{}
	if manifest == "" {
		return v, a.examine(c, v, func(w *pipeline.Workspace) error {
			if len(files) == 0 {
				proof, err := w.Verify(ctx)
				v.Ledger = &proof
				return err
			}
			papers, proof, err := w.VerifyPapers(ctx, files)
			v.Papers, v.Ledger = papers, &proof
			return err
		})
	}
	m, err := pipeline.ReadManifest(manifest)
	if err != nil {
		return nil, err
	}
	if v.Manifest, v.Papers, err = pipeline.VerifyManifest(m, key, files); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(a.dir, "duban.yaml")); err != nil {
		return v, nil // with the manifest alone
	}
	return v, a.examine(c, v, func(w *pipeline.Workspace) error {
		flaws, err := w.VerifyOwn(ctx, m)
		v.Manifest = append(v.Manifest, flaws...)
		return err
	})
}

// examine opens the workspace to be looked at only. A ledger that is gone or
// damaged is what verify was asked to find.
func (a *app) examine(c *cobra.Command, v *verified, work func(*pipeline.Workspace) error) error {
	w, err := a.open(c, true)
	if err == nil {
		err = errors.Join(work(w), w.Close())
	}
	var fault *ledger.Fault
	if !errors.As(err, &fault) || errors.Is(err, ledger.ErrBusy) || errors.Is(err, ledger.ErrOlder) {
		return err
	}
	v.Ledger = &pipeline.LedgerProof{Flaws: []pipeline.Flaw{{Code: pipeline.FlawChain,
		Where: "duban.db", What: fault.What + "。"}}}
	return nil
}

// judge finds whether all is right.
func (v *verified) judge() {
	v.Right = len(v.Manifest) == 0 && (v.Ledger == nil || len(v.Ledger.Flaws) == 0)
	for _, p := range v.Papers {
		v.Right = v.Right && len(p.Flaws) == 0
	}
}

func (v *verified) tell(out io.Writer) {
	for _, p := range v.Papers {
		tellPaper(out, p)
	}
	if v.Manifest != nil {
		fmt.Fprintln(out, "清单：")
		tellFlaws(out, v.Manifest, "签名和所列内容无误")
	}
	if l := v.Ledger; l != nil {
		fmt.Fprintf(out, "台账：哈希链%d环", l.Links)
		if l.Originals+l.Editions > 0 {
			fmt.Fprintf(out, "，原件%d件，数据%d项，通报%d版，发件箱中的通报文件%d个",
				l.Originals, l.Figures, l.Editions, l.Papers)
		}
		fmt.Fprintln(out)
		if l.CellsOnly > 0 {
			fmt.Fprintf(out, "  其中%d项由别的版本的程序或方案审核，只核对了单元格原值\n", l.CellsOnly)
		}
		tellFlaws(out, l.Flaws, "无误")
		if l.Head != "" {
			fmt.Fprintln(out, "  链末 "+l.Head)
		}
	}
}

func tellPaper(out io.Writer, p pipeline.PaperProof) {
	fmt.Fprintln(out, p.File)
	if p.Known() {
		month := p.Month
		if m, err := plan.ParseMonth(month); err == nil {
			month = m.Chinese()
		}
		fmt.Fprintf(out, "  %s　%s通报（%s，第%d版），列数据%d项\n", orDash(p.Number), month,
			p.Audience, p.Edition, p.Figures)
	}
	right := "是写出时的原件，没有改动，所列数据无误"
	tellFlaws(out, p.Flaws, right)
	if p.Unchanged && len(p.Flaws) > 0 {
		fmt.Fprintln(out, "  文件本身是写出时的原件，没有改动")
	}
}

func tellFlaws(out io.Writer, flaws []pipeline.Flaw, right string) {
	if len(flaws) == 0 {
		fmt.Fprintln(out, "  "+right)
	}
	for _, f := range flaws {
		fmt.Fprintln(out, "  ✗ "+f.What)
	}
}
