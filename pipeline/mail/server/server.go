// Package server starts a real Dovecot and a real Postfix on loopback for
// tests, each below a folder of its own. It is never part of the program.
package server

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	cryptorand "crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"embed"
	"encoding/pem"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"
)

//go:embed testdata
var settings embed.FS

// Password is everybody's.
const Password = "mima-123"

// Servers are the two servers, running.
type Servers struct {
	Dir                           string
	IMAP, IMAPS, LMTP, SASL, SMTP int // ports
	Certificate                   string
	Password                      string
	Internal, InternalGroup       string // users the servers run as
	Login, User, Group            string

	t *testing.T
}

// Start starts Dovecot, and Postfix too where smtp is set. A machine without
// them skips the test, but never where CI is set; Postfix wants root.
func Start(t *testing.T, smtp bool) *Servers {
	t.Helper()
	need(t, "dovecot")
	if smtp {
		need(t, "postfix")
		if os.Getuid() != 0 {
			absent(t, "Postfix wants root")
		}
	}
	dir, err := os.MkdirTemp("", "mail") // not t.TempDir: the servers' users must get in
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Servers{Dir: dir, Password: Password, t: t, Certificate: filepath.Join(dir, "cert.pem")}
	s.users()
	for _, port := range []*int{&s.IMAP, &s.IMAPS, &s.LMTP, &s.SASL, &s.SMTP} {
		*port = freePort(t)
	}
	s.do(os.Chmod(dir, 0o755))
	s.do(os.Mkdir(filepath.Join(dir, "mail"), 0o777))
	s.do(os.Chmod(filepath.Join(dir, "mail"), 0o777))
	s.certify()
	s.dovecot()
	if smtp {
		s.postfix()
	}
	return s
}

func need(t *testing.T, program string) {
	t.Helper()
	if find(program) == "" {
		absent(t, "no "+program+": run make tools")
	}
}

