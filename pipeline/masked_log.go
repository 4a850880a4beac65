package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"duban/pipeline/plan"
)

// maskedLog hides the personal numbers of whatever is logged: names of files,
// errors that quote a cell. Errors are put into the office's words, on one line.
type maskedLog struct{ slog.Handler }

func (h maskedLog) Handle(ctx context.Context, r slog.Record) error {
	out := slog.NewRecord(r.Time, r.Level, plan.Mask(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		out.AddAttrs(maskAttr(a))
		return true
	})
	return h.Handler.Handle(ctx, out)
}

func (h maskedLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	masked := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		masked[i] = maskAttr(a)
	}
	return maskedLog{h.Handler.WithAttrs(masked)}
}

func (h maskedLog) WithGroup(name string) slog.Handler {
	return maskedLog{h.Handler.WithGroup(name)}
}

func maskAttr(a slog.Attr) slog.Attr {
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, plan.Mask(v.String()))
	case slog.KindGroup:
		var group []any
		for _, inner := range v.Group() {
			group = append(group, maskAttr(inner))
		}
		return slog.Group(a.Key, group...)
	case slog.KindAny:
		text := fmt.Sprint(v.Any())
		if err, ok := v.Any().(error); ok {
			text = strings.ReplaceAll(InWords(err), "\n", " ")
		}
		return slog.String(a.Key, plan.Mask(text))
	}
	return a
}
