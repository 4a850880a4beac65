//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// trial is one fault done to one workspace.
type trial struct {
	*campaign
	fault
	ctx    context.Context
	random *rand.Rand
	dir    string // of this trial: everything below
	ws     string // the workspace
	tmp    string // the daemons' temporary folder

	daemons []*daemon
	dropped map[string]*dropped // what lies in or came out of the inbox, by hash
	sent    int                 // deliveries, those of the stock too
	decided int                 // decisions of an administrator, which are answered too
	unread  parcel              // a file too big to be read, which is kept under its claim
	size    int                 // of the batch; 0: it is not held against a reference
	rounds  int
	kills   int
	slowest time.Duration // from a start to its word
	doing   string        // named where the trial fails
	notes   []string      // for the table
	// across: inbox and archive lie on different disks, where a kill may leave two copies.
	across bool
	// red: the daemon's light was seen to turn red over the fault.
	red bool
	// ownClock: a daemon had a clock that was not the machine's.
	ownClock bool
	undo     []func() // mounts and the like, the last first
}

// result is a row of the table.
type result struct {
	*trial
	found   []finding // one for each invariant, in their order
	failed  string    // why the fault itself could not be done as it should
	skipped string
	took    time.Duration
}

// broken reports whether anything did not hold.
func (r *result) broken() bool {
	for _, f := range r.found {
		if len(f.faults) > 0 {
			return true
		}
	}
	return r.failed != ""
}

// failure ends a trial from anywhere in it; try makes it the trial's result.
type failure struct{ said string }

// try does one fault and proves what must hold.
func (c *campaign) try(ctx context.Context, f fault) (r result) {
	began := time.Now()
	t := &trial{campaign: c, fault: f, ctx: ctx, random: c.random(f.name),
		dir: filepath.Join(c.dir, f.name), dropped: map[string]*dropped{}}
	r.trial = t
	if f.root && os.Geteuid() != 0 {
		r.skipped = "needs root"
		return r
	}
	defer func() {
		p := recover()
		if said, ours := p.(failure); ours {
			r.failed = said.said
		} else if p != nil {
			panic(p)
		}
		t.end(r.broken())
		r.took = time.Since(began)
		if !r.broken() && !c.keep {
			os.RemoveAll(t.dir)
		}
	}()
	t.ws, t.tmp = filepath.Join(t.dir, "ws"), filepath.Join(t.dir, "tmp")
	t.must(os.MkdirAll(t.tmp, 0o755))
	f.do(t)
	if f.bites && !t.red && t.complaints() == 0 {
		t.failf("the fault was not noticed, and so proves nothing")
	}
	r.found = t.prove()
	return r
}

// end leaves no process and no mount behind; of a workspace that is to be kept and lies on
// a mount it leaves a copy.
func (t *trial) end(keep bool) {
	for _, d := range t.daemons {
		d.Process.Kill()
		<-d.ended
	}
	if keep && len(t.undo) > 0 {
		if err := os.CopyFS(filepath.Join(t.dir, "kept"), os.DirFS(t.ws)); err != nil {
			t.note("not kept: %v", err)
		}
	}
	for i := range t.undo {
		t.undo[len(t.undo)-1-i]()
	}
}

// must ends the trial on an error.
func (t *trial) must(err error) {
	if err != nil {
		t.failf("%v", err)
	}
}

// failf ends the trial.
func (t *trial) failf(format string, args ...any) {
	said := fmt.Sprintf(format, args...)
	if t.doing != "" {
		said = t.doing + ": " + said
	}
	panic(failure{said})
}

// note is a remark for the table.
func (t *trial) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// patience is the longest anything may take; it only ends a hang.
const patience = 3 * time.Minute

// until waits for something, and fails when it does not come.
func (t *trial) until(what string, done func() bool) {
	for limit := time.Now().Add(patience); !done(); time.Sleep(40 * time.Millisecond) {
		if t.ctx.Err() != nil {
			t.failf("broken off while waiting for: %s", what)
		}
		if time.Now().After(limit) {
			t.failf("waited %v for: %s", patience, what)
		}
	}
}

// pause waits for a random time up to a limit.
func (t *trial) pause(limit time.Duration) {
	time.Sleep(time.Duration(t.random.Int64N(int64(limit))))
}

// draws are n random numbers from one up to below another.
func (t *trial) draws(n, from, below int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = from + t.random.IntN(below-from)
	}
	return all
}

// together does something n times at once, and fails with what failed.
func (t *trial) together(n int, do func(i int) error) {
	faults := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { faults[i] = do(i) })
	}
	all.Wait()
	t.must(errors.Join(faults...))
}
