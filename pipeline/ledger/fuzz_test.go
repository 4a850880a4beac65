package ledger

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzMarker: the file beside the database is read as it was written, or not
// at all: half a marker would say that the ledger is another.
func FuzzMarker(f *testing.F) {
	for _, s := range []string{"duban ledger a\nsubmissions 1\n",
		"duban ledger a\nsubmissions 1\nchain 3 ab\n",
		"duban ledger a\nsubmissions 99999999999999999999\n",
		"duban ledger a\nsubmissions 1\nchain 0 \n", "duban ledger  \n", "", "\n"} {
		f.Add([]byte(s))
	}
	database := filepath.Join(f.TempDir(), "duban.db")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(markerPath(database), b, 0o644); err != nil {
			t.Fatal(err)
		}
		m, err := readMarker(database)
		if err != nil && m != (marker{}) {
			t.Errorf("half a marker: %+v", m)
		}
		if err == nil && m.text() != string(b) {
			t.Errorf("%q is read as %q", b, m.text())
		}
	})
}
