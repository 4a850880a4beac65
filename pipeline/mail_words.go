package pipeline

import (
	"duban/pipeline/wording"
	"duban/templates"
)

// mailWords is what the wording of a mail may name; mail.txt explains it.
type mailWords struct {
	Office, Unit, Month, Subject, At, Number, Title, Deadline string `json:",omitempty"`

	Trial    bool            `json:",omitempty"`
	Big      int64           `json:",omitempty"` // megabytes
	Faults   []faulty        `json:",omitempty"`
	Others   []string        `json:",omitempty"`
	Receipts []mailedReceipt `json:",omitempty"` // of a trial; else filled in when sent
}

type mailedReceipt struct{ File, Text string }

// strangerWords is all that the wording to somebody unknown may name.
type strangerWords struct{ Office, Subject string }

// mailFile is the wording of mails.
var mailFile = &wording.File{Name: "mail.txt", Own: templates.Mail, Parts: append(
	mailParts(strangerWords{}, "stranger"),
	mailParts(mailWords{}, "answer", "form", "digest", "decision")...)}

// mailParts are the subject and the text of each kind of mail.
func mailParts(items any, kinds ...string) []wording.Part {
	var parts []wording.Part
	for _, kind := range kinds {
		parts = append(parts, wording.Part{Name: kind + ".subject", Items: items, Must: wording.Line},
			wording.Part{Name: kind + ".text", Items: items, Must: wording.Always})
	}
	return parts
}
