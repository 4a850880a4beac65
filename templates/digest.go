package templates

import _ "embed"

// Digest is the wording of the digests: a text/template with a part for every
// sentence, heading, caption and row of column heads. What each part may name
// is said in the file.
//
//go:embed digest.txt
var Digest string
