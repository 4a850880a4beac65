package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

// askedFlags is what of an adjustment is given by flags.
type askedFlags struct {
	plan.Asked
	from, due, file             string
	drop, external, retroactive bool
}

func (a *app) planAdjustCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "adjust --indicator T01-1 --from 2025-07 --target 13000 --document --by --why",
		Short: "计划调整：改目标、时限、报送单位，新增、取消指标，写入另行下达的目标",
		Long: "从生效月份起执行，写在方案文件夹的 adjustments.yaml 末尾；以前各月仍按当时的方案，\n" +
			"重跑也不变。一次登记一项，先核对全部方案，核对不过的不写。\n" +
			"指标还没有目标值的，--target 即为目标下达；--indicator 也可以写没有指标的任务（改报送单位、取消）。\n" +
			"通报已经印发的月份不能再调，确要追溯的加 --retroactive，再逐月用 duban rerun 重跑。\n" +
			"正在运行的 duban run 一两分钟后按新的方案办理。",
		Example: "  duban plan adjust --indicator T01-1 --target 13000 --from 2025-07 \\\n" +
			"      --document 振政办〔2025〕8号 --by 王敏 --why 省下达任务增加\n" +
			"  duban plan adjust --indicator T01-3 --reporters 区教育局 --from 2025-07 \\\n" +
			"      --document 振政办〔2025〕8号 --by 王敏 --why 职责移交\n" +
			"  duban plan adjust --new 指标.yaml --from 2025-07 --document 振政办〔2025〕8号 --by 王敏 --why 新增任务",
		Args: exactly(0, "adjust 不带参数，都用选项写明"),
	}
	x := &askedFlags{}
	f := c.Flags()
	f.StringVar(&x.ID, "indicator", "", "指标`编号`，如 T01-1")
	f.StringVar(&x.from, "from", "", "从哪个`期`起执行，如 2025-07")
	f.StringVar(&x.Target, "target", "", "新的目标`值`，按计量单位写足")
	f.StringVar(&x.AsWritten, "as-written", "", "目标在文件里的原文`写法`，如 1.3万人以上")
	f.StringVar(&x.Baseline, "baseline", "", "基期`值`，随目标一起写")
	f.StringVar(&x.Measure, "measure", "", "目标下达时才定的计量`单位`")
	f.StringSliceVar(&x.Phases, "phase", nil, "新的分阶段目标，如 `2025-12=8000`；可写多个，不写的沿用原来的")
	f.StringVar(&x.due, "due", "", "新的完成`时限`，如 2025-12")
	f.StringSliceVar(&x.Reporters, "reporters", nil, "新的报送`单位`，可写多个，用逗号隔开")
	f.BoolVar(&x.drop, "drop", false, "取消这个指标或任务")
	f.StringVar(&x.file, "new", "", "新增指标：写着该指标的`文件`，写法同 tasks.yaml 里的一个指标")
	f.BoolVar(&x.external, "external", false, "另行下达的目标到了（可不写，程序会判断）")
	f.BoolVar(&x.retroactive, "retroactive", false, "追溯到已经印发通报的月份")
	act := actFlags(c, true)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			if err := x.settle(w.Plan); err != nil {
				return err
			}
			made, err := w.Adjust(ctx, x.Asked, x.retroactive, *act)
			if err != nil {
				return err
			}
			return a.say(c, made, func(out io.Writer) { sayAdjusted(out, made) })
		})
	}
	return c
}

// settle finds the kind of adjustment, of which exactly one must be asked for,
// and reads what stands in files and months.
func (x *askedFlags) settle(p *plan.Plan) error {
	var err error
	if x.From, err = monthOf("--from", x.from, 0); err != nil {
		return err
	}
	var kinds []plan.AdjustmentKind
	for _, k := range []struct {
		asked bool
		kind  plan.AdjustmentKind
	}{
		{x.Target != "" || x.external, x.targetKind(p)}, {x.due != "", plan.ChangeDue},
		{len(x.Reporters) > 0, plan.ChangeReporters}, {x.drop, plan.Drop},
		{x.file != "", plan.AddIndicator},
	} {
		if k.asked {
			kinds = append(kinds, k.kind)
		}
	}
	if len(kinds) != 1 {
		return &callError{errors.New("--target、--due、--reporters、--drop、--new 要写一个，且只写一个；" +
			"几项调整分几次登记")}
	}
	x.Kind = kinds[0]
	if x.ID == "" && x.Kind != plan.AddIndicator {
		return &callError{errors.New("要用 --indicator 写明指标编号，如 --indicator T01-1")}
	}
	if x.due != "" {
		x.Due, err = monthOf("--due", x.due, 0)
	}
	if x.file != "" {
		var b []byte
		if b, err = os.ReadFile(x.file); err != nil {
			return &pipeline.UserError{What: "新增指标的文件打不开", Err: err, Fix: "核对 --new 后的文件名。"}
		}
		x.New = string(b)
	}
	return err
}

// targetKind tells a first target from a changed one.
func (x *askedFlags) targetKind(p *plan.Plan) plan.AdjustmentKind {
	ind := p.In(x.From).Indicator(x.ID)
	if x.external || ind != nil && !ind.Target.Known() {
		return plan.SetTarget
	}
	return plan.ChangeTarget
}

func sayAdjusted(out io.Writer, made pipeline.Adjustment) {
	fmt.Fprintf(out, "已登记计划调整：%s。方案版本 %s。\n", made.Words, made.Version)
	if len(made.Reissue) > 0 {
		fmt.Fprintf(out, "填报表已经下发的月份：%s，请用 duban forms --month 重新下发；按旧表报来的照收。\n",
			strings.Join(made.Reissue, "、"))
	}
	if len(made.Rerun) > 0 {
		fmt.Fprintf(out, "通报已经印发的月份：%s，要用 duban rerun --month 逐月重跑，才按新的方案。\n",
			strings.Join(made.Rerun, "、"))
	}
	if made.Running {
		fmt.Fprintln(out, "duban run 正在运行，一两分钟后按新的方案办理。")
	}
}

func (a *app) planAdjustmentsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "adjustments [文件]",
		Short: "列出全部计划调整",
		Args:  atMostOne("最多写一个方案文件"),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := a.thePlan(args)
			if err != nil {
				return err
			}
			all := pipeline.AdjustmentsOf(p)
			return a.say(c, all, func(out io.Writer) {
				if len(all) == 0 {
					fmt.Fprintln(out, "没有计划调整。")
				}
				for _, x := range all {
					fmt.Fprintf(out, "%s　%s，%s\n", x.Words, x.By, x.Why)
				}
			})
		},
	}
}
