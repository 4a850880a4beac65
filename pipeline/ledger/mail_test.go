package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/ledger"
)

func TestAMessageCountsOnceWhereverItLies(t *testing.T) {
	l, ctx := open(t, t.TempDir()), t.Context()
	m := ledger.Mail{Identity: "one", MessageID: "1@x", Sender: "a@x", Unit: "jyj", Subject: "3月",
		Answered: true, ReceivedAt: noon.Truncate(time.Second)}
	place := ledger.MailPlace{"office", "INBOX", 7, 1}
	if _, err := l.MailAt(ctx, place); !errors.Is(err, ledger.ErrNoRow) {
		t.Errorf("before: %v", err)
	}
	noFault(t, l.RecordMail(ctx, m, &place, ledger.Outgoing{Key: "mail/one", Kind: "mail"}))
	rebuilt := ledger.MailPlace{"office", "INBOX", 8, 5}
	second := m
	second.Held, second.Subject = true, "other"
	noFault(t, l.RecordMail(ctx, second, &rebuilt, ledger.Outgoing{Key: "mail/two", Kind: "mail"}))
	noFault(t, l.RecordMail(ctx, m, nil))
	for _, at := range []ledger.MailPlace{place, rebuilt} {
		got, err := l.MailAt(ctx, at)
		m.TakenAt = got.TakenAt
		if d := cmp.Diff(m, got); err != nil || d != "" {
			t.Errorf("%v: %v\n%s", at, err, d)
		}
	}
	if due, err := l.Outgoing(ctx); err != nil || len(due) != 1 || due[0].Key != "mail/one" {
		t.Errorf("goes out: %v, %v", due, err)
	}
	for since, want := range map[time.Time]int{noon.Add(-time.Hour): 1, noon.Add(time.Hour): 0} {
		if n, err := l.AnswersTo(ctx, "a@x", since); err != nil || n != want {
			t.Errorf("answers since %v: %d, %v", since, n, err)
		}
	}
}

func TestARowThatWasGivenUpWaitsForAPerson(t *testing.T) {
	l, ctx := open(t, t.TempDir()), t.Context()
	noFault(t, l.Queue(ctx, ledger.Outgoing{Key: "k", Kind: "mail"}))
	noFault(t, l.Fail(ctx, "k", errors.New("later"), noon.Add(-time.Second)))
	noFault(t, l.GiveUp(ctx, "k", errors.New("no such user")))
	if due, err := l.Outgoing(ctx); err != nil || len(due) != 0 {
		t.Errorf("due though given up: %v, %v", due, err)
	}
	all, err := l.Backlog(ctx)
	if err != nil || len(all) != 1 || all[0].Attempts != 2 || all[0].GivenUpAt.IsZero() ||
		all[0].LastError != "no such user" {
		t.Fatalf("backlog: %+v, %v", all, err)
	}
	noFault(t, l.Retry(ctx, all[0].ID))
	if due, err := l.Outgoing(ctx); err != nil || len(due) != 1 || due[0].Attempts != 0 {
		t.Errorf("after the retry: %+v, %v", due, err)
	}
	noFault(t, l.Settle(ctx, "k"))
	if err := l.Retry(ctx, all[0].ID); !errors.Is(err, ledger.ErrNoRow) {
		t.Errorf("retry of what went out: %v", err)
	}
}

func noFault(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
