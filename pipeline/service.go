package pipeline

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"duban/templates"
)

// Each system quotes in its own way; a path may hold blanks, quotes, percent
// and dollar signs, and must come through as it is.

// service is what the texts may name.
type service struct {
	Program  string // path of the program
	Dir      string // path of the workspace
	Office   string
	Writable []string // the workspace, and the folder of backups outside it
}

// services are the texts by the name of the system.
var services = map[string]string{"systemd": templates.Systemd, "windows": templates.Windows}

// Service is the text that keeps the daemon of the workspace in dir running by
// a system: systemd or windows.
func Service(system, program, dir string) (string, error) {
	text, ok := services[system]
	if !ok {
		return "", &UserError{What: "不会写“" + system + "”的服务", Fix: "写 systemd 或 windows。"}
	}
	conf, err := readConfig(filepath.Join(dir, "duban.yaml"))
	if err != nil {
		return "", err
	}
	s := service{Program: program, Dir: dir, Office: conf.Office, Writable: []string{dir}}
	if to := conf.Backup.Dir; filepath.IsAbs(to) && !within(s.Writable, filepath.Clean(to)) {
		s.Writable = append(s.Writable, filepath.Clean(to))
	}
	return s.text(text)
}

func (s service) text(text string) (string, error) {
	if all := append([]string{s.Program, s.Office}, s.Writable...); slices.ContainsFunc(all,
		func(p string) bool { return strings.ContainsAny(p, "\r\n\x00") }) {
		return "", &UserError{What: "路径或单位名称里有换行", Fix: "改名后再试。"}
	}
	t, err := template.New("service").Funcs(template.FuncMap{"specifiers": specifiers,
		"argument": argument, "word": word, "shell": shellQuoted, "ps": psQuoted}).Parse(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, s)
	return b.String(), err
}

// specifiers keeps systemd from reading a percent sign.
func specifiers(p string) string { return strings.ReplaceAll(p, "%", "%%") }

// word is one of several words on a line of a unit.
func word(p string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "%", "%%").Replace(p) + `"`
}

// argument is a word of a command line in a unit.
func argument(p string) string { return strings.ReplaceAll(word(p), "$", "$$") }

// shellQuoted is a word for a shell.
func shellQuoted(p string) string { return "'" + strings.ReplaceAll(p, "'", `'\''`) + "'" }

// psQuoted is a text for PowerShell.
func psQuoted(p string) string { return "'" + strings.ReplaceAll(p, "'", "''") + "'" }

// Log is the folder of the log on Windows; elsewhere the system keeps it.
func (s service) Log() string { return s.Dir + `\state\log` }

// Command is what cmd.exe runs: the daemon, its log behind what is there.
func (s service) Command() string {
	return fmt.Sprintf(`/d /c ""%s" -C "%s" run --log json 2>> "%s\duban.log""`, s.Program, s.Dir,
		s.Log())
}

// Rotate is what PowerShell runs to begin another log.
func (s service) Rotate() string {
	log := s.Log() + `\duban.log`
	return fmt.Sprintf(`-NoProfile -Command "Stop-ScheduledTask '督办'; Start-Sleep 5; `+
		`Move-Item -Force %s %s; Start-ScheduledTask '督办'"`, psQuoted(log),
		psQuoted(s.Log()+`\duban-上周.log`))
}
