package pipeline

import (
	"strings"
	"testing"

	"duban/pipeline/intake"
	"duban/pipeline/mail"
	"duban/pipeline/plan"
)

func TestWhoSentAMail(t *testing.T) {
	jyj := &plan.Unit{Code: "jyj", Name: "区教育局", Mail: []string{"JYJ@example.gov.cn"}}
	wjj := &plan.Unit{Code: "wjj", Name: "区卫健局", Domains: []string{"health.example.gov.cn"}}
	kjj := &plan.Unit{Code: "kjj", Name: "区科技局", Mail: []string{"kjj@health.example.gov.cn"}}
	const server = "mx.example.gov.cn"
	passed := "Authentication-Results: " + server + "; dmarc=pass\n"
	for _, c := range []struct {
		name, server, fields, unit, why string
		folder                          string // of a file dropped in; "" for a fetched one
	}{
		{name: "by its address", fields: "From: <jyj@example.gov.cn>", unit: "jyj"},
		{name: "by its domain", fields: "From: <anyone@health.example.gov.cn>", unit: "wjj"},
		{name: "an address goes before a domain", unit: "kjj",
			fields: "From: <kjj@health.example.gov.cn>"},
		{name: "a domain below is another", fields: "From: <x@a.health.example.gov.cn>", why: "没有登记"},
		{name: "a stranger", fields: "From: <x@elsewhere.example>", why: "没有登记"},
		{name: "no sender", fields: "Subject: x", why: "没有写明发件人"},
		{name: "proven", server: server, fields: passed + "From: <jyj@example.gov.cn>", unit: "jyj"},
		{name: "forged", server: server, why: "冒名",
			fields: strings.Replace(passed, "pass", "fail", 1) + "From: <jyj@example.gov.cn>"},
		{name: "not said", server: server, fields: "From: <jyj@example.gov.cn>", why: "没有写明"},
		{name: "said by another", server: server, why: "没有写明",
			fields: strings.Replace(passed, "mx.", "evil.", 1) + "From: <jyj@example.gov.cn>"},
		{name: "answers to another unit", why: "回复地址",
			fields: "From: <jyj@example.gov.cn>\nReply-To: <x@health.example.gov.cn>"},
		{name: "answers to a colleague", unit: "wjj",
			fields: "From: <a@health.example.gov.cn>\nReply-To: <b@health.example.gov.cn>"},
		{name: "answers to nonsense", why: "回复地址",
			fields: "From: <jyj@example.gov.cn>\nReply-To: nonsense"},
		{name: "laid into a unit's folder", folder: "wjj", unit: "wjj",
			fields: "From: <x@elsewhere.example>"},
	} {
		w := &Workspace{Plan: &plan.Plan{Units: []*plan.Unit{wjj, jyj, kjj}}}
		w.Config.Mail.AuthServer = c.server
		claim := intake.Claim{Mail: &intake.MailID{}}
		if c.folder != "" {
			claim = intake.Claim{Unit: c.folder}
		}
		got := w.senderOf(mail.Read([]byte(c.fields+"\n\nx")), claim)
		unit := ""
		if got.unit != nil {
			unit = got.unit.Code
		}
		if unit != c.unit || !strings.Contains(got.why, c.why) || (got.why == "") != (unit != "") {
			t.Errorf("%s: %q, %q", c.name, unit, got.why)
		}
	}
}

func TestAnAnswerRepeatsASubjectOnce(t *testing.T) {
	for subject, want := range map[string]string{
		"区教育局3月填报表": "区教育局3月填报表", "Re: 回复：回执：RE:3月": "3月", "预检：3月": "3月",
		"【预检】3月填报表": "3月填报表", "": "（无主题）", "回复：预检": "（无主题）",
	} {
		if got := answerable(subject); got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
}

func TestOnlyOurOwnMessageIDsAreOurs(t *testing.T) {
	w := &Workspace{key: []byte("key")}
	w.Config.Mail.Address = "duban@example.gov.cn"
	id := w.messageID("mail/answer/1")
	if id != w.messageID("mail/answer/1") || id == w.messageID("mail/answer/2") || !w.isOurs(id) {
		t.Errorf("%s", id)
	}
	other := &Workspace{key: []byte("other")}
	for _, s := range []string{"", "x@y", "duban.1.2@example.gov.cn",
		strings.Replace(id, ".", "x", 1)} {
		if w.isOurs(s) || other.isOurs(id) {
			t.Errorf("%q is taken for ours", s)
		}
	}
}
