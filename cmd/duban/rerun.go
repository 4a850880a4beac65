package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/plan"
)

// again is one call of rerun: the months, and who says yes to a difference.
type again struct {
	a            *app
	c            *cobra.Command
	w            *pipeline.Workspace
	months       []plan.Month
	dryRun, yes  bool
	evenIfSame   bool
	answers      *bufio.Reader
	ranged       bool
	stoppedShort bool // a difference was shown, and nobody said yes
}

// monthAgain is what came of one month.
type monthAgain struct {
	Month    string             `json:"month"`
	Changes  []pipeline.Change  `json:"changes"`
	Editions []pipeline.Edition `json:"editions"`
	Skipped  string             `json:"skipped,omitempty"` // why nothing was computed

	month plan.Month
}

func (a *app) rerunCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rerun --month 2025-02 [--yes] [--by 姓名 --why 理由]",
		Short: "用存档的原件把某月重跑一遍，列出变化，确认后另出一版",
		Long: "用存档的原件，按现在的方案、规则和程序，把某月（或一段时间的各月）重新核算，与现有的\n" +
			"通报比较，先列出每处变化和原因，确认后才另出一版；没有变化的不另出版、不占文号。\n" +
			"--dry-run 只列变化；--yes 不再询问。不在终端上运行又没有写 --yes 的，只列变化。\n" +
			"多个月按先后一个一个地重跑，每月各自完成；只列变化时，各月都与现有的通报比较。\n" +
			"--from-scratch 用存档把整个台账在别处重建一遍，与在用的台账逐行核对，不改动任何数据。",
		Example: "  duban rerun --month 2025-02 --dry-run\n" +
			"  duban rerun --month 2025-02 --yes --by 王敏 --why 区残联更正\n" +
			"  duban rerun --from 2025-01 --to 2025-06 --yes\n  duban rerun --from-scratch",
		Args: exactly(0, "rerun 不带参数，报送期用 --month 写明"),
	}
	r := &again{a: a, c: c}
	month := monthFlag(c)
	c.Flags().Lookup("month").Usage = "报送`期`，如 2025-03"
	from := c.Flags().String("from", "", "从哪个`期`起，如 2025-01")
	to := c.Flags().String("to", "", "到哪个`期`止")
	c.Flags().BoolVar(&r.dryRun, "dry-run", false, "只列出变化，不另出版")
	c.Flags().BoolVar(&r.yes, "yes", false, "不再询问，有变化就另出版")
	c.Flags().BoolVar(&r.evenIfSame, "even-if-same", false, "没有变化也另出一版（如改了文字、版头）")
	scratch := c.Flags().Bool("from-scratch", false, "从存档重建台账，与在用的逐行核对")
	act := actFlags(c, false)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if *scratch {
			return a.rebuild(c)
		}
		if err := r.span(*month, *from, *to); err != nil {
			return err
		}
		return a.with(c, func(ctx context.Context, w *pipeline.Workspace) error {
			r.w, r.answers = w.As(*act), bufio.NewReader(c.InOrStdin())
			return r.run(ctx)
		})
	}
	return c
}

// longestSpan is more months than any plan runs over; a longer one is a slip.
const longestSpan = 120

// span finds the months that are meant.
func (r *again) span(month, from, to string) error {
	if from == "" && to == "" {
		m, err := parseMonth(month)
		r.months = []plan.Month{m}
		return err
	}
	if month != "" {
		return &callError{errors.New("--month 和 --from、--to 只写一样")}
	}
	first, err := monthOf("--from", from, 0)
	if err != nil {
		return err
	}
	last, err := monthOf("--to", to, 0)
	if err != nil {
		return err
	}
	if last < first {
		return &callError{fmt.Errorf("--to %s 早于 --from %s", last, first)}
	}
	if n := last - first + 1; n > longestSpan {
		return &callError{fmt.Errorf("从 %s 到 %s 有%d个月，一次最多重跑%d个月", first, last, n, longestSpan)}
	}
	for m := first; m <= last; m++ {
		r.months = append(r.months, m)
	}
	r.ranged = true
	return nil
}

func (r *again) run(ctx context.Context) error {
	if !r.ranged {
		return r.single(ctx)
	}
	done := []monthAgain{}
	var fault error
	for i, m := range r.months {
		x, err := r.month(ctx, m)
		if err != nil {
			fault = r.broken(ctx, i, err)
			break
		}
		done = append(done, x)
		fmt.Fprintf(r.c.ErrOrStderr(), "[%d/%d] %s：%s\n", i+1, len(r.months), m.Chinese(), x.line())
	}
	if err := r.a.say(r.c, done, func(out io.Writer) { r.report(out, done) }); err != nil {
		return err
	}
	return fault
}

