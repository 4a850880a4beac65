package pipeline

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"slices"
	"strings"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/mail"
	"duban/pipeline/plan"
)

// sender is who a message is from, as far as it can be relied on.
type sender struct {
	unit    *plan.Unit // nil: nobody can be told
	address string     // where an answer goes; "" where there is none
	why     string     // why unit is nil
}

// senderOf tells whose message it is: by the folder it was put into, then by
// its address, then by its domain. What a sheet inside says is never enough.
// A forged message or one that wants its answer elsewhere is nobody's.
func (w *Workspace) senderOf(m *mail.Message, c intake.Claim) sender {
	s := sender{address: m.From.Text}
	if u := w.Plan.Unit(c.Unit); u != nil {
		s.unit = u
		return s
	}
	u := w.unitOfAddress(m.From)
	switch {
	case s.address == "":
		s.why = m.FromFault
	case u == nil:
		s.why = "发件地址 " + s.address + " 没有登记"
	default:
		s.why = w.doubt(m, c.Mail != nil, u)
	}
	if s.why == "" {
		s.unit = u
	}
	return s
}

// doubt says why a message from a unit's address is not relied on.
func (w *Workspace) doubt(m *mail.Message, fetched bool, u *plan.Unit) string {
	verdicts := []mail.Verdict{mail.Unknown}
	if server := w.Config.Mail.AuthServer; server != "" && fetched {
		verdicts[0] = m.Told(server)
		if verdicts[0] == mail.Unknown {
			return "收信服务器没有写明发件域名的验证结果"
		}
	}
	if w.Config.Mail.DKIM {
		verdicts = append(verdicts, m.Signed(lookupTXT))
	}
	if slices.Contains(verdicts, mail.Forged) {
		return "没有通过发件域名的验证，可能是冒名"
	}
	for _, a := range m.ReplyTo {
		if a.Text != m.From.Text && w.unitOfAddress(a) != u {
			return "回复地址不是发件单位的"
		}
	}
	return ""
}

// lookupTXT asks the network for the records of a name, and does not wait long.
func lookupTXT(name string) ([]string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return net.DefaultResolver.LookupTXT(ctx, name)
}

// unitOfAddress finds the unit with that address, or else with its domain.
func (w *Workspace) unitOfAddress(a mail.Address) *plan.Unit {
	if a.Text == "" {
		return nil
	}
	var byDomain *plan.Unit
	for _, u := range w.Plan.Units {
		for _, own := range u.Mail {
			if strings.EqualFold(own, a.Text) {
				return u
			}
		}
		for _, domain := range u.Domains {
			if strings.EqualFold(domain, a.Domain) {
				byDomain = u
			}
		}
	}
	return byDomain
}

// messageID is the Message-ID of an outgoing row: the same for the same row, so
// that a repeat is recognised, and nobody else can make one.
func (w *Workspace) messageID(key string) string {
	_, domain, _ := strings.Cut(w.Config.Mail.Address, "@")
	name := sha256.Sum256([]byte(key))
	half := hex.EncodeToString(name[:12])
	return "duban." + half + "." + w.seal(half) + "@" + domain
}

// seal is the office's mark under a message id.
func (w *Workspace) seal(half string) string {
	h := hmac.New(sha256.New, w.key)
	h.Write([]byte("message-id " + half))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// isOurs reports whether a Message-ID is one of messageID's.
func (w *Workspace) isOurs(id string) bool {
	local, _, _ := strings.Cut(id, "@")
	p := strings.Split(local, ".")
	return len(p) == 3 && p[0] == "duban" && hmac.Equal([]byte(p[2]), []byte(w.seal(p[1])))
}

// own reports whether a message is one of ours that came back.
func (w *Workspace) own(m *mail.Message) bool {
	return m.From.Text != "" && m.From.Text == w.Config.Mail.Address || w.isOurs(m.ID)
}
