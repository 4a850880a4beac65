package form

import (
	"encoding/base64"
	"testing"
)

// FuzzVerify: only what was signed is read, whatever is changed of it; and what
// was signed by the key is read or refused, never a way to fall.
func FuzzVerify(f *testing.F) {
	key := []byte("the key of this office")
	good := Sign(Token{Unit: "rsj", Month: "2025-03", PlanVersion: "2024-1", Issue: 1}, key)
	f.Add(good, []byte(`{"unit":"rsj","month":"2025-03","plan":"2024-1","issue":1}`))
	f.Add(" "+good+"\n", []byte(`{"issue":1e99}`))
	f.Add(Sign(Token{Month: "2024-12", Opening: true}, []byte("another")), []byte("["))
	f.Add("duban1..", []byte{})
	f.Fuzz(func(t *testing.T, s string, payload []byte) {
		if got, err := Verify(s, key); err == nil && Sign(got, key) != Sign(Token{Unit: "rsj",
			Month: "2025-03", PlanVersion: "2024-1", Issue: 1}, key) {
			t.Errorf("%q was never signed and is read as %+v", s, got)
		}
		body := tokenPrefix + base64.RawURLEncoding.EncodeToString(payload)
		signed := body + "." + base64.RawURLEncoding.EncodeToString(seal(body, key))
		if got, err := Verify(signed, key); err == nil {
			if again, err := Verify(Sign(got, key), key); err != nil || again != got {
				t.Errorf("%+v is read again as %+v (%v)", got, again, err)
			}
		} else if got != (Token{}) {
			t.Errorf("half a token: %+v", got)
		}
	})
}
