package templates

import _ "embed"

// Sentence is the wording of assessments: a text/template with one part for
// each situation. The parts and their items are explained in the file.
//
//go:embed sentence.txt
var Sentence string
