package pipeline_test

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"duban/pipeline"
	"duban/pipeline/form"
	"duban/pipeline/mail"
	"duban/pipeline/mail/shape"
	"duban/pipeline/plan"
)

// mailOffice is a workspace that sends mail to a server of this process. What
// comes in is dropped into its inbox as .eml files.
type mailOffice struct {
	*testing.T
	*clock
	w       *pipeline.Workspace
	dir     string
	address string // of the server
	server  *smtp.Server
	got     []string // every message the server took on since the last flush
	all     []string // every one
	said    map[string]error
	broken  error // said after a message was taken on, as when a kill forgets it
	n       int
}

func newMailOffice(t *testing.T) *mailOffice {
	t.Helper()
	o := &mailOffice{T: t, clock: &clock{}, dir: newWorkspace(t), address: "127.0.0.1:0",
		said: map[string]error{}}
	o.set(2025, time.March, 10, 9)
	o.listen()
	o.append("duban.yaml", fmt.Sprintf("intake: {rest: 1ms}\nmail:\n  address: duban@example.gov.cn\n"+
		"  smtp: {host: 127.0.0.1, port: %s, security: none}\n"+
		"  audiences: {督查考核: [one@example.gov.cn, two@example.gov.cn], 审计: [audit@example.gov.cn]}\n",
		o.address[strings.LastIndex(o.address, ":")+1:]))
	units := filepath.Join(o.dir, "plan", "units.yaml")
	b, err := os.ReadFile(units)
	if err != nil {
		t.Fatal(err)
	}
	s := string(b)
	for _, code := range []string{"rsj", "jyj"} {
		before, after, _ := strings.Cut(s, "code: "+code+"\n")
		after = strings.Replace(after, "mail: []", "mail: ["+code+"@example.gov.cn]", 1)
		s = before + "code: " + code + "\n" + after
	}
	if err := os.WriteFile(units, []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
	o.w = open(t, o.dir, o.clock)
	t.Cleanup(func() { o.w.Close() })
	return o
}

func (o *mailOffice) append(name, s string) {
	o.Helper()
	f, err := os.OpenFile(filepath.Join(o.dir, name), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		o.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(s); err != nil {
		o.Fatal(err)
	}
}

// listen starts the server, the second time where it was before.
func (o *mailOffice) listen() {
	o.Helper()
	l, err := net.Listen("tcp", o.address)
	if err != nil {
		o.Fatal(err)
	}
	o.address = l.Addr().String()
	o.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &mailSession{o: o}, nil
	}))
	go o.server.Serve(l)
	o.Cleanup(func() { o.server.Close() })
}

type mailSession struct{ o *mailOffice }

func (*mailSession) Reset()                                      {}
func (*mailSession) Logout() error                               { return nil }
func (*mailSession) Mail(string, *smtp.MailOptions) error        { return nil }
func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error { return s.o.said[to] }
func (s *mailSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.o.got = append(s.o.got, string(b))
	s.o.all = append(s.o.all, string(b))
	return cmp.Or(err, s.o.broken)
}

// letter is a message from a unit with its filled form; shift makes one form
// differ from another.
func (o *mailOffice) letter(code string, shift int64) shape.Letter {
	o.Helper()
	m, u := plan.MonthOf(2025, 2), o.w.Plan.Unit(code)
	if _, err := o.w.IssueForms(context.Background(), m, u); err != nil {
		o.Fatal(err)
	}
	rows, err := o.w.Rows(context.Background(), m, u)
	if err != nil {
		o.Fatal(err)
	}
	blank, err := os.ReadFile(o.w.FormFile(m, u))
	if err != nil {
		o.Fatal(err)
	}
	filled, err := form.Fill(blank, "测试", "审核", answersTo(rows, code, shift))
	if err != nil {
		o.Fatal(err)
	}
	o.n++
	return shape.Letter{From: code + "@example.gov.cn", Name: u.Name, To: "duban@example.gov.cn",
		Subject: u.Name + "2月填报表", ID: fmt.Sprintf("%d@example.gov.cn", o.n), Date: o.now(),
		Files: []shape.File{{Name: u.Name + "2月.xlsx", Bytes: filled}}}
}

