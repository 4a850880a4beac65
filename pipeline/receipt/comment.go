package receipt

import (
	"encoding/xml"
	"path"
	"regexp"
	"strings"
)

// The library finds the comments of a sheet by the number in the name of
// their drawing. LibreOffice and others number the two parts differently, and
// then what it adds is lost without a word. So a sheet's comments are read and
// taken out here before the library opens the copy, and all are written anew:
// ours, and below them what the sender's own said.

type relationships struct {
	XMLName xml.Name `xml:"Relationships"`
	List    []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr,omitempty"`
	} `xml:"Relationship"`
}

const relationNamespace = "http://schemas.openxmlformats.org/package/2006/relationships"

var (
	legacyDrawing = regexp.MustCompile(
		`<(?:\w+:)?legacyDrawing\s[^>]*\w*:?id="([^"]*)"[^>]*?(?:/>|>\s*</(?:\w+:)?legacyDrawing>)`)
	objectType = regexp.MustCompile(`ObjectType\s*=\s*["'](\w+)["']`)
)

// takeComments removes the comments of one sheet and returns their texts by
// cell. It leaves a sheet alone whose drawing holds more than comments, such
// as buttons, and says so by ok.
func (p parts) takeComments(sheet string) (texts map[string]string, ok bool) {
	drawing := legacyDrawing.FindSubmatch(p[sheet])
	if drawing == nil {
		return nil, true
	}
	relsName := path.Join(path.Dir(sheet), "_rels", path.Base(sheet)+".rels")
	var rels relationships
	if xml.Unmarshal(p[relsName], &rels) != nil {
		return nil, false
	}
	comments, vml := "", ""
	kept := rels
	kept.List = nil
	for _, r := range rels.List {
		target := path.Join(path.Dir(sheet), r.Target)
		if strings.HasPrefix(r.Target, "/") {
			target = r.Target[1:]
		}
		switch {
		case r.ID == string(drawing[1]):
			vml = target
		case strings.HasSuffix(r.Type, "/comments"):
			comments = target
		case strings.HasSuffix(r.Type, "/threadedComment"):
			// its text stands in the comments too
		default:
			kept.List = append(kept.List, r)
		}
	}
	for _, m := range objectType.FindAllSubmatch(p[vml], -1) {
		if string(m[1]) != "Note" {
			return nil, false
		}
	}
	kept.XMLName = xml.Name{Space: relationNamespace, Local: "Relationships"}
	out, err := xml.Marshal(kept)
	if err != nil {
		return nil, false
	}
	texts, err = commentTexts(p[comments])
	if err != nil {
		return nil, false
	}
	p[relsName] = append([]byte(xml.Header), out...)
	p[sheet] = legacyDrawing.ReplaceAll(p[sheet], nil)
	p.drop(comments, vml)
	return texts, true
}

// drop removes parts and their content types.
func (p parts) drop(names ...string) {
	const types = "[Content_Types].xml"
	for _, name := range names {
		if name == "" {
			continue
		}
		delete(p, name)
		override := regexp.MustCompile(
			`<Override\s[^>]*PartName="/?` + regexp.QuoteMeta(name) + `"[^>]*?(?:/>|>\s*</Override>)`)
		p[types] = override.ReplaceAll(p[types], nil)
	}
}

// commentTexts reads a comments part: the text of each cell's comment.
func commentTexts(b []byte) (map[string]string, error) {
	if len(b) == 0 {
		return nil, nil
	}
	type text struct {
		T string   `xml:"t"`
		R []string `xml:"r>t"`
	}
	var all struct {
		List []struct {
			Ref  string `xml:"ref,attr"`
			Text text   `xml:"text"`
		} `xml:"commentList>comment"`
	}
	if err := xml.Unmarshal(b, &all); err != nil {
		return nil, err
	}
	m := make(map[string]string, len(all.List))
	for _, c := range all.List {
		m[c.Ref] = ownPart(c.Text.T + strings.Join(c.Text.R, ""))
		if m[c.Ref] == "" {
			delete(m, c.Ref)
		}
	}
	return m, nil
}

// keptMark stands before what the sender's own comment said.
const keptMark = "原批注："

// ownPart is what the sender wrote: all of a comment, or the end of one that
// an earlier receipt put there.
func ownPart(s string) string {
	for _, level := range []string{"退回", "存疑", "提示"} {
		if strings.HasPrefix(s, "【"+level+"】") {
			_, own, _ := strings.Cut(s, keptMark)
			return strings.TrimSpace(own)
		}
	}
	return strings.TrimSpace(strings.TrimPrefix(s, keptMark))
}
