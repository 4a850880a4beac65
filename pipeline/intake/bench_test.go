package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkClaimAndSettle is the way of one form of 10 KB from the inbox into
// the archive, without what is done with it between.
func BenchmarkClaimAndSettle(b *testing.B) {
	dir := b.TempDir()
	f := &Folder{Inbox: dir + "/inbox", Work: dir + "/work", Archive: dir + "/archive",
		Quarantine: dir + "/quarantine", Rest: -1, Reserve: 1}
	if err := os.Mkdir(f.Inbox, 0o755); err != nil {
		b.Fatal(err)
	}
	for i := range b.N {
		s := fmt.Sprintf("%d %s", i, strings.Repeat("x", 10_000))
		path := filepath.Join(f.Inbox, fmt.Sprint(i))
		if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.ResetTimer(); ; {
		claims, _, err := f.Look(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if len(claims) == 0 {
			return
		}
		if err := f.Settle(claims...); err != nil {
			b.Fatal(err)
		}
	}
}
