package pipeline

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/receipt"
	"duban/pipeline/wording"
	"duban/templates"
)

// Every text of the templates that is one of wording is in the table, proven as
// the program brings it, and explained: its comments are an office's manual.
func TestEveryTextIsInTheTableProvenAndExplained(t *testing.T) {
	files, err := filepath.Glob("../templates/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, x := range texts {
		named = append(named, filepath.FromSlash("../templates/"+x.name))
		if err := x.prove(wording.Editable(x.own)); err != nil {
			t.Errorf("%s:\n%v", x.name, err)
		}
		if !strings.Contains(templates.Page, "\n       "+x.name+" ") {
			t.Errorf("the page of the folder does not name %s", x.name)
		}
		comments := strings.Join(comment.FindAllString(x.own, -1), "")
		for _, m := range item.FindAllStringSubmatch(x.own, -1) {
			if !strings.Contains(comments, "."+m[1]) {
				t.Errorf("%s does not say what .%s is", x.name, m[1])
			}
		}
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(wording.Names(string(b))) > 1 && !slices.Contains(named, file) {
			t.Errorf("%s is not in the table of texts", file)
		}
	}
}

func TestTheTextsOfAFolderAreLaidOverTheProgramsOwn(t *testing.T) {
	dir := t.TempDir()
	own, err := readWording(filepath.Join(dir, "none"))
	if err != nil {
		t.Fatal(err)
	}
	writeText(t, dir, "reminder.txt", "\ufeff{{define \"title\"}}{{.Unit}}：催报{{end}}\r\n")
	w, err := readWording(dir)
	if err != nil {
		t.Fatal(err)
	}
	said, err := w.reminder.Say("text", letter{Unit: "区残联", By: "4月5日"})
	if err != nil || !strings.HasPrefix(said, "区残联：催报\n\n区残联：\n") ||
		!strings.Contains(said, "请于4月5日前报送") {
		t.Errorf("the notice says %q, %v", said, err)
	}
	if w.text != own.text {
		t.Error("the words of the papers are others")
	}
}

// A file too big to be read is answered in the office's words like any other.
func TestARefusalIsInTheOfficesWords(t *testing.T) {
	dir := t.TempDir()
	writeText(t, dir, "receipt.txt", `{{define "verdict"}}{{.File}}不收。{{end}}`)
	words, err := readWording(dir)
	if err != nil {
		t.Fatal(err)
	}
	w := &Workspace{Dir: dir, Plan: &plan.Plan{}, wording: words, write: receipt.Write}
	body, err := json.Marshal(refusal{Claim: "c", Name: "大表.xlsx", At: "2025-03-01T09:00:00+08:00"})
	if err != nil {
		t.Fatal(err)
	}
	files, err := w.refusalFiles(ledger.Outgoing{Body: body})
	if err == nil {
		err = put(files...)
	}
	if err != nil {
		t.Fatal(err)
	}
	found, _ := filepath.Glob(filepath.Join(dir, "outbox/receipts/2025-03/*.txt"))
	if len(found) != 1 {
		t.Fatalf("receipts: %v", found)
	}
	if b, err := os.ReadFile(found[0]); err != nil || !strings.Contains(string(b), "大表.xlsx不收。") {
		t.Errorf("it says %s, %v", b, err)
	}
}

func TestAMailIsInTheOfficesWords(t *testing.T) {
	dir := t.TempDir()
	writeText(t, dir, "mail.txt", `{{define "stranger.subject"}}{{.Office}}收到“{{.Subject}}”{{end}}`)
	words, err := readWording(dir)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(letterOut{To: "a@example.org", Part: "stranger",
		Words: mailWords{Office: "督查室", Subject: "您好"}})
	if err != nil {
		t.Fatal(err)
	}
	w := &Workspace{wording: words, key: make([]byte, 32)}
	m, err := w.compose(t.Context(), ledger.Outgoing{Key: "mail/answer/1", Body: body})
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "督查室收到“您好”" || !strings.Contains(m.Text, "有疑问请与督查室联系") {
		t.Errorf("it is headed %s and says %s", m.Subject, m.Text)
	}
}

func TestAnEditionIsSetInTheWordsItWasMadeWith(t *testing.T) {
	dir := t.TempDir()
	const mine = `{{define "corrections.heading"}}改了什么{{end}}`
	writeText(t, dir, "digest.txt", mine)
	w, err := readWording(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, wording, heading string }{
		{"today", w.text, "改了什么"},
		{"before wordings were kept", "", "更正说明"},
		{"an older program, of fewer parts", `{{define "corrections.heading"}}更正{{end}}`,
			"更正"},
		{"an older program, of parts that are gone", w.text + `{{define "gone"}}{{.Gone}}{{end}}`,
			"改了什么"},
		{"an older program, of items that are gone",
			`{{define "corrections.heading"}}{{.Gone}}{{end}}`, "更正说明"},
	} {
		for range 2 { // read, and read before
			words, err := w.of(ledger.Edition{Wording: x.wording})
			if err != nil {
				t.Errorf("%s: %v", x.name, err)
				continue
			}
			if got, err := words.Say("corrections.heading", struct{}{}); err != nil || got != x.heading {
				t.Errorf("%s: it says %q, %v", x.name, got, err)
			}
		}
	}
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	item    = regexp.MustCompile(`\{\{[^}]*?\.([A-Z]\w*)`)
)

func writeText(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
