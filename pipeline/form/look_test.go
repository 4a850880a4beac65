package form_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"duban/pipeline/form"
)

var look = flag.String("look", "", "folder to write the test forms into, to look at them")

func TestWriteForLooking(t *testing.T) {
	if *look == "" {
		t.Skip("no -look folder")
	}
	for name, f := range map[string]*form.Form{
		"month.xlsx": monthForm(), "opening.xlsx": openingForm(),
	} {
		b, err := form.Write(f, key)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*look, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
