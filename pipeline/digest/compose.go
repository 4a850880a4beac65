package digest

import (
	"bytes"
	"fmt"
	"strings"
	"text/template"
	"time"

	"duban/pipeline/plan"
)

// Compose sets a report into words: the paper and the workbook of an edition.
// It is a function of the report and the wording alone. An audience without
// sheets has no book.
func (w *Words) Compose(r *Report) (*Paper, *Book, error) {
	c := &composer{Report: r, words: w}
	title := c.say("title", titleItems{r.title(), r.Edition})
	p := c.paper(title)
	if c.err != nil {
		return nil, nil, c.err
	}
	return p, book(r, title), nil
}

// composer is one paper being written. It keeps the first thing that went
// wrong; from then on its parts say nothing.
type composer struct {
	*Report
	words    *Words
	bound    []string // codes of the annexes, in order
	headings int      // of level 1, so far
	err      error
}

func (c *composer) say(name string, items any) string {
	if c.err != nil {
		return ""
	}
	s, err := c.words.say(name, items)
	c.err = err
	return s
}

// coded is an indicator in a table: its code leads to where its figure came from.
func (c *composer) coded(name, id string) string { return c.say("coded", codedItems{name, id}) }

// columns sets the heads of a part over columns of these shares.
func (c *composer) columns(name string, widths ...Column) []Column {
	heads := strings.Split(c.say(name, none{}), "|")
	for i := range widths {
		if i < len(heads) {
			widths[i].Head = strings.TrimSpace(heads[i])
		}
	}
	return widths
}

// left, centre and right are columns of this share of the width.
func left(share float64) Column   { return Column{Share: share, Align: Left} }
func centre(share float64) Column { return Column{Share: share, Align: Centre} }
func right(share float64) Column  { return Column{Share: share, Align: Right} }

func (c *composer) paper(title string) *Paper {
	r, made := c.Report, c.Made()
	p := &Paper{
		Form:      r.Audience.Form,
		Copies:    r.Office.Copies,
		Mark:      r.Office.Mark,
		Number:    r.Number,
		Title:     title,
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
	p.Annexes = c.annexes()
	p.Body = c.body()
	return p
}

// annexes are what is bound behind; one with nothing in it is not.
func (c *composer) annexes() []Annex {
	var bound []Annex
	for _, code := range c.Audience.Annexes {
		for _, a := range annexes {
			if a.code != code {
				continue
			}
			if annex := a.write(c); len(annex.Body) > 0 {
				bound, c.bound = append(bound, annex), append(c.bound, code)
			}
		}
	}
	return bound
}

// annexNumber is under which number an annex is bound; "" when it is not.
func (c *composer) annexNumber(code string) string {
	for i, x := range c.bound {
		if x == code {
			return fmt.Sprint(i + 1)
		}
	}
	return ""
}

// body is the sections the audience gets; numbered ones that have something to
// say take the next number.
func (c *composer) body() []Block {
	var body []Block
	for _, code := range c.Audience.Sections {
		for _, s := range sections {
			if s.code != code {
				continue
			}
			blocks := s.write(c)
			if len(blocks) > 0 && s.headed {
				body = append(body, c.heading(s.code))
			}
			body = append(body, blocks...)
		}
	}
	return body
}

// heading is the next heading of level 1: the part of the wording named after
// what it heads.
func (c *composer) heading(code string) Heading {
	c.headings++
	text := c.say(code+".heading", none{})
	return Heading{Level: 1, Text: c.say("heading.1", headingItems{c.headings, text})}
}

// book is nil where the audience gets no workbook.
func book(r *Report, title string) *Book {
	if len(r.Audience.Sheets) == 0 {
		return nil
	}
	b := &Book{Title: title, Created: r.Made().Unix(), Author: r.Office.Organ}
	for _, code := range r.Audience.Sheets {
		for _, s := range sheets {
			if s.code == code {
				b.Sheets = append(b.Sheets, s.write(r))
			}
		}
	}
	return b
}

// title is what the audience's papers are called, without the edition. It was
// proven when the audiences were read.
func (r *Report) title() string {
	t, err := title(r.Audience.Title, r.month().Chinese(), r.Office.Subject, r.For)
	if err != nil {
		panic("digest: an audience with a broken title: " + err.Error())
	}
	return t
}

// title sets an audience's title.
func title(text, month, subject, unit string) (string, error) {
	t, err := template.New("title").Parse(text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, struct{ Month, Subject, Unit string }{month, subject, unit})
	return b.String(), err
}

func (r *Report) month() plan.Month {
	m, err := plan.ParseMonth(r.Month)
	if err != nil {
		panic("digest: a report without a month: " + err.Error())
	}
	return m
}

// monthItems are the report's month, as parts name it.
func (r *Report) monthItems() monthItems { return monthItems{r.month().Chinese(), r.monthEnd()} }

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