// take drops a message in and lets everything be done; what goes out comes back.
func (o *mailOffice) take(b []byte) ([]pipeline.Outcome, []*sentMessage) {
	o.Helper()
	o.flush() // the forms that were issued
	o.n++
	path := filepath.Join(o.dir, "inbox", fmt.Sprintf("来信%d.eml", o.n))
	if err := os.WriteFile(path, b, 0o644); err != nil {
		o.Fatal(err)
	}
	swept, err := o.w.Once(context.Background())
	if err != nil {
		o.Fatal(err)
	}
	return swept.Outcomes, o.flush()
}

// flush sends what waits and returns all that was sent since.
func (o *mailOffice) flush() []*sentMessage {
	o.Helper()
	if _, err := o.w.Once(context.Background()); err != nil {
		o.Fatal(err)
	}
	var out []*sentMessage
	for _, s := range o.got {
		out = append(out, readSent(o.T, s))
	}
	o.got = nil
	return out
}

// sentMessage is one of ours as its reader sees it.
type sentMessage struct {
	*mail.Message
	To, Text string
}

var (
	plainText = regexp.MustCompile(`(?s)Content-Type: text/plain.*?\r\n\r\n(.*?)\r\n--`)
	pageText  = regexp.MustCompile(`(?s)Content-Type: text/html.*?\r\n\r\n(.*?)\r\n--`)
)

func readSent(t *testing.T, s string) *sentMessage {
	t.Helper()
	m := &sentMessage{Message: mail.Read([]byte(s))}
	_, to, _ := strings.Cut(s, "\r\nTo: <")
	m.To, _, _ = strings.Cut(to, ">")
	m.Text = bodyOf(t, plainText, s)
	return m
}

