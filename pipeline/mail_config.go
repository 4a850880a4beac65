package pipeline

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/mail"
	"duban/pipeline/plan"
	"duban/pipeline/post"
)

// MailConfig is how the office sends and receives mail. Without a server in
// SMTP nothing is mailed out; without Mailboxes nothing is fetched.
type MailConfig struct {
	Address    string              `yaml:"address"`
	Name       string              `yaml:"name"`
	SMTP       ServerConfig        `yaml:"smtp"`
	Mailboxes  []ServerConfig      `yaml:"mailboxes"`
	CA         string              `yaml:"ca"`
	Done       string              `yaml:"done"`
	Hold       string              `yaml:"hold"`
	Poll       time.Duration       `yaml:"poll"`
	LimitMB    int                 `yaml:"limit_mb"`
	AuthServer string              `yaml:"auth_server"`
	DKIM       bool                `yaml:"dkim"`
	Audiences  map[string][]string `yaml:"audiences"`
}

// ServerConfig is one mail server and the account on it. The password itself
// never stands in the settings.
type ServerConfig struct {
	Host         string `yaml:"host"`
	Port         int    `yaml:"port"`
	Security     string `yaml:"security"`
	User         string `yaml:"user"`
	PasswordEnv  string `yaml:"password_env"`
	PasswordFile string `yaml:"password_file"`
	Folder       string `yaml:"folder"` // of a mailbox
}

// sends reports whether mail goes out.
func (c *MailConfig) sends() bool { return c.SMTP.Host != "" }

// ports are the usual ones by security.
var (
	smtpPorts = map[string]int{post.TLS: 465, post.StartTLS: 587, post.Plain: 25}
	imapPorts = map[string]int{post.TLS: 993, post.StartTLS: 143, post.Plain: 143}
)

// complete puts the defaults in and proves what the types do not.
func (c *MailConfig) complete() error {
	if c.sends() {
		if a, ok := mail.ParseAddress(c.Address); !ok || a.Text != c.Address {
			return fmt.Errorf("mail.address 应写成 duban@example.gov.cn 的样子，全部小写，现为“%s”",
				c.Address)
		}
		if err := c.SMTP.complete("mail.smtp", smtpPorts); err != nil {
			return err
		}
	}
	seen := map[string]bool{}
	for i := range c.Mailboxes {
		m := &c.Mailboxes[i]
		name := fmt.Sprintf("mail.mailboxes 第%d个", i+1)
		if m.Host == "" || m.User == "" {
			return errors.New(name + "要写明 host 和 user")
		}
		if err := m.complete(name, imapPorts); err != nil {
			return err
		}
		if m.Folder == "" {
			m.Folder = "INBOX"
		}
		if key := m.account() + "/" + m.Folder; seen[key] {
			return errors.New(name + "与前面的重复")
		} else {
			seen[key] = true
		}
	}
	if len(c.Mailboxes) > 0 && (c.Done == "" || c.Hold == "" || c.Poll < time.Second ||
		c.LimitMB < 1) {
		return errors.New("mail.done、mail.hold 不得为空，mail.poll 不得少于1s，mail.limit_mb 不得少于1")
	}
	for name, all := range c.Audiences {
		for _, address := range all {
			if _, ok := mail.ParseAddress(address); !ok {
				return fmt.Errorf("mail.audiences 里“%s”的邮箱地址“%s”写法不对", name, address)
			}
		}
	}
	return nil
}

func (s *ServerConfig) complete(name string, ports map[string]int) error {
	if s.Security == "" {
		s.Security = post.TLS
	}
	port, ok := ports[s.Security]
	if !ok {
		return fmt.Errorf("%s 的 security 应为 tls、starttls 或 none，现为“%s”", name, s.Security)
	}
	if s.Port == 0 {
		s.Port = port
	}
	if s.User != "" && (s.PasswordEnv == "") == (s.PasswordFile == "") {
		return fmt.Errorf("%s 的密码要写明在哪里：password_env（环境变量名）或 password_file（文件），"+
			"二者取一", name)
	}
	return nil
}

// account is how ledger and log name a mailbox.
func (s *ServerConfig) account() string { return s.User + "@" + s.Host }

// password reads the password where the settings say it is.
func (w *Workspace) password(s ServerConfig) func() (string, error) {
	return func() (string, error) {
		if s.PasswordEnv != "" {
			p := os.Getenv(s.PasswordEnv)
			if p == "" {
				return "", errors.New("环境变量 " + s.PasswordEnv + " 是空的")
			}
			return p, nil
		}
		b, err := os.ReadFile(w.path(s.PasswordFile))
		if err != nil {
			return "", err
		}
		if p := strings.TrimRight(string(b), "\r\n"); p != "" {
			return p, nil
		}
		return "", errors.New("文件 " + filepath.Base(s.PasswordFile) + " 是空的")
	}
}

// openMail makes what the settings ask for; it connects to nothing.
func (w *Workspace) openMail() error {
	c := &w.Config.Mail
	for name := range c.Audiences {
		i := slices.IndexFunc(w.audiences, func(a plan.Audience) bool { return a.Name == name })
		if i < 0 || w.audiences[i].Each {
			return &UserError{What: "mail.audiences 里的“" + name + "”不是 " + w.Config.Audiences +
				" 里的受众，或是每个单位各一份的", Fix: "改成那里的名称；各单位的一份发到 units.yaml 里的邮箱。"}
		}
	}
	var roots *x509.CertPool
	if c.CA != "" {
		b, err := os.ReadFile(w.path(c.CA))
		if err != nil {
			return &UserError{What: "mail.ca 的证书文件读不了", Err: err, Fix: "核对 duban.yaml 的 mail.ca。"}
		}
		roots = x509.NewCertPool()
		if !roots.AppendCertsFromPEM(b) {
			return &UserError{What: "mail.ca 的文件里没有证书（PEM 格式）", Fix: "核对 duban.yaml 的 mail.ca。"}
		}
	}
	if c.sends() {
		name := c.Name
		if name == "" {
			name = w.Config.Office
		}
		w.poster = &post.Server{Host: c.SMTP.Host, Port: c.SMTP.Port, Security: c.SMTP.Security,
			User: c.SMTP.User, Password: w.password(c.SMTP), Roots: roots,
			From: post.From{Address: c.Address, Name: name}}
	}
	for _, m := range c.Mailboxes {
		box := &intake.Mailbox{Account: m.account(), Host: m.Host, Port: m.Port, Security: m.Security,
			User: m.User, Password: w.password(m), Roots: roots, Name: m.Folder, Done: c.Done,
			Hold: c.Hold, Spool: w.folder, Known: w.mailKnown, Poll: c.Poll,
			Limit: int64(c.LimitMB) << 20, Log: w.Log}
		box.Prepare()
		w.mailboxes = append(w.mailboxes, box)
	}
	return nil
}
