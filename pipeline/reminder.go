package pipeline

import (
	"duban/pipeline/wording"
	"duban/templates"
)

// letter is what the wording of a reminder may name; reminder.txt explains it.
type letter struct {
	Unit, Month, Deadline, By, Office, On string
	Silent, Past                          bool
	Remarks                               []string
	Wanting
}

// reminderFile is the wording of reminders (催报).
var reminderFile = &wording.File{Name: "reminder.txt", Own: templates.Reminder,
	Parts: []wording.Part{
		{Name: "title", Items: letter{}, Must: wording.Line},
		{Name: "opening", Items: letter{}, Must: wording.Line},
		{Name: "closing", Items: letter{}, Must: wording.Always},
		{Name: "text", Items: letter{}, Must: wording.Always},
	}}