func absent(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// find looks for a program where Debian puts it, which is not always in PATH.
func find(program string) string {
	for _, dir := range []string{"/usr/sbin", "/usr/bin", "/usr/local/sbin"} {
		if _, err := os.Stat(filepath.Join(dir, program)); err == nil {
			return filepath.Join(dir, program)
		}
	}
	return ""
}

// users are the accounts of the packages for root, else the tester's own.
func (s *Servers) users() {
	if os.Getuid() == 0 {
		s.Internal, s.InternalGroup, s.Login, s.User, s.Group = "dovecot", "dovecot", "dovenull",
			"mail", "mail"
		return
	}
	me, err := user.Current()
	s.do(err)
	group, err := user.LookupGroupId(me.Gid)
	s.do(err)
	s.Internal, s.InternalGroup, s.Login = me.Username, group.Name, me.Username
	s.User, s.Group = me.Username, group.Name
}

func (s *Servers) do(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// freePort is a port below those that the system gives to whoever connects: one
// of those would be gone again before a server listens on it.
func freePort(t *testing.T) int {
	t.Helper()
	for range 100 {
		port := 15000 + rand.IntN(15000)
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// write writes one of the settings files.
func (s *Servers) write(name, to string) {
	s.t.Helper()
	t, err := template.ParseFS(settings, "testdata/"+name)
	s.do(err)
	var b bytes.Buffer
	s.do(t.Execute(&b, s))
	s.do(os.MkdirAll(filepath.Dir(to), 0o755))
	s.do(os.WriteFile(to, b.Bytes(), 0o644))
}

// certify makes a certificate that is its own authority.
func (s *Servers) certify() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), cryptorand.Reader)
	s.do(err)
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
		IsCA: true, BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(cryptorand.Reader, c, c, &key.PublicKey, key)
	s.do(err)
	private, err := x509.MarshalECPrivateKey(key)
	s.do(err)
	for name, block := range map[string]*pem.Block{
		"cert.pem": {Type: "CERTIFICATE", Bytes: der},
		"key.pem":  {Type: "EC PRIVATE KEY", Bytes: private},
	} {
		s.do(os.WriteFile(filepath.Join(s.Dir, name), pem.EncodeToMemory(block), 0o600))
	}
}

// Roots holds the servers' authority.
func (s *Servers) Roots() *x509.CertPool {
	b, err := os.ReadFile(s.Certificate)
	s.do(err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(b)
	return pool
}

func (s *Servers) dovecot() {
	conf := filepath.Join(s.Dir, "dovecot.conf")
	s.write("dovecot.conf", conf)
	s.start(s.IMAP, "dovecot.log", []string{find("doveadm"), "-c", conf, "stop"},
		find("dovecot"), "-F", "-c", conf)
}

func (s *Servers) postfix() {
	dir := filepath.Join(s.Dir, "postfix")
	s.write("main.cf", filepath.Join(dir, "main.cf"))
	s.write("master.cf", filepath.Join(dir, "master.cf"))
	postfix, err := user.Lookup("postfix")
	s.do(err)
	s.do(os.MkdirAll(filepath.Join(s.Dir, "data"), 0o700))
	s.do(exec.Command("chown", postfix.Username, filepath.Join(s.Dir, "data")).Run())
	s.do(os.MkdirAll(filepath.Join(s.Dir, "queue"), 0o755))
	if out, err := exec.Command(find("postfix"), "-c", dir, "check").CombinedOutput(); err != nil {
		s.t.Fatalf("postfix check: %v\n%s", err, out)
	}
	s.start(s.SMTP, "postfix.log", []string{find("postfix"), "-c", dir, "stop"},
		find("postfix"), "-c", dir, "start-fg")
}

// start runs a server until the test ends, and waits until it listens. It is
// ended by its own command: its processes leave the group they began in.
func (s *Servers) start(port int, log string, stop []string, program string, args ...string) {
	s.t.Helper()
	c := exec.Command(program, args...)
	said, err := os.Create(filepath.Join(s.Dir, log+".start")) // a pipe would outlive the server
	s.do(err)
	defer said.Close()
	c.Stdout, c.Stderr = said, said
	s.do(c.Start())
	s.t.Cleanup(func() {
		if out, err := exec.Command(stop[0], stop[1:]...).CombinedOutput(); err != nil {
			s.t.Logf("%v: %v\n%s", stop, err, out)
			c.Process.Kill()
		}
		c.Wait()
		if b, _ := os.ReadFile(filepath.Join(s.Dir, log)); s.t.Failed() && len(b) > 0 {
			s.t.Logf("the end of %s:\n%s", log, b[max(0, len(b)-3000):])
		}
	})
	for range 500 {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	first, _ := os.ReadFile(said.Name())
	b, _ := os.ReadFile(filepath.Join(s.Dir, log))
	s.t.Fatalf("%s does not listen:\n%s\n%s", program, first, b)
}

// Folder is where the messages of a user's folder lie, "" for the inbox.
func (s *Servers) Folder(user, folder string) string {
	dir := filepath.Join(s.Dir, "mail", user)
	if folder != "" {
		dir = filepath.Join(dir, "."+encode(folder))
	}
	return dir
}

// Messages reads every message of a user's folder.
func (s *Servers) Messages(user, folder string) [][]byte {
	s.t.Helper()
	var out [][]byte
	for _, sub := range []string{"new", "cur"} {
		found, err := filepath.Glob(filepath.Join(s.Folder(user, folder), sub, "*"))
		s.do(err)
		for _, path := range found {
			if b, err := os.ReadFile(path); err == nil { // else it moved on
				out = append(out, b)
			}
		}
	}
	return out
}

// Restore puts a copy of every message of a folder back into the inbox, and
// says how many.
func (s *Servers) Restore(user, folder string) int {
	s.t.Helper()
	n := 0
	for _, sub := range []string{"new", "cur"} {
		found, err := filepath.Glob(filepath.Join(s.Folder(user, folder), sub, "*"))
		s.do(err)
		for _, path := range found {
			s.do(os.Link(path, filepath.Join(s.Folder(user, ""), sub, filepath.Base(path))))
			n++
		}
	}
	return n
}

// Rebuild makes a user's inbox anew: the messages stay, their numbers do not.
func (s *Servers) Rebuild(user string) {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(s.Folder(user, ""), "dovecot*"))
	s.do(err)
	for _, path := range found {
		if !strings.HasSuffix(path, "dovecot-keywords") {
			s.do(os.RemoveAll(path))
		}
	}
}
