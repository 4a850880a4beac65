package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"duban/pipeline/durable"
)

// Counter takes files that a person hands in, one by one. The original stays
// where it is; a copy goes the road of any claim.
type Counter struct{ Folder *Folder }

// Handed is what the person at the counter says of a file.
type Handed struct {
	Unit       string    // the code of the unit it is from; "" when not said
	By         string    // who took it in
	ReceivedAt time.Time // when it was really handed over; zero for now
}

// Hand reads a file and puts a copy into work. An error is in Chinese.
func (c *Counter) Hand(path string, h Handed) (Claim, error) {
	claim, err := c.Read(path, h)
	if err != nil {
		return claim, err
	}
	f := c.Folder
	fault := func(err error) (Claim, error) {
		f.log().Error("柜台收件没有收下", "err", err)
		return Claim{}, fmt.Errorf("工作文件夹无法写入，“%s”没有收下（%s）", claim.Name, reason(err))
	}
	if claim.TooBig {
		return claim, nil // nothing to keep: the original stays with its owner
	}
	if err := durable.MkdirAll(f.Work, 0o755); err != nil {
		return fault(err)
	}
	s := slip{
		ID: claim.ID, Name: []byte(filepath.Base(path)), Shown: claim.Name, Channel: ByCounter,
		Unit: h.Unit, By: h.By, SeenAt: claim.SeenAt, ReceivedAt: h.ReceivedAt,
	}
	if err := durable.WriteAll(s.file(f.Work)); err != nil {
		return fault(err)
	}
	if err := durable.WriteNew(claim.Path, claim.Bytes, 0o644); err != nil {
		return fault(err)
	}
	return claim, nil
}

// Read reads a file as Hand does and keeps nothing: for a trial (预检). Do not
// settle what it returns. An error is in Chinese.
func (c *Counter) Read(path string, h Handed) (Claim, error) {
	f := c.Folder
	claim := Claim{
		ID: newID(), Name: CleanName(filepath.Base(path)), Channel: ByCounter,
		Unit: h.Unit, By: h.By, SeenAt: f.now(), ReceivedAt: h.ReceivedAt,
	}
	claim.Path = filepath.Join(f.Work, claim.ID)
	file, info, err := openGiven(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Claim{}, fmt.Errorf("没有“%s”这个文件；请核对路径和文件名", CleanName(path))
	case errors.Is(err, errNotRegular):
		return Claim{}, fmt.Errorf("“%s”不是普通文件；请指明填报表文件本身", claim.Name)
	case err != nil:
		return Claim{}, fmt.Errorf("“%s”无法读取（%s）", claim.Name, reason(err))
	}
	defer file.Close()
	claim.Size = info.Size()
	if claim.Size > f.limit() {
		claim.TooBig = true
		return claim, nil
	}
	claim.Bytes, err = readAll(file, claim.Size)
	if err == nil {
		after, e := file.Stat()
		if e != nil || !same(info, after) {
			err = errChanged
		}
	}
	switch {
	case errors.Is(err, errChanged):
		return Claim{}, fmt.Errorf("“%s”读取时还在改动；请保存并关闭后再交", claim.Name)
	case err != nil:
		return Claim{}, fmt.Errorf("“%s”无法读取（%s）", claim.Name, reason(err))
	}
	claim.SHA256 = hash(claim.Bytes)
	return claim, nil
}
