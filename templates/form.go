package templates

import _ "embed"

// Form is the wording of the fill-in workbook: a text/template with the parts
// title, basis, hint and guide. How a guide is marked up is said in the file.
//
//go:embed form.txt
var Form string

// Receipt is the wording of a receipt: a text/template with the parts title,
// verdict, counts, times, how and text.
//
//go:embed receipt.txt
var Receipt string

// Reminder is the wording of a reminder (催报): a text/template with the parts
// title, opening, closing and text.
//
//go:embed reminder.txt
var Reminder string
