package main

import (
	"fmt"
	"os/user"
	"time"

	"github.com/spf13/cobra"

	"duban/pipeline"
	"duban/pipeline/schedule"
)

// operator is who runs the program, as the system knows him; "" when it does
// not say.
func operator() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	if u.Name != "" {
		return u.Name
	}
	return u.Username
}

// actFlags adds --by, --why and, where a document is asked for, --document.
func actFlags(c *cobra.Command, document bool) *pipeline.Act {
	a := &pipeline.Act{}
	c.Flags().StringVar(&a.By, "by", "", "由谁决定（`姓名`）")
	c.Flags().StringVar(&a.Why, "why", "", "`理由`")
	if document {
		c.Flags().StringVar(&a.Document, "document", "", "依据的`文号`，如 振政督〔2025〕9号")
	}
	return a
}

// parseMoment reads a time given after a flag, in Beijing time.
func parseMoment(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, &callError{fmt.Errorf("要用 %s 写明时间，如 %[1]s \"2025-04-15 18:00\"", flag)}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, s, schedule.Zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &callError{fmt.Errorf("%s 应写成 \"2025-04-15 18:00\" 的样子，现为“%s”", flag, s)}
}
