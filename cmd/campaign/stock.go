//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"duban/pipeline"
	"duban/pipeline/clerk"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// month is the month whose forms the campaign fills.
var month = plan.MonthOf(2025, 1)

// fewUnits are the units that report in the short form.
const fewUnits = 12

// stock is what every trial begins with: a workspace with opening figures and forms that
// are out, and what is needed to fill them.
type stock struct {
	ws      string
	units   []*plan.Unit
	blanks  map[string][]byte     // the issued forms, by unit code
	rows    map[string][]form.Row // their rows
	filled  map[string][]byte     // filled forms, by unit and version
	opening dropped               // what the ledger knows from the beginning
}

// The settings of the campaign's workspaces: files rest for a moment, and nothing is due
// by the clock.
var settings = [][2]string{
	{"rest: 2s", "rest: 200ms"},
	{"sweep: 1m", "sweep: 1s"},
	{"reserve_mb: 200", "reserve_mb: 1"},
	{`forms: "0 9 25 * *"`, `forms: "0 0 29 2 *"`},
	{`digest: "0 9 8 * *"`, `digest: "0 0 29 2 *"`},
}

// newStock makes it with the program itself.
func newStock(ctx context.Context, c *campaign) (*stock, error) {
	s := &stock{ws: filepath.Join(c.dir, "stock"), blanks: map[string][]byte{},
		rows: map[string][]form.Row{}, filled: map[string][]byte{}}
	if out, err := exec.CommandContext(ctx, c.duban, "init", s.ws).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("duban init: %w\n%s", err, out)
	}
	if err := s.furnish(c.fonts); err != nil {
		return nil, err
	}
	w, err := pipeline.Open(ctx, s.ws, pipeline.Options{})
	if err != nil {
		return nil, err
	}
	defer w.Close()
	if err := s.open(ctx, w); err != nil {
		return nil, err
	}
	forms, err := w.IssueForms(ctx, month, nil)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if c.short && len(s.units) == fewUnits {
			break
		}
		u := w.Plan.Unit(f.Unit)
		s.units = append(s.units, u)
		if s.blanks[u.Code], err = os.ReadFile(f.File); err != nil {
			return nil, err
		}
		if s.rows[u.Code], err = w.Rows(ctx, month, u); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// furnish writes the settings. One audience is enough: the others are cuts of it.
func (s *stock) furnish(fonts string) error {
	edits := settings
	if fonts != "" {
		edits = append(edits[:len(edits):len(edits)],
			[2]string{"    - fonts\n", "    - '" + fonts + "'\n"})
	}
	if err := rewrite(filepath.Join(s.ws, "duban.yaml"), edits...); err != nil {
		return err
	}
	path := filepath.Join(s.ws, "plan", "audiences.yaml")
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	first, _, _ := strings.Cut(string(b), "\n  - name: 领导")
	return os.WriteFile(path, []byte(first), 0o644)
}

// rewrite replaces texts of a file that must each be there.
func rewrite(path string, edits ...[2]string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	s := string(b)
	for _, e := range edits {
		if !strings.Contains(s, e[0]) {
			return fmt.Errorf("%s does not hold %q", path, e[0])
		}
		s = strings.Replace(s, e[0], e[1], 1)
	}
	return os.WriteFile(path, []byte(s), 0o644)
}

// open enters the opening figures.
func (s *stock) open(ctx context.Context, w *pipeline.Workspace) error {
	m := month - 1
	f, err := w.IssueOpening(ctx, m)
	if err != nil {
		return err
	}
	rows, err := w.OpeningRows(ctx, m)
	if err != nil {
		return err
	}
	blank, err := os.ReadFile(f.File)
	if err != nil {
		return err
	}
	b, err := form.Fill(blank, filler, reviewer, clerk.Answers(rows, m, true))
	if err != nil {
		return err
	}
	path := filepath.Join(filepath.Dir(s.ws), "opening.xlsx")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return err
	}
	defer os.Remove(path)
	got, err := w.Submit(ctx, []string{path}, pipeline.Handing{Month: m, Opening: true})
	if err != nil {
		return err
	}
	s.opening = dropped{parcel: parcel{name: "opening.xlsx", sum: got[0].SHA256, bytes: b}, times: 1}
	return nil
}
