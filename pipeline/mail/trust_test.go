package mail

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"duban/pipeline/mail/shape"
)

func TestOnlyTheConfiguredServerIsBelieved(t *testing.T) {
	const server = "mx.example.gov.cn"
	for _, c := range []struct {
		name, fields string
		want         Verdict
	}{
		{"nothing said", "", Unknown},
		{"passed", "Authentication-Results: mx.example.gov.cn; dmarc=pass header.from=example.gov.cn\n",
			Proven},
		{"failed", "Authentication-Results: mx.example.gov.cn; dmarc=fail header.from=example.gov.cn\n",
			Forged},
		{"another server's word", "Authentication-Results: mx.evil.example; dmarc=pass\n", Unknown},
		{"ours below another's",
			"Authentication-Results: outer.example; spf=none\n" +
				"Authentication-Results: mx.example.gov.cn; dmarc=pass\n", Proven},
		{"a second one that came with the message",
			"Authentication-Results: mx.example.gov.cn; dmarc=fail\nReceived: from evil\n" +
				"Authentication-Results: mx.example.gov.cn; dmarc=pass\n", Forged},
		{"a comment that contradicts",
			"Authentication-Results: mx.example.gov.cn (v1; dkim=pass header.d=example.gov.cn); " +
				"dkim=fail (bad; dmarc=pass) header.d=example.gov.cn\n", Forged},
		{"signed by another domain",
			"Authentication-Results: mx.example.gov.cn; dkim=pass header.d=evil.example\n", Unknown},
		{"signed by the domain above",
			"Authentication-Results: mx.example.gov.cn; dkim=pass header.d=gov.cn\n", Proven},
		{"SPF of the sender's domain",
			"Authentication-Results: mx.example.gov.cn; spf=pass smtp.mailfrom=jyj@example.gov.cn\n",
			Proven},
		{"SPF of another domain",
			"Authentication-Results: mx.example.gov.cn; spf=pass smtp.mailfrom=x@evil.example\n", Unknown},
		{"SPF failed", "Authentication-Results: mx.example.gov.cn; spf=fail\n", Forged},
		{"a gateway changed the body, and DMARC holds",
			"Authentication-Results: mx.example.gov.cn; dkim=fail header.d=example.gov.cn;\n" +
				" spf=pass smtp.mailfrom=example.gov.cn; dmarc=pass header.from=example.gov.cn\n", Proven},
		{"nonsense", "Authentication-Results: mx.example.gov.cn; ;;=\n", Unknown},
	} {
		m := Read([]byte(c.fields + "From: <jyj@example.gov.cn>\n\nx"))
		if got := m.Told(server); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestASignatureIsVerifiedWithTheKeyOfTheSendersDomain(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(domain string) []byte {
		var out bytes.Buffer
		err := dkim.Sign(&out, bytes.NewReader(shape.Shapes[0].Write(letter())),
			&dkim.SignOptions{Domain: domain, Selector: "s", Signer: private})
		if err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	key := func(string) ([]string, error) {
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}
	dark := func(string) ([]string, error) { return nil, errors.New("no network") }
	good := sign("example.gov.cn")
	for _, c := range []struct {
		name   string
		bytes  []byte
		lookup func(string) ([]string, error)
		want   Verdict
	}{
		{"good", good, key, Proven},
		{"saved with bare line feeds", bytes.ReplaceAll(good, []byte("\r\n"), []byte("\n")), key, Proven},
		{"altered", bytes.Replace(good, []byte("Subject: "), []byte("Subject: x"), 1), key, Forged},
		{"another domain's", sign("evil.example"), key, Unknown},
		{"no way to the key", good, dark, Unknown},
		{"not signed", shape.Shapes[0].Write(letter()), key, Unknown},
	} {
		if got := Read(c.bytes).Signed(c.lookup); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	second := append([]byte("From: <boss@example.gov.cn>\r\n"), good...)
	if m := Read(second); m.From.Text != "" || !strings.Contains(m.FromFault, "不止一处") {
		t.Errorf("a second sender on top of a signed mail: %+v", m.From)
	}
}