// bodyOf is the part of a message that the pattern finds.
func bodyOf(t *testing.T, part *regexp.Regexp, s string) string {
	t.Helper()
	found := part.FindStringSubmatch(s)
	if found == nil {
		t.Fatalf("a message without %s:\n%s", part, s)
	}
	b, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(found[1], "\r\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func usual(l shape.Letter) []byte { return shape.Shapes[0].Write(l) }

// one wants exactly one message.
func (o *mailOffice) one(all []*sentMessage) *sentMessage {
	o.Helper()
	if len(all) != 1 {
		o.Fatalf("%d messages went out, want 1", len(all))
	}
	return all[0]
}

func TestAUnitsMailIsTakenAndAnsweredInItsThread(t *testing.T) {
	o := newMailOffice(t)
	l := o.letter("rsj", 0)
	outcomes, answers := o.take(usual(l))
	if len(outcomes) != 1 || outcomes[0].Unit != "rsj" || outcomes[0].State == plan.Quarantined {
		t.Fatalf("outcomes: %+v", outcomes)
	}
	a := o.one(answers)
	if got := a.References; len(got) != 1 || got[0] != l.ID {
		t.Errorf("it answers %v", got)
	}
	if !strings.HasPrefix(a.Subject, "回执：区人力资源社会保障局") || a.Auto == mail.Person {
		t.Errorf("subject %q, auto %q", a.Subject, a.Auto)
	}
	if len(a.Parts) == 0 || !strings.HasSuffix(a.Parts[0].Name, "-回执.xlsx") {
		t.Errorf("attached: %+v", a.Parts)
	}
	again, answers := o.take(usual(l)) // the same message once more, as from a rebuilt mailbox
	if len(again) != 0 || len(answers) != 0 {
		t.Errorf("the same message again: %+v, %d answers", again, len(answers))
	}
	l.ID = "another@example.gov.cn" // and its file in another message
	again, answers = o.take(usual(l))
	if len(again) != 1 || !strings.Contains(again[0].Verdict, "完全相同") {
		t.Errorf("the same form again: %+v", again)
	}
	o.one(answers)
}

func TestTheWordYuJianAnswersAndTakesNothing(t *testing.T) {
	o := newMailOffice(t)
	l := o.letter("rsj", 0)
	l.Subject = "预检：" + l.Subject
	_, answers := o.take(usual(l))
	a := o.one(answers)
	if !strings.HasPrefix(a.Subject, "试审结果：") || strings.Contains(a.Subject, "预检") ||
		len(a.Parts) == 0 {
		t.Errorf("subject %q with %d files", a.Subject, len(a.Parts))
	}
	units, err := o.w.Status(t.Context(), plan.MonthOf(2025, 2))
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if u.Versions != 0 {
			t.Errorf("%s: %d versions were taken", u.Name, u.Versions)
		}
	}
}

func TestAStrangerGetsNothingInAndNothingOut(t *testing.T) {
	o := newMailOffice(t)
	for i, change := range []func(*shape.Letter) []byte{
		func(l *shape.Letter) []byte { l.From = "thief@elsewhere.example"; return usual(*l) },
		func(l *shape.Letter) []byte { l.From = "jyj@example.gov.cn"; return usual(*l) },
		func(l *shape.Letter) []byte {
			return append([]byte("Reply-To: <thief@elsewhere.example>\r\n"), usual(*l)...)
		},
	} {
		l := o.letter("rsj", int64(i))
		outcomes, answers := o.take(change(&l))
		if len(outcomes) != 1 || outcomes[0].State != plan.Quarantined {
			t.Fatalf("%d: %+v", i, outcomes)
		}
		a := o.one(answers)
		told := i == 1 // another unit of the plan is told what it did wrong
		if said := strings.Contains(a.Text, "渠道报送"); said != told || told == (len(a.Parts) == 0) {
			t.Errorf("%d: %d files and the text\n%s", i, len(a.Parts), a.Text)
		}
	}
	held, err := o.w.Held(t.Context())
	if err != nil || len(held) != 3 {
		t.Fatalf("held: %+v, %v", held, err)
	}
	for i, why := range []string{"thief@elsewhere.example 没有登记", "区教育局的渠道", "回复地址不是发件单位的"} {
		if said := strings.Join(held[i].Why, "\n"); !strings.Contains(said, why) {
			t.Errorf("why %d is held: %s", i, said)
		}
	}
	for n := range 5 {
		l := o.letter("rsj", int64(n+10))
		l.From = "thief@elsewhere.example"
		_, answers := o.take(usual(l))
		if n >= 3 && len(answers) > 0 {
			t.Errorf("message %d of a day is answered", n+2)
		}
	}
}

func TestWhatCannotBeReadIsAnsweredAndASilentOneIsNot(t *testing.T) {
	o := newMailOffice(t)
	for _, s := range shape.Shapes {
		if s.Forms {
			continue
		}
		l := o.letter("rsj", 0)
		outcomes, answers := o.take(s.Write(l))
		if len(outcomes) != 0 {
			t.Errorf("%s: %+v", s.Name, outcomes)
		}
		if s.Silent {
			if len(answers) != 0 {
				t.Errorf("%s: answered", s.Name)
			}
			continue
		}
		a := o.one(answers)
		if !strings.Contains(a.Text, "没有") || len(a.Parts) != 0 {
			t.Errorf("%s: %d files and the text\n%s", s.Name, len(a.Parts), a.Text)
		}
	}
}

func TestOurOwnMailAndThanksForItAreNotAnswered(t *testing.T) {
	o := newMailOffice(t)
	l := o.letter("rsj", 0)
	_, answers := o.take(usual(l))
	receipt := o.one(answers)
	back := l
	back.From, back.ID = "duban@example.gov.cn", receipt.ID
	thanks := fmt.Appendf(nil, "From: <rsj@example.gov.cn>\r\nSubject: 收到\r\nMessage-ID: <t@x>\r\n"+
		"In-Reply-To: <%s>\r\n\r\n谢谢", receipt.ID)
	forged := fmt.Appendf(nil, "From: <rsj@example.gov.cn>\r\nSubject: 收到\r\nMessage-ID: <u@x>\r\n"+
		"In-Reply-To: <duban.%024d.%016d@example.gov.cn>\r\n\r\n谢谢", 1, 2)
	for name, c := range map[string]struct {
		b    []byte
		want int
	}{"our own": {usual(back), 0}, "thanks": {thanks, 0},
		"thanks for what we never sent": {forged, 1}} {
		if outcomes, answers := o.take(c.b); len(outcomes) != 0 || len(answers) != c.want {
			t.Errorf("%s: %+v, %d answers", name, outcomes, len(answers))
		}
	}
}

func TestADeadServerHoldsUpNothingAndIsSaid(t *testing.T) {
	o := newMailOffice(t)
	l := o.letter("rsj", 0)
	o.flush()
	o.server.Close()
	outcomes, _ := o.take(usual(l))
	if len(outcomes) != 1 || outcomes[0].State == plan.Quarantined {
		t.Fatalf("with a dead server: %+v", outcomes)
	}
	waiting := func() pipeline.Waiting {
		t.Helper()
		all, err := o.w.Backlog(t.Context())
		if err != nil || len(all) != 1 || all[0].To != l.From {
			t.Fatalf("backlog: %+v, %v", all, err)
		}
		return all[0]
	}
	if x := waiting(); x.State != "稍后再试" || !strings.Contains(x.Why, "连不上发信服务器") {
		t.Errorf("at first: %+v", x)
	}
	tries := 0
	for began := o.Time; waiting().State != "已停发"; tries++ {
		if o.Add(time.Minute).Sub(began) > 25*time.Hour {
			t.Fatal("it is still tried after a day")
		}
		o.Time = o.Add(10 * time.Minute)
		o.flush()
		if waiting().State == "已停发" && o.Sub(began) < 23*time.Hour {
			t.Errorf("given up after %v", o.Sub(began))
		}
	}
	if _, stopped, err := o.w.Unsent(t.Context()); err != nil || stopped != 1 {
		t.Errorf("stopped: %d, %v", stopped, err)
	}
	o.listen()
	if out := o.flush(); len(out) != 0 {
		t.Errorf("sent though given up: %d", len(out))
	}
	if n, err := o.w.Retry(t.Context()); err != nil || n != 1 {
		t.Fatalf("retry: %d, %v", n, err)
	}
	if a := o.one(o.flush()); a.References[0] != l.ID {
		t.Errorf("sent: %+v", a)
	}
}

func TestARepeatIsTheSameMessageToTheByte(t *testing.T) {
	o := newMailOffice(t)
	l := o.letter("rsj", 0)
	o.flush()
	if err := os.WriteFile(filepath.Join(o.dir, "inbox", "信.eml"), usual(l), 0o644); err != nil {
		t.Fatal(err)
	}
	o.broken = &smtp.SMTPError{Code: 451, Message: "try again"}
	for range 2 {
		if _, err := o.w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.Time, o.broken = o.Add(time.Hour), nil
	}
	if len(o.got) != 2 || o.got[0] != o.got[1] {
		t.Errorf("%d messages, the same: %v", len(o.got), len(o.got) == 2 && o.got[0] == o.got[1])
	}
}

func TestAMailThatIsRefusedForGoodStopsAtOnceAndTheOthersGo(t *testing.T) {
	o := newMailOffice(t)
	o.said["rsj@example.gov.cn"] = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1},
		Message: "no such user"}
	forms, err := o.w.IssueForms(t.Context(), plan.MonthOf(2025, 3), nil)
	if err != nil {
		t.Fatal(err)
	}
	a := o.one(o.flush()) // of all units only jyj has an address that works
	if len(forms) < 20 || !strings.Contains(a.Subject, "2025年3月") ||
		!strings.Contains(a.Text, "区教育局") || len(a.Parts) != 1 {
		t.Errorf("%d forms; mailed %q\n%s", len(forms), a.Subject, a.Text)
	}
	all, err := o.w.Backlog(t.Context())
	if err != nil || len(all) != 1 || all[0].State != "已停发" || !strings.Contains(all[0].Why, "不存在") {
		t.Errorf("backlog: %+v, %v", all, err)
	}
}

