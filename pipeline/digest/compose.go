package digest

import (
	"fmt"
	"time"

	"duban/pipeline/plan"
)

// Compose sets a report into words: the paper and the workbook of an edition.
// It is a function of the report alone. An audience without sheets has no book.
func Compose(r *Report) (*Paper, *Book) {
	return paper(r), book(r)
}

func paper(r *Report) *Paper {
	made := r.Made()
	p := &Paper{
		Form:      r.Audience.Form,
		Copies:    r.Office.Copies,
		Mark:      r.Office.Mark,
		Number:    r.Number,
		Title:     r.title(),
		Recipient: r.Office.Recipient,
		Organ:     r.Office.Organ,
		Date:      plan.DateOf(made).Chinese(),
		Sealed:    r.Office.Sealed,
		CopyTo:    r.Office.CopyTo,
		Printer:   r.Office.Printer,
		PrintedOn: plan.DateOf(made).Chinese(),
		Author:    r.Office.Organ,
		Subject:   r.PlanTitle,
		Created:   made.Unix(),
	}
	n := 0
	for _, code := range r.Audience.Sections {
		for _, s := range sections {
			if s.code != code {
				continue
			}
			blocks := s.write(r)
			if len(blocks) == 0 {
				continue
			}
			if s.name != "" {
				n++
				p.Body = append(p.Body, Heading{Level: 1, Text: chineseNumber(n) + "、" + s.name})
			}
			p.Body = append(p.Body, blocks...)
		}
	}
	for _, code := range r.Audience.Annexes {
		for _, a := range annexes {
			if a.code == code {
				p.Annexes = append(p.Annexes, a.write(r))
			}
		}
	}
	return p
}

// book is nil where the audience gets no workbook.
func book(r *Report) *Book {
	if len(r.Audience.Sheets) == 0 {
		return nil
	}
	b := &Book{Title: r.title(), Created: r.Made().Unix(), Author: r.Office.Organ}
	for _, code := range r.Audience.Sheets {
		for _, s := range sheets {
			if s.code == code {
				b.Sheets = append(b.Sheets, s.write(r))
			}
		}
	}
	return b
}

func (r *Report) title() string {
	t := fmt.Sprintf("关于%s%s推进情况的通报", r.month().Chinese(), r.Office.Subject)
	if r.Edition > 1 {
		t += fmt.Sprintf("（第%d版）", r.Edition)
	}
	return t
}

func (r *Report) month() plan.Month {
	m, err := plan.ParseMonth(r.Month)
	if err != nil {
		panic("digest: a report without a month: " + err.Error())
	}
	return m
}

// Made is the moment the edition was made.
func (r *Report) Made() time.Time { return moment(r.MadeAt) }

// monthEnd is how a sentence names the day a figure stands for: 3月底.
func (r *Report) monthEnd() string { return fmt.Sprintf("%d月底", r.month().Number()) }

// moment reads a time of the report; they were written by this program, so one
// that does not parse is a fault of ours.
func moment(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic("digest: a report with a broken time: " + err.Error())
	}
	return t
}