// single is one month: its editions with --json, or the difference it stopped at.
func (r *again) single(ctx context.Context) error {
	x, err := r.month(ctx, r.months[0])
	if err != nil {
		return err
	}
	if x.Skipped != "" {
		return &pipeline.UserError{What: x.month.Chinese() + x.Skipped + "，无从重跑",
			Fix: "先用 duban digest --month " + x.Month + " 出第1版。"}
	}
	var result any = x.Editions
	if r.dryRun || r.stoppedShort {
		result = map[string]any{"month": x.Month, "changes": x.Changes}
	}
	return r.a.say(r.c, result, func(out io.Writer) {
		if !r.asks() {
			listChanges(out, x.Changes, "")
		}
		r.ending(out, x)
	})
}

// month computes one month again and, where it is agreed, makes its editions.
func (r *again) month(ctx context.Context, m plan.Month) (monthAgain, error) {
	x := monthAgain{Month: m.String(), Changes: []pipeline.Change{}, Editions: []pipeline.Edition{},
		month: m}
	last, err := r.w.LatestEdition(ctx, m)
	if err != nil {
		return x, err
	}
	if last == 0 {
		x.Skipped = "还没有出过通报"
		return x, nil
	}
	p, err := r.w.Propose(ctx, m, r.evenIfSame)
	if err != nil {
		return x, err
	}
	x.Changes = p.Changes
	if p.Makes() == 0 || !r.agreed(p) {
		return x, nil
	}
	x.Editions, err = r.w.CarryOut(ctx, p)
	return x, err
}

// asks reports whether there is somebody to be asked.
func (r *again) asks() bool {
	return !r.yes && !r.dryRun && !r.a.json && terminal(r.c.InOrStdin())
}

// agreed shows a difference to whoever sits there, and asks.
func (r *again) agreed(p *pipeline.Proposal) bool {
	if r.yes && !r.dryRun {
		return true
	}
	r.stoppedShort = true
	if !r.asks() {
		return false
	}
	out := r.c.OutOrStdout()
	fmt.Fprintln(out, p.Month.Chinese()+"：")
	listChanges(out, p.Changes, "")
	fmt.Fprintf(out, "确认生成第%d版吗？[y/N] ", p.Edition)
	said, _ := r.answers.ReadString('\n') // the end of it is a no
	r.stoppedShort = !strings.EqualFold(strings.TrimSpace(said), "y")
	return !r.stoppedShort
}

// ending says what became of a month, after its changes.
func (r *again) ending(out io.Writer, x monthAgain) {
	switch {
	case len(x.Editions) > 0:
		listEditions(out, x.Editions)
	case len(x.Changes) == 0:
		fmt.Fprintln(out, "没有变化，未另出版。")
	default:
		fmt.Fprintf(out, "有%d处变化，没有另出版；确认后运行 duban rerun --month %s --yes 另出一版。\n",
			len(x.Changes), x.Month)
	}
}

// line is what became of a month, in a few words.
func (x monthAgain) line() string {
	switch {
	case x.Skipped != "":
		return x.Skipped + "，跳过"
	case len(x.Editions) > 0:
		return fmt.Sprintf("%d处变化，另出第%d版（%s）", len(x.Changes), x.Editions[0].Edition,
			x.Editions[0].Number)
	case len(x.Changes) == 0:
		return "没有变化，未另出版"
	}
	return fmt.Sprintf("%d处变化，没有另出版", len(x.Changes))
}

// report tells of all months at the end.
func (r *again) report(out io.Writer, done []monthAgain) {
	made, changed := 0, 0
	for _, x := range done {
		fmt.Fprintln(out, x.month.Chinese()+"　"+x.line())
		listChanges(out, x.Changes, "    ")
		changed += len(x.Changes)
		if len(x.Editions) > 0 {
			made++
		}
	}
	fmt.Fprintf(out, "共重跑%d个月：%d处变化，%d个月另出版。\n", len(done), changed, made)
	if r.stoppedShort {
		fmt.Fprintln(out, "要另出版，看过变化后加 --yes 再运行。")
	}
}

// broken says how far it came: months that were made stand, the others are as
// they were.
func (r *again) broken(ctx context.Context, at int, err error) error {
	left := fmt.Sprintf("从%s起没有重跑，以前各月已完成；再次运行时用 --from %s",
		r.months[at].Chinese(), r.months[at])
	if ctx.Err() != nil {
		return errors.New("已中断：" + left)
	}
	return fmt.Errorf("%s（%s）：%w", r.months[at].Chinese(), left, err)
}

func listChanges(out io.Writer, all []pipeline.Change, indent string) {
	for _, x := range all {
		fmt.Fprintln(out, indent+changeWords(x))
	}
}

// changeWords is one change on one line.
func changeWords(x pipeline.Change) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s（%s）%s：%s → %s，%s", x.Indicator, x.Name, x.Unit,
		x.What, orDash(x.Before), orDash(x.After), x.Cause))
}

// terminal reports whether somebody can be asked there.
func terminal(in io.Reader) bool {
	f, ok := in.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}
