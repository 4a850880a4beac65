package pipeline

import (
	"duban/pipeline/wording"
	"duban/templates"
)

// mailFile is the wording of what is mailed.
var mailFile = &wording.File{Name: "mail.txt", Own: templates.Mail, Parts: mailParts()}

// strangerWords is what an answer to somebody unknown may name: nothing of any
// unit.
type strangerWords struct{ Office, Subject string }

// mailParts is a subject and a text for each sort of mail.
func mailParts() []wording.Part {
	var all []wording.Part
	for _, x := range []struct {
		sort  string
		items any
	}{
		{"answer", mailWords{}}, {"stranger", strangerWords{}}, {"form", mailWords{}},
		{"digest", mailWords{}}, {"decision", mailWords{}},
	} {
		all = append(all, wording.Part{Name: x.sort + ".subject", Items: x.items, Must: aSubject},
			wording.Part{Name: x.sort + ".text", Items: x.items, Must: wording.Always})
	}
	return all
}

// aSubject must be a line where everything is known.
func aSubject(said string, full bool) string {
	if !full {
		return ""
	}
	return wording.Line(said, full)
}
