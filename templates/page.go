package templates

import _ "embed"

// Page is what the folder of an office's own texts says of itself.
//
//go:embed 说明.txt
var Page string
