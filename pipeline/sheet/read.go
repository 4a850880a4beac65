package sheet

import (
	"fmt"
	"path"
	"strings"
)

// Read reads the bytes of a workbook within limits. The error, if any, is an
// *Error; there is no workbook then, not even a part of one.
func Read(b []byte, lim Limits) (w *Workbook, err error) {
	defer func() {
		if r := recover(); r != nil {
			w, err = nil, fault("internal", "", fmt.Sprintf("读取时发生意外：%v。", r))
		}
	}()
	lim = lim.filled()
	switch {
	case len(b) == 0:
		return nil, fault("empty-file", "", "文件大小为 0 字节。")
	case int64(len(b)) > lim.FileBytes:
		return nil, fault("too-big", "", fmt.Sprintf("文件有 %d MB，超过 %d MB。",
			len(b)>>20, lim.FileBytes>>20))
	case !strings.HasPrefix(string(b[:min(len(b), 4)]), headLocal):
		if len(b) < len(headLocal) && strings.HasPrefix(headLocal, string(b)) {
			return nil, fault("incomplete", "", "文件只有几个字节，可能没有传完。")
		}
		if strings.HasPrefix(string(b[:min(len(b), len(compoundMark))]), compoundMark) {
			return readCompound(b, lim)
		}
		return nil, sniff(b)
	}
	a, err := openArchive(b, lim)
	if err != nil {
		return nil, err
	}
	r := &reader{a: a, lim: lim, w: &Workbook{}}
	a.notices(r.w)
	if err := r.read(); err != nil {
		return nil, err
	}
	return r.w, nil
}

// reader goes from part to part: what one says of another is kept here.
type reader struct {
	a       *archive
	lim     Limits
	w       *Workbook
	formats []string // by cell format, the number-format code
	strings sharedStrings
	cells   int // with content, so far
	merged  int // ranges, so far
	kept    int // bytes of text and formulas of the sheets, so far
}

func (r *reader) read() error {
	root, err := r.relations("")
	if err != nil {
		return err
	}
	main, err := r.mainPart(root)
	if err != nil {
		return err
	}
	rels, err := r.relations(main.name)
	if err != nil {
		return err
	}
	tabs, err := r.tabs(main)
	if err != nil {
		return err
	}
	styles, texts, err := only(rels)
	if err != nil {
		return err
	}
	if e := r.a.find(styles); styles != "" && e != nil {
		if err := r.readStyles(e); err != nil {
			return err
		}
	}
	if e := r.a.find(texts); texts != "" && e != nil {
		if err := r.readStrings(e); err != nil {
			return err
		}
	}
	return r.readTabs(main.name, tabs, rels)
}

// mainPart finds the workbook through the archive's own relationships.
func (r *reader) mainPart(root []relation) (*entry, error) {
	for _, rel := range root {
		if rel.sort != "officeDocument" {
			continue
		}
		e := r.a.find(rel.target)
		switch ext := strings.ToLower(path.Ext(rel.target)); {
		case ext == ".bin":
			return nil, fault("xlsb", rel.target, "文件是 .xlsb 工作簿，只是改了扩展名。")
		case e == nil && r.a.find("xl/workbook.bin") != nil:
			return nil, fault("xlsb", "xl/workbook.bin", "文件是 .xlsb 工作簿。")
		case e == nil:
			return nil, fault("corrupt", rel.target, "文件缺少工作簿部件。")
		case r.a.find("word/document.xml") == e, r.a.find("ppt/presentation.xml") == e:
			return nil, sniffArchive(r.a)
		}
		return e, nil
	}
	switch {
	case r.a.find("xl/workbook.bin") != nil:
		return nil, fault("xlsb", "xl/workbook.bin", "文件是 .xlsb 工作簿。")
	case r.a.find("xl/workbook.xml") != nil:
		return nil, fault("corrupt", "_rels/.rels", "文件缺少指向工作簿的关系部件。")
	}
	return nil, sniffArchive(r.a)
}

// only finds the one styles part and the one part of shared strings.
func only(rels []relation) (styles, texts string, err error) {
	for _, rel := range rels {
		switch rel.sort {
		case "styles":
			if styles != "" && styles != rel.target {
				return "", "", fault("style", rel.target, "工作簿指向两个样式部件。")
			}
			styles = rel.target
		case "sharedStrings":
			if texts != "" && texts != rel.target {
				return "", "", fault("shared-string", rel.target, "工作簿指向两个文字部件。")
			}
			texts = rel.target
		}
	}
	return styles, texts, nil
}

// readTabs reads every worksheet of the list; each must have its own part.
func (r *reader) readTabs(main string, tabs []tab, rels []relation) error {
	bad := func(message string) error { return fault("sheets", main, message) }
	byID := make(map[string]relation, len(rels))
	for _, rel := range rels {
		if _, twice := byID[rel.id]; twice {
			return bad(fmt.Sprintf("关系编号 %s 出现了两次。", rel.id))
		}
		byID[rel.id] = rel
	}
	names, parts := map[string]bool{}, map[*entry]bool{}
	for _, t := range tabs {
		if key := strings.ToLower(t.name); names[key] {
			return bad(fmt.Sprintf("有两个工作表都叫“%s”。", t.name))
		} else {
			names[key] = true
		}
		rel, ok := byID[t.id]
		if !ok {
			return bad(fmt.Sprintf("工作表“%s”没有对应的部件。", t.name))
		}
		if rel.sort != "worksheet" {
			r.w.otherSheet(t.name, rel.target, containsFold(rel.sort, "macrosheet"))
			continue
		}
		e := r.a.find(rel.target)
		switch {
		case rel.external:
			return bad(fmt.Sprintf("工作表“%s”指向文件之外。", t.name))
		case e == nil:
			return bad(fmt.Sprintf("工作表“%s”的部件不在文件内。", t.name))
		case parts[e]:
			return bad(fmt.Sprintf("工作表“%s”与另一工作表共用一个部件。", t.name))
		}
		parts[e] = true
		s := &Sheet{Name: t.name, State: t.state, Part: e.name}
		if err := r.readSheet(e, s); err != nil {
			return err
		}
		r.w.Sheets = append(r.w.Sheets, s)
	}
	if len(r.w.Sheets) == 0 {
		return bad("工作簿里没有工作表。")
	}
	return nil
}
