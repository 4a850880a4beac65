package xlsx

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"duban/pipeline/digest"
)

// Write makes the workbook. A book without sheets is an error.
func Write(b *digest.Book) ([]byte, error) {
	out, err := write(b)
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return out, nil
}

// book is a workbook being written.
type book struct {
	*excelize.File
	names  map[string]string // a sheet's name in the digest → in the file
	styles map[look]int
	lamps  []int // the numbers of the conditional styles of lamps
}

func write(d *digest.Book) ([]byte, error) {
	if len(d.Sheets) == 0 {
		return nil, fmt.Errorf("the book %q has no sheets", d.Title)
	}
	b := &book{excelize.NewFile(), map[string]string{}, map[look]int{}, nil}
	defer b.Close()
	if err := b.SetDefaultFont(face); err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	names := make([]string, len(d.Sheets))
	for i, s := range d.Sheets {
		names[i] = sheetName(s.Name, taken)
		if _, dup := b.names[s.Name]; !dup {
			b.names[s.Name] = names[i]
		}
		if err := b.add(i, names[i]); err != nil {
			return nil, err
		}
	}
	for i := range d.Sheets {
		s := &sheet{book: b, Sheet: &d.Sheets[i], name: names[i]}
		if err := s.write(); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", names[i], err)
		}
	}
	at := time.Unix(d.Created, 0).UTC().Format(time.RFC3339)
	err := b.SetDocProps(&excelize.DocProperties{
		Title: clean(d.Title), Creator: clean(d.Author), LastModifiedBy: clean(d.Author),
		Created: at, Modified: at, Language: "zh-CN",
	})
	if err != nil {
		return nil, err
	}
	b.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newMended(w) })
	var out bytes.Buffer
	if err := b.File.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// add makes a sheet; the library begins with one, which is renamed.
func (b *book) add(i int, name string) error {
	if i == 0 {
		return b.SetSheetName("Sheet1", name)
	}
	_, err := b.NewSheet(name)
	return err
}
