package pipeline

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
	"duban/pipeline/schedule"
	"duban/templates"
)

// Config is duban.yaml. What each setting means, and its default, stands in
// templates/duban.yaml, which every new workspace gets a copy of.
type Config struct {
	Office    string         `yaml:"office"`
	Plan      string         `yaml:"plan"`
	Calendar  string         `yaml:"calendar"`
	Audiences string         `yaml:"audiences"`
	Deadline  DeadlineConfig `yaml:"deadline"`
	Digest    DigestConfig   `yaml:"digest"`
	Schedule  ScheduleConfig `yaml:"schedule"`
	Lights    LightsConfig   `yaml:"lights"`
	Intake    IntakeConfig   `yaml:"intake"`
	Mail      MailConfig     `yaml:"mail"`
	Fonts     FontsConfig    `yaml:"fonts"`

	Backup    BackupConfig    `yaml:"backup"`
	Retention RetentionConfig `yaml:"retention"`
}

// DigestConfig is how the office signs its papers.
type DigestConfig struct {
	Mark       string `yaml:"mark"`
	Issuer     string `yaml:"issuer"`
	LastNumber int    `yaml:"last_number"`
	Organ      string `yaml:"organ"`
	Recipient  string `yaml:"recipient"`
	CopyTo     string `yaml:"copy_to"`
	Printer    string `yaml:"printer"`
	Subject    string `yaml:"subject"`
	Sealed     bool   `yaml:"sealed"`
	Copies     int    `yaml:"copies"`
}

// DeadlineConfig is when the forms of a month are due: on the so-many-th
// workday of the next month, at a time of day in Beijing.
type DeadlineConfig struct {
	Workday int    `yaml:"workday"`
	At      string `yaml:"at"`
}

// ScheduleConfig holds cron lines, read in Beijing time.
type ScheduleConfig struct {
	Forms          string `yaml:"forms"`
	Close          string `yaml:"close"` // of old; deadline took its place
	Digest         string `yaml:"digest"`
	Backup         string `yaml:"backup"` // "": none
	CorrectionDays int    `yaml:"correction_days"`
}

// LightsConfig holds the thresholds of the lights, in percent of what is due.
type LightsConfig struct {
	Behind int `yaml:"behind"`
}

// IntakeConfig says when a file is taken from the inbox.
type IntakeConfig struct {
	Rest      time.Duration `yaml:"rest"`
	Sweep     time.Duration `yaml:"sweep"`
	ReserveMB int           `yaml:"reserve_mb"`
}

// FontsConfig names folders to look in, and files that go before them.
type FontsConfig struct {
	Dirs     []string `yaml:"dirs"`
	FangSong string   `yaml:"fangsong"`
	KaiTi    string   `yaml:"kaiti"`
	HeiTi    string   `yaml:"heiti"`
	BiaoSong string   `yaml:"biaosong"`
	SongTi   string   `yaml:"songti"`
	Fallback string   `yaml:"fallback"`
}

// readConfig reads a workspace's settings over the defaults.
func readConfig(path string) (Config, error) {
	var c Config
	if err := yaml.UnmarshalWithOptions(templates.Settings, &c, yaml.Strict()); err != nil {
		return c, fmt.Errorf("the built-in settings: %w", err)
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return c, &UserError{
			What: "这里不是督办工作目录：没有 " + path,
			Fix:  "用 duban init 目录 新建一个，或用 -C 目录 指明工作目录。",
		}
	}
	if err != nil {
		return c, err
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if err := wholeSettings(path, string(b)); err != nil {
		return c, err
	}
	if err := yaml.UnmarshalWithOptions(b, &c, yaml.Strict()); err != nil {
		return c, settingsFault(path, string(b), err)
	}
	return c, c.prove(path)
}

// prove checks what the types of the settings do not.
func (c *Config) prove(path string) error {
	bad := func(name string, err error) error {
		return &UserError{What: fmt.Sprintf("设置文件 %s 的 %s 有误：%v", path, name, err),
			Fix: "改正后再试。"}
	}
	for _, s := range []struct{ name, line string }{
		{"schedule.forms", c.Schedule.Forms},
		{"schedule.digest", c.Schedule.Digest},
		{"schedule.backup", cmp.Or(c.Schedule.Backup, "@daily")},
	} {
		if _, err := schedule.Parse(s.line); err != nil {
			return bad(s.name, err)
		}
	}
	if c.Schedule.Close != "" {
		return bad("schedule.close", errors.New("报送截止现由 deadline（第几个工作日、几点）决定，"+
			"请删去 close 这一行"))
	}
	if _, err := time.Parse("15:04", c.Deadline.At); err != nil {
		return bad("deadline.at", fmt.Errorf("应写成 \"18:00\" 的样子，现为“%s”", c.Deadline.At))
	}
	if err := c.Mail.complete(); err != nil {
		return bad("mail", err)
	}
	switch {
	case c.Deadline.Workday < 1 || c.Deadline.Workday > 15:
		return bad("deadline.workday", fmt.Errorf("应在1到15之间，现为%d", c.Deadline.Workday))
	case c.Lights.Behind < 1 || c.Lights.Behind > 100:
		return bad("lights.behind", fmt.Errorf("应在1到100之间，现为%d", c.Lights.Behind))
	case c.Intake.Rest < 0 || c.Intake.Sweep < time.Second || c.Intake.ReserveMB < 0:
		return bad("intake", fmt.Errorf("rest、reserve_mb 不得为负，sweep 不得少于1s"))
	case c.Digest.LastNumber < 0 || c.Digest.Copies < 0:
		return bad("digest", fmt.Errorf("last_number、copies 不得为负"))
	case c.Schedule.CorrectionDays < 0:
		return bad("schedule.correction_days", fmt.Errorf("不得为负"))
	case c.Backup.Dir == "" || c.Backup.Keep < 0:
		return bad("backup", fmt.Errorf("dir 不得为空，keep 不得为负"))
	case c.Retention.ReceiptsMonths < 0 || c.Retention.FormsMonths < 0:
		return bad("retention", fmt.Errorf("月数不得为负"))
	case c.Office == "" || c.Digest.Issuer == "" || c.Digest.Mark == "":
		return bad("office、digest.issuer、digest.mark", fmt.Errorf("不得为空"))
	}
	return nil
}

func (c *Config) behind() plan.Value {
	return plan.Known(decimal.NewFromInt(int64(c.Lights.Behind)))
}
