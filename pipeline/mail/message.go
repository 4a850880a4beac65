package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Message is one message, read.
type Message struct {
	ID         string   // Message-ID without its brackets; "" for none
	References []string // the messages it answers, oldest first, without brackets
	Subject    string
	Date       time.Time // as the sender says; zero where he does not
	From       Address   // zero where FromFault says why
	FromFault  string    // why there is no one sender, in Chinese
	ReplyTo    []Address
	Auto       Auto // what sent it, when it was not a person
	Parts      []Part

	raw    []byte
	fields []field
}

// Part is one thing that is attached, at whatever depth.
type Part struct {
	Name  string // as the sender wrote it, decoded; may be anything; "" for none
	Bytes []byte // whole; nil with a Fault
	Fault string // why it could not be read, in Chinese; "" when it was
}

// field is one header field, in the order of the message.
type field struct{ name, value string } // name in lower case

// Limits of what one message may hold.
const (
	maxParts  = 200       // attachments, those in archives included
	maxTree   = 500       // parts of the tree
	maxDepth  = 8         // of parts in parts
	maxTotal  = 192 << 20 // bytes of all parts, decoded
	maxHeader = 1 << 20   // bytes of one header
)

// Read reads a message. Bytes that are no message at all are one with nothing
// in it.
func Read(b []byte) *Message {
	m := &Message{raw: b}
	head, body := cutHeader(b)
	m.fields = fieldsOf(head)
	m.Subject = oneLine(decodeWords(m.get("subject")))
	m.ID = firstID(m.get("message-id"))
	m.References = append(ids(m.get("references")), ids(m.get("in-reply-to"))...)
	m.References = unique(m.References)
	m.Date = parseDate(m.get("date"))
	m.readSender()
	w := &walk{m: m}
	w.entity(head, body, 0)
	m.Auto = m.auto(w.report)
	return m
}

// Identity is the same for every copy of the message and no other: it is made
// of the Message-ID, the sender and the bytes of the attachments. Without a
// Message-ID subject and date stand for it.
func (m *Message) Identity() string {
	h := sha256.New()
	id := m.ID
	if id == "" {
		id = m.get("date") + "\x00" + m.get("subject")
	}
	fmt.Fprintf(h, "%s\x00%s\x00", id, m.From.Text)
	for _, p := range m.Parts {
		fmt.Fprintf(h, "%x", sha256.Sum256(p.Bytes))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// get is the first field of a name, "" for none.
func (m *Message) get(name string) string {
	for _, f := range m.fields {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// all are the fields of a name, from the top.
func (m *Message) all(name string) []string {
	var out []string
	for _, f := range m.fields {
		if f.name == name {
			out = append(out, f.value)
		}
	}
	return out
}

// cutHeader parts header and body at the first empty line. A line that is no
// field is left out: one such line must not cost the message.
func cutHeader(b []byte) (head []byte, body []byte) {
	var out bytes.Buffer
	kept := false
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		b = rest
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) == 0 {
			return out.Bytes(), b
		}
		if line[0] == ' ' || line[0] == '\t' {
			if !kept {
				continue
			}
		} else if kept = isField(line); !kept {
			continue
		}
		if out.Len()+len(line) > maxHeader {
			continue
		}
		out.Write(line)
		out.WriteString("\r\n")
	}
	return out.Bytes(), nil
}

// isField reports whether a line begins with a field's name.
func isField(line []byte) bool {
	name, _, ok := bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

// fieldsOf unfolds a header that cutHeader has cleaned.
func fieldsOf(head []byte) []field {
	var out []field
	var folded []string // the lines of the field in hand
	end := func() {
		if name, value, ok := strings.Cut(strings.Join(folded, ""), ":"); ok {
			out = append(out, field{strings.ToLower(strings.TrimRight(name, " \t")),
				strings.TrimSpace(value)})
		}
		folded = nil
	}
	for line := range strings.SplitSeq(string(head), "\r\n") {
		if line != "" && line[0] != ' ' && line[0] != '\t' {
			end()
		}
		folded = append(folded, line)
	}
	end()
	return out
}
