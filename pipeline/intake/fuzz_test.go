package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// FuzzCleanName: of any bytes comes a name that can be shown on a line, is no
// path and stays as it is when it is cleaned again.
func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"填报表.xlsx", "", "../../etc/x", `..\..\x`, "a\x00b", "\xcc\xee\xb1\xa8",
		"\u202egnp.xlsx", "e\u0301", "=cmd|'/c calc'!A0",
		"\ufdfa\ufdfa", "-rf", strings.Repeat("长", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := CleanName(s)
		bad := func(r rune) bool {
			return r == '/' || r == '\\' || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
		}
		if name == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, bad) ||
			utf8.RuneCountInString(name) > maxName {
			t.Errorf("%q became %q", s, name)
		}
		if again := CleanName(name); again != name {
			t.Errorf("%q became %q, and that %q", s, name, again)
		}
	})
}

// FuzzSlip: whatever lies beside a claim as its slip, alone or with others, the
// file is handed over, under its own id, and from its own place.
func FuzzSlip(f *testing.F) {
	const id = "0001-a"
	for _, s := range []string{
		`{"id":"0001-a","name":"YQ==","channel":"folder","attempts":1}`,
		"", "{", "[]",
		`{"id":"../../x","seen_at":"9999-12-31T23:59:59-12:00","mail":{"account":"a"}}`,
		`{"name":"/w==","folder":"Li4v","unit":"jyj","by":"\u202e","whole":-1}`,
		`{"received_at":"0000-01-01T00:00:00Z","attempts":9223372036854775807}`} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	folder := &Folder{Inbox: filepath.Join(dir, "inbox"), Work: filepath.Join(dir, "work"),
		Archive: filepath.Join(dir, "archive"), Quarantine: filepath.Join(dir, "quarantine"),
		UnitOf: func(s string) string { return s }}
	if err := os.MkdirAll(folder.Work, 0o755); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(folder.Work, id)
		together := append(append([]byte("["), b...), ']')
		for name, content := range map[string][]byte{path: []byte("PK"), path + ".json": b,
			path + bundleEnd: together} {
			if err := os.WriteFile(name, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		claims, err := folder.Pending()
		if err != nil || len(claims) != 1 {
			t.Fatalf("%v (%v)", claims, err)
		}
		c := claims[0]
		if c.ID != id || c.Path != path || string(c.Bytes) != "PK" ||
			strings.ContainsAny(c.Name, "/\\\n") {
			t.Errorf("%+v", c)
		}
	})
}
