package form_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/sheet/parts"
)

// Programs that fill forms read the properties by their prefixes.
func TestPropertiesAreWrittenWithTheirPrefixes(t *testing.T) {
	f := monthForm()
	f.Office, f.IssuedAt = "督查<室>&办", time.Date(2025, 3, 25, 0, 0, 0, 0, time.UTC)
	b, err := form.Write(f, []byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	text := parts.Named(b, "docProps/core.xml")
	var any struct {
		By string `xml:"lastModifiedBy"`
	}
	if err := xml.Unmarshal([]byte(text), &any); err != nil || any.By != "督查<室>&办" {
		t.Errorf("the author reads %q, %v", any.By, err)
	}
	for _, want := range []string{"<cp:coreProperties ", "<cp:lastModifiedBy>", "<dc:title>",
		`<dcterms:created xsi:type="dcterms:W3CDTF">2025-03-25T00:00:00Z<`} {
		if !strings.Contains(text, want) {
			t.Errorf("the properties have no %s:\n%s", want, text)
		}
	}
}
