// Package seeds holds the plan that a new workspace begins with: the complete
// real notice as data, in files that the administrator edits afterwards.
//
// It never reads or judges them: plan.Load does.
package seeds

import "embed"

// Files are plan.yaml, the files it names, and the notice.
//
//go:embed *.yaml notice.txt
var Files embed.FS
