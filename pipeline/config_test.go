package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"duban/templates"
)

func TestSettingsThatAreWrongAreToldInChineseWithTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		"office: a\nofice: b\n":                  ":2: 没有“ofice”这项设置",
		"intake:\n  swep: 1m\n":                  ":2: 没有“swep”这项设置",
		"office: a\noffice: b\n":                 ":2: “office”写了两次",
		"office: \"a\n":                          ":1: 此处格式有误",
		"intake:\n\trest: 1s\n":                  ":2: 此处格式有误",
		"lights:\n  behind: 很多\n":                ":2: “很多”不是这一项的写法",
		"lights: {behind: 99999999999999999999}": ":1: “99999999999999999999”不是这一项的写法",
		"fonts: 3\n":                             ":1: “3”不是这一项的写法",
		"intake:\n  sweep: 1m\n  rest: 两秒\n":     ":3: “两秒”不是时长",
		"intake:\n  rest: 1s\n  sweep: \"5\"\n":  ":3: “5”不是时长",
	} {
		path := filepath.Join(t.TempDir(), "duban.yaml")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(path)
		if err == nil {
			t.Errorf("%q is taken", text)
			continue
		}
		said := strings.ReplaceAll(err.Error(), path, "")
		if !strings.Contains(said, want) || strings.Contains(said, "unmarshal") ||
			strings.Count(said, "\n") != 1 || !unicode.Is(unicode.Han, []rune(said)[0]) {
			t.Errorf("%q: %s", text, said)
		}
	}
}

// TestSettingsThatBreakOffAreRefused: cut anywhere, the settings of a new
// workspace are refused; those by hand that name no last line are taken.
func TestSettingsThatBreakOffAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "duban.yaml")
	read := func(text string) error {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(path)
		return err
	}
	whole := string(templates.Settings)
	for n := range len(strings.TrimRight(whole, "\n")) {
		err := read(whole[:n])
		if user := (*UserError)(nil); !errors.As(err, &user) || user.Fix == "" ||
			!strings.Contains(user.What, "没有存全") && !strings.Contains(user.What, "是空的") {
			t.Fatalf("cut after byte %d: %v", n, err)
		}
	}
	for _, text := range []string{whole, strings.ReplaceAll(whole, "\n", "\r\n"),
		whole + "office: 督查室\n", "office: 督查室"} {
		text = strings.Replace(text, "\noffice: 振兴区人民政府督查室", "", 1)
		if err := read(text); err != nil {
			t.Error(err)
		}
	}
}

func TestNumbersThatCannotBeAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "duban.yaml")
	for _, text := range []string{"digest: {last_number: -5}", "digest: {copies: -1}",
		"schedule: {correction_days: -1}", "intake: {reserve_mb: -1}",
		"backup: {keep: -1}", "retention: {forms_months: -1}"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(path)
		if user := (*UserError)(nil); !errors.As(err, &user) || !strings.Contains(user.What, "不得") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
