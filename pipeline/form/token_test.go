package form_test

import (
	"errors"
	"strings"
	"testing"

	"duban/pipeline/form"
)

func TestTokenSurvivesTheWay(t *testing.T) {
	for _, want := range []form.Token{
		{Unit: "rsj", Month: "2025-03", PlanVersion: "2024-1", Issue: 2},
		{Month: "2024-12", PlanVersion: "第一版", Opening: true},
	} {
		got, err := form.Verify(" "+form.Sign(want, key)+"\n", key)
		if err != nil || got != want {
			t.Errorf("got %+v, %v", got, err)
		}
	}
}

func TestTokenAlteredIsRefused(t *testing.T) {
	s := form.Sign(form.Token{Unit: "rsj", Month: "2025-03", PlanVersion: "1"}, key)
	other := form.Sign(form.Token{Unit: "nyj", Month: "2025-03", PlanVersion: "1"}, key)
	bad := []string{"", "duban1.", "duban1..", s[:len(s)-1], s + "A", strings.ToUpper(s),
		other[:strings.LastIndex(other, ".")] + s[strings.LastIndex(s, "."):],
		form.Sign(form.Token{Unit: "rsj"}, []byte("another key"))}
	for i := range s { // every character counts
		c := byte('A')
		if s[i] == c {
			c = 'B'
		}
		bad = append(bad, s[:i]+string(c)+s[i+1:])
	}
	for _, b := range bad {
		if _, err := form.Verify(b, key); !errors.Is(err, form.ErrTokenAltered) {
			t.Errorf("%q: %v", b, err)
		}
	}
}
