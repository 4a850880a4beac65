package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/clerk"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
	"duban/templates"
)

func (a *app) demoCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "demo [目录]",
		Short: "演示：三个月的下发、填报、收件、通报，再重跑一个月",
		Long: "在一个新目录里演示全过程，数据都是编造的：期初、连续三个月的填报（有填错、漏报、迟报、\n" +
			"零报告和更正）、常驻程序收件和出通报、重跑第二个月。装有 LibreOffice 时，填好的表由它另存。",
		Args: atMostOne("最多写一个目录"),
	}
	fonts := c.Flags().String("fonts", "", "字体所在`文件夹`")
	year := c.Flags().Bool("year", false, "演示全年十二个月，不只三个月（填好的表不经LibreOffice另存）")
	c.RunE = func(c *cobra.Command, args []string) error {
		dir := "demo"
		if len(args) == 1 {
			dir = args[0]
		}
		d := &demo{dir: dir, fonts: *fonts, last: plan.MonthOf(2025, 3), out: c.OutOrStdout(), log: logger(c, slog.LevelWarn)}
		if *year {
			d.last = plan.MonthOf(2025, 12)
		}
		return d.run(c.Context())
	}
	return c
}

// demo is the whole job on a scratch workspace: the daemon is the real one,
// running beside; only its clock is the demo's own.
type demo struct {
	dir, fonts string
	last       plan.Month // the months run from January to this one
	out        io.Writer
	log        *slog.Logger
	clock      demoClock
	office     string // soffice, "" where it is not installed
	w          *pipeline.Workspace
	sent       int           // deliveries handed to the daemon so far
	ended      chan struct{} // closed when the daemon ended
	daemon     error         // why it ended
}

// demoClock runs as time does, from wherever it was last set.
type demoClock struct {
	mu         sync.Mutex
	base, from time.Time
}

func (c *demoClock) at(y int, m time.Month, d, hour, minute int) {
	c.set(time.Date(y, m, d, hour, minute, 0, 0, schedule.Zone))
}

func (c *demoClock) set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base, c.from = to, time.Now()
}

func (c *demoClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base.Add(time.Since(c.from))
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

func (d *demo) run(ctx context.Context) error {
	began := time.Now()
	if err := d.prepare(); err != nil {
		return err
	}
	d.clock.at(2025, time.January, 10, 9, 0)
	var err error
	d.w, err = pipeline.Open(ctx, d.dir, pipeline.Options{Now: d.clock.now, Log: d.log})
	if err != nil {
		return err
	}
	defer d.w.Close()
	if err := d.w.CanPrint(); err != nil {
		return err
	}
	if err := d.opening(ctx); err != nil {
		return err
	}
	daemonCtx, stop := context.WithCancel(ctx)
	d.ended = make(chan struct{})
	go func() {
		defer close(d.ended)
		d.daemon = d.w.Run(daemonCtx, pipeline.Rhythm{
			Sweep: 500 * time.Millisecond, Tick: 200 * time.Millisecond,
		})
	}()
	err = d.months(ctx)
	stop()
	<-d.ended
	if err := errors.Join(err, d.daemon); err != nil {
		return err
	}
	if err := d.again(ctx); err != nil {
		return err
	}
	d.say("\n用时%.0f秒。请打开：", time.Since(began).Seconds())
	return d.list()
}

// prepare makes the scratch workspace, with quick rests for quick files.
func (d *demo) prepare() error {
	if err := pipeline.Init(d.dir); err != nil {
		return err
	}
	settings := string(templates.Settings)
	settings = strings.Replace(settings, "rest: 2s", "rest: 300ms", 1)
	if d.fonts != "" {
		dir, err := filepath.Abs(d.fonts)
		if err != nil {
			return err
		}
		settings = strings.Replace(settings, "    - fonts\n",
			fmt.Sprintf("    - '%s'\n    - fonts\n", dir), 1)
	}
	if d.quick() {
		d.office = findOffice()
	}
	d.say("【准备】工作目录 %s，方案、单位、设置已就位。", d.dir)
	if d.quick() && d.office == "" {
		d.say("        没有找到 LibreOffice，填好的表由本程序直接保存。")
	}
	return os.WriteFile(filepath.Join(d.dir, "duban.yaml"), []byte(settings), 0o644)
}

// quick reports whether the forms are few enough to be saved by LibreOffice.
func (d *demo) quick() bool { return d.last == plan.MonthOf(2025, 3) }

// opening enters where each indicator stood at the end of 2024.
func (d *demo) opening(ctx context.Context) error {
	m := plan.MonthOf(2024, 12)
	f, err := d.w.IssueOpening(ctx, m)
	if err != nil {
		return err
	}
	rows, err := d.w.OpeningRows(ctx, m)
	if err != nil {
		return err
	}
	filled := filepath.Join(d.dir, "期初数.xlsx")
	if err := fillFile(f.File, filled, "演示·周敏", "演示·郑涛", clerk.Answers(rows, m, true)); err != nil {
		return err
	}
	results, err := d.w.Submit(ctx, []string{filled}, pipeline.Handing{Month: m, Opening: true})
	if err != nil {
		return err
	}
	d.sent++
	d.say("【期初】%d行，%s", f.Rows, results[0].Verdict)
	return os.Remove(filled)
}

// again re-runs the second month: by then a correction of it has come in.
func (d *demo) again(ctx context.Context) error {
	m := plan.MonthOf(2025, 2)
	p, err := d.w.Propose(ctx, m, false)
	if err != nil {
		return err
	}
	editions, err := d.w.CarryOut(ctx, p)
	if err != nil {
		return err
	}
	d.say("\n【重跑】%s，与上一版相比有%d处变化：", m.Chinese(), len(p.Changes))
	for _, x := range p.Changes {
		d.say("        %s", changeWords(x))
	}
	for _, e := range editions {
		d.say("        %s，第%d版", e.Number, e.Edition)
	}
	return nil
}

// list names the files to open.
func (d *demo) list() error {
	for _, pattern := range []string{
		"outbox/digests/*/*.*", fmt.Sprintf("outbox/digests/%s/*/*人力资源*", d.last),
		fmt.Sprintf("outbox/digests/%s/*/*专报*", d.last),
		fmt.Sprintf("outbox/digests/%s/*/*台账*", d.last), "outbox/forms/2025-03/*人力资源*",
		"outbox/receipts/2025-02/*市场监管*.xlsx",
	} {
		paths, err := filepath.Glob(filepath.Join(d.dir, filepath.FromSlash(pattern)))
		if err != nil {
			return err
		}
		for _, p := range paths {
			d.say("  %s", slashed(p))
		}
	}
	d.say("查一个数据的来源：duban -C %s trace --month 2025-02 T01-1", d.dir)
	return nil
}
