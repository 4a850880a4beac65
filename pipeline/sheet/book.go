package sheet

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// relation is one row of a relationships part.
type relation struct {
	id       string
	sort     string // the last word of its type: worksheet, styles …
	target   string // the name of a part, "" when it is none
	external bool
}

// relations reads the relationships of a part, "" for the archive's own.
func (r *reader) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	e := r.a.find(dir + "_rels/" + base + ".rels")
	if e == nil {
		return nil, nil
	}
	return relationsRead.of(e, r.lim, func() ([]relation, error) { return r.relationsIn(e, dir) })
}

var relationsRead remembered[[]relation]

func (r *reader) relationsIn(e *entry, dir string) (list []relation, err error) {
	err = scan(e, r.lim, func(x *scanner) error {
		if err := x.rootOf("Relationships"); err != nil {
			return err
		}
		for {
			ok, err := x.child()
			if err != nil || !ok {
				return err
			}
			if string(x.local) == "Relationship" {
				if len(x.get("Id"))|len(x.get("Type")) > 255 || len(x.get("Target")) > 2048 {
					return x.fault("sheets", 0, "部件之间的关系过长。")
				}
				list = append(list, relationAt(x, dir))
			}
			if len(list) > r.lim.Entries {
				return x.fault("too-many-entries", 0, "文件内的关系过多。")
			}
			if err := x.skip(); err != nil {
				return err
			}
		}
	})
	return list, err
}

func relationAt(x *scanner, dir string) relation {
	sort := x.get("Type")
	rel := relation{
		id:       string(x.get("Id")),
		sort:     string(sort[bytes.LastIndexByte(sort, '/')+1:]),
		external: string(x.get("TargetMode")) == "External",
	}
	if !rel.external {
		rel.target = resolve(dir, string(x.get("Target")))
	}
	return rel
}

// resolve makes a part's name of a target beside dir; "" when it leads out of
// the archive.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = dir + target
	}
	target = path.Clean(strings.TrimLeft(target, "/"))
	if target == "." || target == ".." || strings.HasPrefix(target, "../") {
		return ""
	}
	return target
}

// tab is one row of the workbook's list of sheets.
type tab struct {
	name, id string
	state    State
}

// workbook is what the workbook part says.
type workbook struct {
	tabs     []tab
	date1904 bool
}

var workbookRead remembered[workbook]

// tabs reads the workbook part: its list of sheets and its date system.
func (r *reader) tabs(e *entry) ([]tab, error) {
	w, err := workbookRead.of(e, r.lim, func() (workbook, error) { return r.workbook(e) })
	r.w.Date1904 = w.date1904
	return w.tabs, err
}

func (r *reader) workbook(e *entry) (w workbook, err error) {
	err = scan(e, r.lim, func(x *scanner) error {
		if err := x.rootOf("workbook"); err != nil {
			return err
		}
		seen := false
		for {
			ok, err := x.child()
			if err != nil || !ok {
				return err
			}
			switch string(x.local) {
			case "workbookPr":
				w.date1904 = truth(x.get("date1904"))
				err = x.skip()
			case "sheets":
				if seen {
					return x.fault("sheets", 0, "工作表清单出现了两次。")
				}
				seen = true
				w.tabs, err = r.tabList(x)
			default:
				err = x.skip()
			}
			if err != nil {
				return err
			}
		}
	})
	return w, err
}

func (r *reader) tabList(x *scanner) ([]tab, error) {
	var list []tab
	for {
		ok, err := x.child()
		if err != nil || !ok {
			return list, err
		}
		if string(x.local) == "sheet" {
			if len(list) == r.lim.Sheets {
				return nil, x.fault("sheets", 0, fmt.Sprintf("工作表超过 %d 个。", r.lim.Sheets))
			}
			t, err := tabAt(x)
			if err != nil {
				return nil, err
			}
			list = append(list, t)
		}
		if err := x.skip(); err != nil {
			return nil, err
		}
	}
}

func tabAt(x *scanner) (tab, error) {
	t := tab{name: string(decodeX(append([]byte(nil), x.get("name")...)))}
	for i := range x.attrs {
		p, l := cut(x.attrs[i].name, x.attrs[i].colon)
		if len(p) == 0 || string(l) != "id" {
			continue
		}
		if uri, _ := x.uri(p); strings.HasSuffix(uri, "/relationships") {
			t.id = string(x.attrs[i].resolved())
		}
	}
	switch string(x.get("state")) {
	case "", "visible":
	case "hidden":
		t.state = Hidden
	case "veryHidden":
		t.state = VeryHidden
	default:
		return t, x.fault("sheets", 0, "工作表的显示状态无法识别。")
	}
	if t.name == "" || len(t.name) > 255 || len(t.id) > 255 {
		return t, x.fault("sheets", 0, "工作表没有名称或名称过长。")
	}
	return t, nil
}
