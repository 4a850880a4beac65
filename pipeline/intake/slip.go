package intake

import (
	"encoding/json"
	"path/filepath"
	"time"

	"duban/pipeline/durable"
)

// slip is what is known of a claimed file beside its bytes, written before the
// file is moved, so that a kill forgets nothing. Names are bytes: they need not
// be UTF-8.
type slip struct {
	ID         string    `json:"id"`
	Name       []byte    `json:"name"`
	Folder     []byte    `json:"folder,omitempty"`
	Shown      string    `json:"shown"` // the name, for a person who looks
	Channel    string    `json:"channel"`
	Unit       string    `json:"unit,omitempty"`
	By         string    `json:"by,omitempty"`
	Sender     string    `json:"sender,omitempty"`
	SeenAt     time.Time `json:"seen_at"`
	ReceivedAt time.Time `json:"received_at,omitzero"`
	Attempts   int       `json:"attempts,omitempty"`
	Mail       *MailID   `json:"mail,omitempty"`
	Whole      int64     `json:"whole,omitempty"`
}

func (s *slip) file(work string) durable.File {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic("intake: a slip that is no JSON: " + err.Error()) // a year past 9999
	}
	return durable.File{Path: slipPath(work, s.ID), Bytes: append(b, '\n'), Perm: 0o644}
}

func slipPath(work, id string) string { return filepath.Join(work, id+".json") }

func (s *slip) claim(f *Folder) Claim {
	c := Claim{
		ID: s.ID, Name: CleanName(string(s.Name)), Channel: s.Channel, Unit: s.Unit, By: s.By,
		SeenAt: s.SeenAt, ReceivedAt: s.ReceivedAt, Attempts: s.Attempts,
		Path: filepath.Join(f.Work, s.ID), Mail: s.Mail, Whole: s.Whole,
		Sender: s.Sender,
	}
	if len(s.Folder) > 0 {
		c.SubFolder = CleanName(string(s.Folder))
	}
	if c.SubFolder != "" && c.Unit == "" && f.UnitOf != nil {
		c.Unit = f.UnitOf(string(s.Folder))
	}
	return c
}
