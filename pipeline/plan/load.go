package plan

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Rules of this file:
//  - a plan is files: plan.yaml names the others, which stand beside it;
//  - every problem of every file is reported in one go;
//  - a plan that is returned has been proven (prove.go).

// loader is a plan while its files are read.
type loader struct {
	report
	fsys   fs.FS
	dir    string // of plan.yaml inside fsys
	plan   *Plan
	places map[place]position
	notice string // the notice's file; "" none
	unread bool   // a file could not be taken apart at all
	// misread is the lines with a problem from before the proof.
	misread map[position]bool
	drafts  []*draft // the adjustments as their file gives them
}

// Read reads and proves the plan file at a path of the file system; of a
// folder it takes the plan.yaml inside. A problem with the files is a
// *FilesError whose files are paths as the caller may open them.
func Read(name string) (*Plan, error) {
	if st, err := os.Stat(name); err == nil && st.IsDir() {
		name = filepath.Join(name, "plan.yaml")
	}
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	p, err := Load(os.DirFS(dir), base)
	if err == nil {
		for i, r := range p.Rules {
			p.Rules[i].File = filepath.Join(dir, filepath.FromSlash(r.File))
		}
	}
	var files *FilesError
	if errors.As(err, &files) {
		for i, q := range files.Problems {
			files.Problems[i].File = filepath.Join(dir, filepath.FromSlash(q.File))
		}
	}
	return p, err
}

// Load reads and proves the plan whose plan.yaml is called name in fsys: the
// plan under all its adjustments, of which In gives each month's. A problem
// with the files is a *FilesError that holds them all.
func Load(fsys fs.FS, name string) (*Plan, error) {
	l := &loader{fsys: fsys, dir: path.Dir(name), plan: &Plan{}, places: map[place]position{}}
	l.main(name)
	if !l.unread { // else the proof would only find what is not there
		l.prove()
	}
	var latest *Plan
	if len(l.problems) == 0 { // else they would stumble over what is said already
		latest = l.adjust()
	}
	return latest, l.err()
}

// siblings are the files that plan.yaml names, each with its key's line.
type siblings struct {
	units, notice, numbers, rules, adjustments string

	items []string
	lines map[string]int
}

// main reads plan.yaml and then the files it names.
func (l *loader) main(name string) {
	r, root := l.file(name, name, 0)
	if root == nil {
		return
	}
	p, s := l.plan, siblings{lines: map[string]int{}}
	file := func(to *string) take {
		return r.scalar(func(n *node, v string) { *to = v; s.lines[v] = n.line })
	}
	r.mapping(root, "方案文件", p, map[string]take{
		"version": r.text(&p.Version),
		"title":   r.text(&p.Title),
		"issued":  r.date(&p.Issued),
		"period": func(n *node) {
			r.mapping(n, "起止月份（period）", &p.From, map[string]take{
				"from": r.month(&p.From), "to": r.month(&p.To),
			})
		},
		"fields":  r.texts("领域（fields）", &p.Fields),
		"units":   file(&s.units),
		"notice":  file(&s.notice),
		"numbers": file(&s.numbers),
		"rules":   file(&s.rules),

		"adjustments": file(&s.adjustments),
		"items": r.list("条目文件（items）", r.scalar(func(n *node, v string) {
			s.items = append(s.items, v)
			s.lines[v] = n.line
		})),
	})
	if s.units == "" || len(s.items) == 0 {
		r.bad(root, "方案文件缺少单位文件（units）或条目文件（items）：请补上文件名")
		l.unread = true
		return
	}
	l.unitsFile(name, s.units, s.lines[s.units])
	for _, f := range s.items {
		l.itemsFile(name, f, s.lines[f])
	}
	if s.numbers != "" {
		l.numbersFile(name, s.numbers, s.lines[s.numbers])
	}
	if s.rules != "" {
		l.rulesFile(name, s.rules, s.lines[s.rules])
	}
	if s.adjustments != "" {
		l.adjustmentsFile(name, s.adjustments, s.lines[s.adjustments])
	}
	if s.notice != "" {
		l.notice = l.beside(s.notice)
		l.plan.Notice = l.bytes(name, l.notice, s.lines[s.notice])
	}
}

// beside is the path of a file that plan.yaml names.
func (l *loader) beside(name string) string { return path.Join(l.dir, name) }

// bytes reads a file whole; from and line are where it is named.
func (l *loader) bytes(from, file string, line int) string {
	unread := l.unread
	l.unread = true // until it is read
	if !fs.ValidPath(file) || strings.Contains(file, `\`) {
		l.add(from, line, "文件名“%s”不合规定：其他文件须与方案文件放在同一文件夹", file)
		return ""
	}
	l.open(file)
	b, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			l.add(from, line, "找不到文件“%s”：请检查文件名，并确认它与方案文件放在一起", file)
		} else {
			l.add(from, line, "文件“%s”打不开：请检查它是否为普通文件、是否有权读取", file)
		}
		return ""
	}
	s, ok := cleanText(file, b, &l.report)
	l.unread = unread || !ok
	return s
}

// file reads a YAML file; the node is nil when there is nothing to go on with.
func (l *loader) file(from, file string, line int) (*reader, *node) {
	l.open(from)
	before := len(l.problems)
	text := l.bytes(from, file, line)
	if len(l.problems) > before {
		return nil, nil
	}
	root := parseNode(file, text, &l.report)
	l.unread = l.unread || root == nil
	return &reader{loader: l, file: file}, root
}

// readAlone reads a file that belongs to no plan; a problem with it is a
// *FilesError whose file is the path as the caller gave it.
func readAlone(name string, take func(r *reader, root *node)) error {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	l := &loader{fsys: os.DirFS(dir), dir: path.Dir(base), plan: &Plan{},
		places: map[place]position{}}
	if r, root := l.file(base, base, 1); root != nil {
		take(r, root)
	}
	err := l.err()
	var files *FilesError
	if errors.As(err, &files) {
		for i := range files.Problems {
			files.Problems[i].File = name
		}
	}
	return err
}
