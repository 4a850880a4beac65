//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// thing is something in the inbox that is no plain file, and stays where it is.
type thing struct {
	name string
	make func(t *trial, path string) error
}

// things is the table.
var things = []thing{
	{"文件夹.xlsx", func(_ *trial, path string) error {
		return os.MkdirAll(filepath.Join(path, "里面"), 0o755)
	}},
	{"管道.xlsx", func(_ *trial, path string) error { return syscall.Mkfifo(path, 0o644) }},
	{"链接.xlsx", func(t *trial, path string) error {
		return os.Symlink(filepath.Join(t.ws, "state", "key"), path)
	}},
	{"断链.xlsx", func(_ *trial, path string) error { return os.Symlink("/nowhere", path) }},
	{"链到自己.xlsx", func(_ *trial, path string) error { return os.Symlink(path, path) }},
	{"零设备.xlsx", func(_ *trial, path string) error {
		if os.Geteuid() != 0 {
			return nil
		}
		return syscall.Mknod(path, syscall.S_IFCHR|0o644, 1<<8|5) // /dev/zero
	}},
	{"插座.xlsx", func(_ *trial, path string) error {
		return syscall.Mknod(path, syscall.S_IFSOCK|0o644, 0)
	}},
	{"~$锁.xlsx", func(_ *trial, path string) error { return os.WriteFile(path, []byte("x"), 0o644) }},
	{"传了一半.xlsx.part", func(_ *trial, path string) error {
		return os.WriteFile(path, []byte("PK"), 0o644)
	}},
}

// names are file names that can be and hurt; a file under each is taken.
var names = []string{
	"-rf.xlsx", "两\n行.xlsx", "\u202efdp.xlsx", "a..xlsx", "a\tb.xlsx", "\xb1\xed\xb8\xf1.xlsx",
	strings.Repeat("长", 83) + ".xlsx", "$(reboot).xlsx", "' OR 1=1.xlsx", "e\u0301.xlsx", "*?.xlsx",
	"<b>&amp;.xlsx", "\x1b[31m.xlsx", "没有扩展名", "表.XLSX", "表.xls",
}

// strange lays everything that is no form and much that has no proper name into the
// inbox, among forms: what is no file stays and blocks nothing, the rest is taken.
var strange = fault{name: "strange-things", do: func(t *trial) {
	t.furnish()
	batch := t.batchOf(t.usual())
	for _, folder := range []string{"", batch[0][0].folder} {
		dir := filepath.Join(t.ws, "inbox", folder)
		t.must(os.MkdirAll(dir, 0o755))
		for _, x := range things {
			t.must(x.make(t, filepath.Join(dir, x.name)))
		}
	}
	d := t.start()
	for i, name := range names {
		p, err := t.sameAgain(500+i, 0)
		t.must(err)
		p.name = name
		t.drop(p)
	}
	t.linked(batch[0][0])
	t.all(batch)
	t.tooBig()
	t.rounds = 1
	t.until("the file that is too big", func() bool {
		found, _ := filepath.Glob(filepath.Join(t.ws, "outbox", "receipts", "*", "*超大*-回执.txt"))
		return len(found) == 1
	})
	t.swept()
	t.drain(d)
	for _, folder := range []string{"", batch[0][0].folder} {
		for _, x := range things {
			path := filepath.Join(t.ws, "inbox", folder, x.name)
			if _, err := os.Lstat(path); err != nil && x.name != "零设备.xlsx" {
				t.failf("%q was taken away: %v", x.name, err)
			}
			t.must(os.RemoveAll(path))
		}
	}
}}

// linked lays a file into the inbox that has a second name outside, through which it is
// written into afterwards: what was taken stays as it was taken.
func (t *trial) linked(p parcel) {
	outside := filepath.Join(t.dir, "outside.xlsx")
	p.bytes = remarked(p.bytes, " and linked")
	p = t.stock.parcel("form", p.folder, "第二个名字.xlsx", p.bytes)
	t.must(os.WriteFile(outside, p.bytes, 0o644))
	t.must(os.MkdirAll(filepath.Join(t.ws, "inbox", p.folder), 0o755))
	t.must(os.Link(outside, filepath.Join(t.ws, "inbox", p.folder, p.name)))
	t.has(p)
	t.until("the linked file", func() bool { return t.settled([]parcel{p}) })
	t.must(os.WriteFile(outside, []byte("overwritten"), 0o644))
}

// tooBig lays a file of 70 MB without any bytes on the disk into the inbox.
func (t *trial) tooBig() {
	path := filepath.Join(t.ws, "inbox", "超大.xlsx")
	t.must(os.WriteFile(path+".part", nil, 0o644))
	t.must(os.Truncate(path+".part", 70<<20))
	t.must(os.Rename(path+".part", path))
	b := make([]byte, 70<<20)
	p := t.stock.parcel("", "", "超大.xlsx", b)
	p.bytes = nil
	t.unread = p
}

// swept waits until the inbox has been looked at some times more.
func (t *trial) swept() { time.Sleep(2500 * time.Millisecond) }
