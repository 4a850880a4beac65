package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

var overdue = sentence{"overdue",
	"“%s”已放了%s还没有收；请看 duban run 是否在运行，或运行一次 duban once。"}

// Untaken tells of everything that has lain in the inbox for longer than an
// age, each with why it was not taken. It takes nothing and forgets nothing
// that Look knows.
func (f *Folder) Untaken(age time.Duration) ([]Notice, error) {
	fresh := &Folder{Inbox: f.Inbox, Work: f.Work, Rest: -1, Reserve: f.Reserve, Now: f.Now,
		Free: f.Free}
	fresh.begin()
	l := &look{f: fresh, present: map[string]bool{}}
	if err := l.list(); err != nil {
		return nil, err
	}
	var old []*sighting
	for _, s := range l.rested {
		if f.now().Sub(arrived(s.info)) > age {
			old = append(old, s)
		}
	}
	if len(old) > 0 && !l.room() {
		return l.notices, nil // one reason for all of them
	}
	for _, s := range old {
		file, _, err := openRegular(s.path)
		if err != nil {
			l.say(unreadable, s.path, "")
			continue
		}
		open, _ := beingWritten(file)
		file.Close()
		if open {
			l.say(writing, s.path, "")
			continue
		}
		l.say(overdue, s.path, lain(f.now().Sub(arrived(s.info))))
	}
	return l.notices, nil
}

// lain is a time in words.
func lain(d time.Duration) string {
	if d >= 48*time.Hour {
		return fmt.Sprintf("%d天", int(d.Hours())/24)
	}
	return fmt.Sprintf("%d小时", int(d.Hours()))
}

// InWork lists what was claimed and is not settled, the oldest first, without
// its bytes and without handing it over again.
func (f *Folder) InWork() ([]Claim, error) {
	entries, err := os.ReadDir(f.Work)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []Claim
	slips := f.slips()
	for _, e := range entries {
		name := e.Name()
		if !e.Type().IsRegular() || strings.HasSuffix(name, ".json") || ignored(name) {
			continue
		}
		s, found := slips[name]
		if !found { // a lost slip costs the name
			s = slip{ID: name, Channel: ByFolder}
		}
		c := s.claim(f)
		if info, err := os.Stat(filepath.Join(f.Work, name)); err == nil && c.SeenAt.IsZero() {
			c.SeenAt = arrived(info)
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Claim) int { return a.SeenAt.Compare(b.SeenAt) })
	return all, err
}
