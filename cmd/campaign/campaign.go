//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// errBroken says that an invariant was broken; the table has said which.
var errBroken = errors.New("an invariant was broken")

// campaign is one run of all faults.
type campaign struct {
	out    io.Writer
	only   []string
	short  bool
	seed   uint64
	rounds int
	jobs   int
	duban  string // the program
	keep   bool
	fonts  string // folder of the faces; "": no digest is made

	invariants []invariant // what is proven after each fault

	dir   string // holds everything below
	repo  string // the module's own folder
	stock *stock // the workspace that all begin with, and forms for it

	mu         sync.Mutex
	references map[int]*reference // by the number of files
}

// pick is one number for the short form and one for the long.
func (c *campaign) pick(short, long int) int {
	if c.short {
		return short
	}
	return long
}

// usual is the number of files of a usual batch.
func (c *campaign) usual() int { return c.pick(40, 80) }

// run does the faults that were asked for and tells what came of them. prepare comes
// before it.
func (c *campaign) run(ctx context.Context) error {
	chosen, err := c.chosen()
	if err != nil {
		return err
	}
	began := time.Now()
	if c.tell(c.tryAll(ctx, chosen), time.Since(began)) {
		return errBroken
	}
	if c.keep {
		fmt.Fprintln(c.out, "kept in "+c.dir)
		return nil
	}
	return os.RemoveAll(c.dir)
}

// chosen are the faults that were asked for.
func (c *campaign) chosen() ([]fault, error) {
	var all []fault
	for _, f := range faults {
		if len(c.only) == 0 || slices.Contains(c.only, f.name) {
			all = append(all, f)
		}
	}
	for _, name := range c.only {
		if !slices.ContainsFunc(all, func(f fault) bool { return f.name == name }) {
			return nil, fmt.Errorf("there is no fault %q", name)
		}
	}
	return all, nil
}

// prepare builds the program and the stock.
func (c *campaign) prepare(ctx context.Context) error {
	c.rounds = max(c.rounds, 0)
	if c.rounds == 0 {
		c.rounds = c.pick(6, 50)
	}
	c.references, c.invariants = map[int]*reference{}, invariants
	var err error
	if c.repo, err = moduleRoot(); err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp("", "duban-campaign-"); err != nil {
		return err
	}
	if c.duban == "" {
		c.duban = filepath.Join(c.dir, "duban")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", c.duban, "./cmd/duban")
		build.Dir = c.repo
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	if c.fonts != "" {
		if c.fonts, err = filepath.Abs(c.fonts); err != nil {
			return err
		}
	}
	c.stock, err = newStock(ctx, c)
	return err
}

// moduleRoot is the folder with go.mod, here or above.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("not below a Go module")
		}
		dir = filepath.Dir(dir)
	}
}

// tryAll tries the faults, some at a time, and keeps their order.
func (c *campaign) tryAll(ctx context.Context, chosen []fault) []result {
	results := make([]result, len(chosen))
	slots := make(chan struct{}, max(c.jobs, 1))
	var all sync.WaitGroup
	for i, f := range chosen {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			results[i] = c.try(ctx, f)
		})
	}
	all.Wait()
	return results
}

// random draws what one fault needs, the same for the same seed.
func (c *campaign) random(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(c.seed, h.Sum64()))
}
