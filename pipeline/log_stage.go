package pipeline

import (
	"context"
	"log/slog"
)

// The way of a form, in the log: one line a stage, each with the key stage and
// keys that stay the same. claim and sha256 tie the lines of one form together
// until it is taken, delivery from then on.
//
//	claimed    claim file channel unit size          out of the inbox or off the counter
//	read       sha256 readable code                  bytes became cells, or a refusal
//	judged     claim sha256 unit month state figures refused findings
//	taken      claim sha256 delivery submission again
//	settled    claim sha256 state                    in archive or quarantine
//	answered   key kind delivery                     a receipt, a form, a digest is out
const (
	stageClaimed  = "claimed"
	stageRead     = "read"
	stageJudged   = "judged"
	stageTaken    = "taken"
	stageSettled  = "settled"
	stageAnswered = "answered"
)

// stage logs that a form has come through a stage.
func (w *Workspace) stage(ctx context.Context, name string, args ...any) {
	if !w.Log.Enabled(ctx, slog.LevelDebug) {
		return // the usual case costs nothing
	}
	w.Log.DebugContext(ctx, "stage", append([]any{"stage", name}, args...)...)
}
