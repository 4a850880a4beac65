package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rules of this file:
//  - a day off or a make-up day is one because the file says so; the other
//    Saturdays and Sundays are off;
//  - a year that the file does not have is unknown, never guessed.

// Calendar (工作日历) says which days are worked: the State Council's holidays
// and make-up days, year by year, from a file the administrator edits.
type Calendar struct {
	file  string
	years map[int]bool
	off   map[Date]string // the holiday's name
	work  map[Date]string
}

// YearError says that the calendar does not have a year.
type YearError struct {
	Year int
	File string
}

// Error says what to do, in Chinese.
func (e *YearError) Error() string {
	return fmt.Sprintf("工作日历 %s 里没有%d年：请照已有年份的样子，按国务院办公厅公布的"+
		"%d年放假安排补上一段", e.File, e.Year, e.Year)
}

// ReadCalendar reads and proves the calendar file; a problem with it is a
// *FilesError.
func ReadCalendar(name string) (*Calendar, error) {
	c := &Calendar{file: name, years: map[int]bool{}, off: map[Date]string{},
		work: map[Date]string{}}
	err := readAlone(name, func(r *reader, root *node) {
		r.mapping(root, "工作日历", c, map[string]take{
			"years": r.list("年份（years）", func(n *node) { c.year(r, n) }),
		})
		if len(c.years) == 0 {
			r.bad(root, "工作日历里没有任何年份（years）：请按样例补上")
		}
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// year reads one year of the file.
func (c *Calendar) year(r *reader, n *node) {
	var year int
	var source string
	var holidays []*node
	r.mapping(n, "一年的安排", n, map[string]take{
		"year": r.scalar(func(n *node, s string) {
			y, err := strconv.Atoi(s)
			if err != nil || y < 2000 || y > 2100 {
				r.bad(n, "“%s”不是年份：请写成 2025 的形式", s)
				return
			}
			year = y
		}),
		"source":   r.text(&source),
		"holidays": r.list("假期（holidays）", func(h *node) { holidays = append(holidays, h) }),
	})
	switch {
	case year == 0:
		r.bad(n, "这一段没有写明年份（year）")
		return
	case c.years[year]:
		r.bad(n, "%d年写了两段：请并成一段", year)
		return
	case source == "":
		r.bad(n, "%d年没有写明依据（source）：请写国务院办公厅通知的文号或日期", year)
	case len(holidays) == 0:
		r.bad(n, "%d年没有列出任何假期（holidays）", year)
	}
	c.years[year] = true
	var names []string
	for _, h := range holidays {
		names = append(names, c.holiday(r, h, year))
	}
	all := strings.Join(names, "、")
	for _, name := range statutory {
		if len(holidays) > 0 && !strings.Contains(all, name) {
			r.bad(n, "%d年没有写%s：请照放假安排补全；同别的假期连着放的，名称写在一起，如“国庆节、中秋节”",
				year, name)
		}
	}
}

// statutory are the holidays of every year (全国年节及纪念日放假办法). A year that
// lacks one was cut short or not finished, and its days would count as worked.
var statutory = []string{"元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"}

// longest is more days than any holiday has had; a longer one is a slip.
const longest = 12

func (c *Calendar) holiday(r *reader, n *node, year int) (name string) {
	var from, to Date
	type working struct {
		day Date
		at  *node
	}
	var work []working
	r.mapping(n, "假期", n, map[string]take{
		"name": r.text(&name),
		"from": r.date(&from),
		"to":   r.date(&to),
		"work": r.list("上班日（work）", func(at *node) {
			var d Date
			r.date(&d)(at)
			work = append(work, working{d, at})
		}),
	})
	days := to.days() - from.days() + 1
	switch {
	case name == "":
		r.bad(n, "这个假期没有名称（name）")
		return
	case from.IsZero() || to.IsZero():
		r.bad(n, "%s缺少放假的第一天（from）或最后一天（to）", name)
		return
	case from.Year != year || to.Year != year:
		r.bad(n, "%s不在%d年：跨年的假期，请把各年的几天分别写在各年里", name, year)
		return
	case days < 1 || days > longest:
		r.bad(n, "%s从%s到%s共%d天，不合常理：请核对", name, from, to, days)
		return
	}
	for d := from; d.Compare(to) <= 0; d = d.next() {
		if other, taken := c.off[d]; taken {
			r.bad(n, "%s在“%s”和“%s”里各写了一次：请核对", d, other, name)
		}
		if _, taken := c.work[d]; taken {
			r.bad(n, "%s既写成放假又写成上班：请核对", d)
		}
		c.off[d] = name
	}
	for _, w := range work {
		_, off := c.off[w.day]
		_, twice := c.work[w.day]
		switch {
		case w.day.IsZero():
		case w.day.Year != year:
			r.bad(w.at, "上班日%s不在%d年：请写在它自己的年份里", w.day, year)
		case off:
			r.bad(w.at, "%s既写成放假又写成上班：请核对", w.day)
		case twice:
			r.bad(w.at, "上班日%s写了两次：请删去一个", w.day)
		case !w.day.weekend():
			r.bad(w.at, "上班日%s不是周六或周日，本来就上班：请核对日期", w.day)
		default:
			c.work[w.day] = name
		}
	}
	return name
}

// Workday reports whether a day is worked. Of a year the calendar does not
// have it knows nothing: a *YearError.
func (c *Calendar) Workday(d Date) (bool, error) {
	if !c.years[d.Year] {
		return false, &YearError{d.Year, c.file}
	}
	if _, ok := c.work[d]; ok {
		return true, nil
	}
	_, off := c.off[d]
	return !off && !d.weekend(), nil
}

// NthWorkday is the n-th day of the month that is worked, counted from 1.
func (c *Calendar) NthWorkday(m Month, n int) (Date, error) {
	left := n
	for d := (Date{m.Year(), m.Number(), 1}); d.Month == m.Number(); d = d.next() {
		works, err := c.Workday(d)
		if err != nil {
			return Date{}, err
		}
		if works {
			left--
		}
		if left == 0 {
			return d, nil
		}
	}
	return Date{}, fmt.Errorf("%s没有第%d个工作日", m.Chinese(), n)
}

// Years lists the years the calendar has, in order.
func (c *Calendar) Years() []int {
	var all []int
	for y := range c.years {
		all = append(all, y)
	}
	slices.Sort(all)
	return all
}

func (d Date) utc() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// days counts days from a fixed one, so that dates subtract.
func (d Date) days() int { return int(d.utc().Unix() / 86400) }

func (d Date) next() Date { return DateOf(d.utc().AddDate(0, 0, 1)) }

func (d Date) weekend() bool {
	w := d.utc().Weekday()
	return w == time.Saturday || w == time.Sunday
}
