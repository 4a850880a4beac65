package templates

import _ "embed"

// Mail is the wording of what is mailed: a text/template with a subject and a
// text for each sort of mail.
//
//go:embed mail.txt
var Mail string
