package main

import (
	"regexp"
	"testing"

	"github.com/spf13/cobra"
)

// A flag whose value has no name of ours is shown with the library's: --unit string.
func TestNoHelpNamesAValueInEnglish(t *testing.T) {
	english := regexp.MustCompile(`--\S+ (string|strings|int|duration|float64)\b`)
	var look func(*cobra.Command)
	look = func(c *cobra.Command) {
		if found := english.FindAllString(c.UsageString(), -1); found != nil {
			t.Errorf("%s: %q", c.CommandPath(), found)
		}
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(newRoot())
}
