package pdf

import (
	"fmt"
	"strings"
	"time"

	"duban/pipeline/digest"
)

// Result is a finished file.
type Result struct {
	Bytes   []byte
	Pages   int
	Missing []rune // characters that no face has, printed as 〓
}

// shanghai is the zone of the moment written into the file; the file's dates
// carry no zone.
var shanghai = time.FixedZone("CST", 8*60*60)

// Write sets the paper. The same paper and the same fonts give the same bytes.
func Write(p *digest.Paper, f *Fonts) (result *Result, err error) {
	defer func() { // a broken font, or a file of gofpdf's that nobody foresaw
		if r := recover(); r != nil {
			result, err = nil, fmt.Errorf("typesetting stopped: %v", r)
		}
	}()
	fm, err := formOf(p.Form)
	if err != nil {
		return nil, err
	}
	s := newSetter(f)
	last := s.paper(p, fm)
	for i, a := range p.Annexes {
		last = s.annex(a, i+1, len(p.Annexes))
	}
	s.imprint(p, fm, last)
	s.pageNumbers(fm)
	if s.err != nil {
		return nil, s.err
	}
	b, err := s.print(papers{
		title: oneLine(p.Title), author: oneLine(p.Author), subject: oneLine(p.Subject),
		created: time.Unix(p.Created, 0).In(shanghai),
	})
	if err != nil {
		return nil, err
	}
	return &Result{Bytes: b, Pages: len(s.pages), Missing: s.lost()}, nil
}

// paper sets everything before the annexes.
func (s *setter) paper(p *digest.Paper, fm *form) *flow {
	f := s.newFlow(upright)
	fm.head(f, fm, p)
	if title := clean(p.Title); strings.TrimSpace(title) != "" {
		f.foot = f.title(title, f.y)
		f.y = f.foot + 0.9*pitch // one blank line, from there on in the 22 lines
	}
	if to := strings.TrimRight(oneLine(p.Recipient), "：:"); to != "" {
		f.put(s.lines(s.shape(span{to + "：", bodyStyle}), upright.left, upright.left,
			upright.right))
	}
	body := s.blocks(p.Body, upright)
	end := append(s.listing(p.Annexes, upright), s.signature(p, fm, upright)...)
	if len(end) > 0 { // a signature never stands on a page without text
		for i := range body[max(len(body)-2, 0):] {
			body[max(len(body)-2, 0)+i].keep = true
		}
		for i := range end[:len(end)-1] {
			end[i].keep = true
		}
	}
	f.put(append(body, end...))
	return f
}
