package sheet

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestHostileFilesAreWrittenOut writes every hostile file, and which code it
// gets, into the folder DUBAN_HOSTILE_DIR: the tests of the whole program take
// them from there.
func TestHostileFilesAreWrittenOut(t *testing.T) {
	dir := os.Getenv("DUBAN_HOSTILE_DIR")
	if dir == "" {
		t.Skip("DUBAN_HOSTILE_DIR is not set")
	}
	type row struct{ Name, File, Code, Word string }
	var rows []row
	for _, h := range append(containers, grids...) {
		rows = append(rows, row{Name: h.name, Code: h.code})
	}
	for _, o := range others {
		rows = append(rows, row{Name: "another format: " + o.word, Code: o.code, Word: o.word})
	}
	files := []func() []byte{}
	for _, h := range append(containers, grids...) {
		files = append(files, h.make)
	}
	for _, o := range others {
		files = append(files, o.make)
	}
	for i := range rows {
		rows[i].File = fmt.Sprintf("%03d.xlsx", i)
		if err := os.WriteFile(filepath.Join(dir, rows[i].File), files[i](), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := json.MarshalIndent(rows, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "files.json"), b, 0o644); err != nil {
		t.Fatal(err)
	}
}
