package templates

import _ "embed"

// Settings is the commented duban.yaml of a new workspace: every setting with
// its default. It is also where the program's own defaults come from.
//
//go:embed duban.yaml
var Settings []byte