func TestRemindersAndEditionsGoToTheirOwnAddresses(t *testing.T) {
	o := newMailOffice(t)
	m := plan.MonthOf(2025, 2)
	if _, err := o.w.Remind(t.Context(), m, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := o.w.Remind(t.Context(), m, nil); err != nil { // again on the same day
		t.Fatal(err)
	}
	reminders := o.flush()
	if len(reminders) != 2 || !strings.Contains(reminders[0].Subject, "催报") ||
		len(reminders[0].Parts) != 1 {
		t.Errorf("%d reminders: %+v", len(reminders), reminders)
	}
	editions, err := o.w.Digest(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.w.Digest(t.Context(), m); err != nil { // again, and mailed once
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, a := range o.flush() {
		for _, p := range a.Parts {
			got[a.To] = append(got[a.To], p.Name)
		}
	}
	for _, c := range []struct{ to, name string }{{"one@example.gov.cn", "督查通报"},
		{"two@example.gov.cn", "督查通报"}, {"audit@example.gov.cn", "审计数据台账"},
		{"rsj@example.gov.cn", "督办单"}, {"jyj@example.gov.cn", "督办单"}} {
		names := got[c.to]
		if len(names) != 2 || !strings.Contains(names[0], c.name) ||
			!strings.HasSuffix(names[0], ".pdf") ||
			!strings.HasSuffix(names[1], ".xlsx") {
			t.Errorf("%s got %q of %d editions", c.to, names, len(editions))
		}
	}
	if len(got) != 5 {
		t.Errorf("mail for %v", got)
	}
}

func TestADecisionIsToldToWhoMayKnow(t *testing.T) {
	o := newMailOffice(t)
	act := pipeline.Act{By: "王敏", Why: "电话核实"}
	held := func(from string, shift int64) string {
		t.Helper()
		l := o.letter("rsj", shift)
		l.From = from
		o.take(usual(l))
		all, err := o.w.Held(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatalf("held: %+v, %v", all, err)
		}
		return fmt.Sprint(all[0].Number)
	}
	rsj := o.w.Plan.Unit("rsj")
	if _, err := o.w.Release(t.Context(), held("jyj@example.gov.cn", 1), rsj, 0, act); err != nil {
		t.Fatal(err)
	}
	if a := o.one(o.flush()); a.To != "jyj@example.gov.cn" || !strings.HasPrefix(a.Subject, "核实结果：") ||
		len(a.References) != 1 || len(a.Parts) == 0 {
		t.Errorf("to the unit that sent it: %+v", a)
	}
	number := held("thief@elsewhere.example", 2)
	if _, err := o.w.Release(t.Context(), number, rsj, 0, act); err != nil {
		t.Fatal(err)
	}
	if a := o.one(o.flush()); a.To != "rsj@example.gov.cn" {
		t.Errorf("a stranger's, released: to %s", a.To)
	}
	if _, err := o.w.Refuse(t.Context(), held("thief@elsewhere.example", 3), act); err != nil {
		t.Fatal(err)
	}
	if out := o.flush(); len(out) != 0 {
		t.Errorf("a stranger's, refused: %d messages", len(out))
	}
}
