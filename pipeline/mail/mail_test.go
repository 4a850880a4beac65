package mail

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/mail/shape"
)

// letter is what every shape is asked to carry.
func letter() shape.Letter {
	book := append([]byte("PK\x03\x04not a zip, and not looked into here"), 0, 1, 2, 0xff)
	return shape.Letter{From: "jyj@example.gov.cn", Name: "区教育局 王敏", To: "duban@example.gov.cn",
		Subject: "区教育局2025年3月填报表", ID: "abc.123@example.gov.cn",
		Date: time.Date(2025, 4, 3, 9, 30, 0, 0, time.FixedZone("", 8*3600)),
		Files: []shape.File{{Name: "区教育局 2025年3月(填报表).xlsx",
			Bytes: bytes.Repeat(book, 100)}}}
}

func TestEveryShapeIsReadAsItIsMeant(t *testing.T) {
	for _, s := range shape.Shapes {
		t.Run(s.Name, func(t *testing.T) {
			l := letter()
			m := Read(s.Write(l))
			var whole []Part
			for _, p := range m.Parts {
				if p.Fault == "" {
					whole = append(whole, p)
				}
			}
			switch {
			case s.Forms:
				want := []Part{{Name: l.Files[0].Name, Bytes: l.Files[0].Bytes}}
				if d := cmp.Diff(want, m.Parts); d != "" {
					t.Errorf("parts (-want +got):\n%s", d)
				}
			case s.Silent:
				if m.Auto == Person {
					t.Error("taken for a person's")
				}
			case s.Name != "no attachment" && (len(whole) > 0 || len(m.Parts) == 0):
				t.Errorf("of what cannot be read came %+v", m.Parts)
			}
			if !s.Silent && m.Auto != Person {
				t.Errorf("taken for %s", m.Auto)
			}
			doubt := m.From.Text != l.From || len(m.ReplyTo) > 0
			if doubt != s.Doubt {
				t.Errorf("from %+v (%s), reply to %v", m.From, m.FromFault, m.ReplyTo)
			}
			if !strings.HasSuffix(m.Subject, l.Subject) {
				t.Errorf("subject %q", m.Subject)
			}
			if m.ID != l.ID || !m.Date.Equal(l.Date) {
				t.Errorf("id %q, date %v", m.ID, m.Date)
			}
		})
	}
}

func TestIdentityIsOfTheMessageAndNotOfItsWay(t *testing.T) {
	l := letter()
	usual := shape.Shapes[0].Write(l)
	first := Read(usual).Identity()
	way := append([]byte("Return-Path: <jyj@example.gov.cn>\r\nReceived: from a by b\r\n"), usual...)
	if Read(way).Identity() != first {
		t.Error("another way gave another identity")
	}
	for what, change := range map[string]func(*shape.Letter){
		"id":     func(l *shape.Letter) { l.ID = "other@example.gov.cn" },
		"sender": func(l *shape.Letter) { l.From = "kjj@example.gov.cn" },
		"bytes":  func(l *shape.Letter) { l.Files[0].Bytes = []byte("PK other") },
	} {
		other := letter()
		change(&other)
		if Read(shape.Shapes[0].Write(other)).Identity() == first {
			t.Errorf("another %s gave the same identity", what)
		}
	}
}

func TestAThreadIsReadOldestFirst(t *testing.T) {
	m := Read([]byte("From: a@b.cn\nReferences: <1@x>\n\t<2@x>\nIn-Reply-To: <2@x> <3@x>\n\nhi"))
	if d := cmp.Diff([]string{"1@x", "2@x", "3@x"}, m.References); d != "" {
		t.Error(d)
	}
	if m.From.Text != "a@b.cn" || m.From.Domain != "b.cn" || m.Auto != Person {
		t.Errorf("%+v", m)
	}
}

func TestAMessageWithoutSenseIsOneWithNothingInIt(t *testing.T) {
	for _, s := range []string{"", "\r\n", "garbage", ":", " folded first\nFrom: a@b\n\n",
		"\x00\xff"} {
		m := Read([]byte(s))
		if len(m.Parts) > 0 || s == "" && m.FromFault == "" {
			t.Errorf("%q: %+v", s, m)
		}
	}
}

func TestDeepAndManyPartsEndAtALimit(t *testing.T) {
	l := letter()
	l.Files = make([]shape.File, 300)
	for i := range l.Files {
		l.Files[i] = shape.File{Name: "x.xlsx", Bytes: []byte("x")}
	}
	m := Read(shape.Shapes[0].Write(l))
	if n := len(m.Parts); n != maxParts+1 || m.Parts[n-1].Fault != tooMany {
		t.Errorf("%d parts, the last %+v", n, m.Parts[n-1])
	}
	deep := []byte("From: a@b.cn\r\n\r\nx")
	for range 30 {
		deep = append([]byte("From: a@b.cn\r\nContent-Type: message/rfc822\r\n\r\n"), deep...)
	}
	if m := Read(deep); len(m.Parts) != 1 || m.Parts[0].Fault != tooDeep {
		t.Errorf("thirty levels: %+v", m.Parts)
	}
}

func TestAHeaderOfAMillionLinesIsReadAtOnce(t *testing.T) {
	b := []byte("From: a@b.cn\r\nSubject: x\r\n" + strings.Repeat(" y\r\n", 1<<20) + "\r\nbody")
	began := time.Now()
	if m := Read(b); m.From.Text != "a@b.cn" || !strings.HasPrefix(m.Subject, "x y") {
		t.Errorf("%+v", m)
	}
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("it took %v", d)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range shape.Shapes {
		f.Add(s.Write(letter()))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m := Read(b)
		m.Told("mx.example")
		for _, p := range m.Parts {
			if p.Fault != "" && p.Bytes != nil {
				t.Errorf("half a part: %+v", p)
			}
		}
		if m.From.Text == "" && m.FromFault == "" {
			t.Error("no sender, and no reason why")
		}
	})
}
