package form

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
)

// ErrTokenAltered says that a token was not signed with this workspace's key:
// it was changed, or it belongs to another office.
var ErrTokenAltered = errors.New("token altered or not of this office")

// tokenPrefix begins every token; the number is the version of its make-up.
const tokenPrefix = "duban1."

// Token (凭证) says which unit and month a form was issued for.
type Token struct {
	Unit        string `json:"unit,omitempty"` // unit code; "" on the opening form
	Month       string `json:"month"`          // 2025-03
	PlanVersion string `json:"plan"`
	Issue       int    `json:"issue"`
	Opening     bool   `json:"opening,omitempty"`
}

// Sign writes the token with an HMAC-SHA-256 of it under the key.
func Sign(t Token, key []byte) string {
	b, err := json.Marshal(t)
	if err != nil {
		panic(err) // strings and numbers only: cannot happen
	}
	enc := base64.RawURLEncoding
	body := tokenPrefix + enc.EncodeToString(b)
	return body + "." + enc.EncodeToString(seal(body, key))
}

// Verify reads a token that Sign wrote, or returns ErrTokenAltered.
func Verify(s string, key []byte) (Token, error) {
	var t Token
	body, sum, ok := cutLast(strings.TrimSpace(s), ".")
	enc := base64.RawURLEncoding.Strict()
	mac, err := enc.DecodeString(sum)
	if !ok || err != nil || !strings.HasPrefix(body, tokenPrefix) ||
		!hmac.Equal(mac, seal(body, key)) {
		return t, ErrTokenAltered
	}
	b, err := enc.DecodeString(strings.TrimPrefix(body, tokenPrefix))
	if err != nil || json.Unmarshal(b, &t) != nil {
		return Token{}, ErrTokenAltered
	}
	return t, nil
}

func seal(body string, key []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(body))
	return h.Sum(nil)
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
