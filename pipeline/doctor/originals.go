package doctor

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"duban/pipeline/ledger"
)

// originals asks that every file the ledger names is kept, with its size and,
// where that is asked for, its bytes.
var originals = Examination{Code: "originals", Title: "存档的原件", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		named, err := c.Ledger.Kept(ctx)
		var all []Symptom
		for _, f := range named {
			if ctx.Err() != nil {
				return all, ctx.Err()
			}
			what, err := c.original(f)
			if err != nil {
				return all, err
			}
			if what != "" {
				all = append(all, Symptom{Severity: Error, What: what, Where: c.place(c.kept(f.SHA256)[0]),
					Fix: "从备份（duban-….zip）里取出同名文件放回原处；没有备份的，请报送单位把原文件再交一次。"})
			}
		}
		return all, err
	}}

// kept is where an original may stand once it is settled.
func (c *Case) kept(sha string) [2]string {
	return [2]string{filepath.Join(c.Folder.Archive, sha[:2], sha),
		filepath.Join(c.Folder.Quarantine, sha[:2], sha)}
}

// original says what is wrong with a file that must be kept; "" for nothing.
func (c *Case) original(f ledger.KeptFile) (string, error) {
	at := c.kept(f.SHA256)
	places := at[:]
	for _, claim := range f.Claims {
		places = append(places, filepath.Join(c.Folder.Work, filepath.Base(claim)))
	}
	places = append(places, at[:]...) // moved while we looked
	for _, p := range places {
		info, err := os.Lstat(p)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return "", err
		case !info.Mode().IsRegular():
			return "存档的原件成了别的东西，不是普通文件", nil
		case info.Size() != f.Size:
			return fmt.Sprintf("存档的原件是%d字节，台账记的是%d字节", info.Size(), f.Size), nil
		case !c.Deep:
			return "", nil
		}
		sum, err := hashOf(p)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "存档的原件读不出来：" + reason(err), nil
		}
		if sum != f.SHA256 {
			return "存档的原件内容已改变，与它的 SHA-256 不符", nil
		}
		return "", nil
	}
	return "台账里有、存档里没有这份原件", nil
}

func hashOf(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
