package sheet

import (
	"fmt"
	"strings"
)

// The next level above tokens: elements and what is in them.

var namespaceRoots = []string{
	"http://schemas.openxmlformats.org/", // Transitional, and package relationships
	"http://purl.oclc.org/ooxml/",        // Strict
}

// rootOf moves to the root's start tag, which must have the given name.
func (x *scanner) rootOf(local string) error {
	if _, err := x.next(); err != nil { // the first token is the root, or an error
		return err
	}
	known := x.root.uri == ""
	for _, r := range namespaceRoots {
		known = known || strings.HasPrefix(x.root.uri, r)
	}
	if string(x.local) != local || !known {
		return x.bad(0, fmt.Sprintf("根元素是 <%s>，应为 <%s>", clip(x.name), local))
	}
	return nil
}

// child moves to the next element inside the open one; false at its end. What
// is of another namespace is passed over; text has no place here.
func (x *scanner) child() (bool, error) {
	for {
		t, err := x.next()
		if err != nil {
			return false, err
		}
		switch t {
		case tokenStart:
			if !x.foreign {
				return true, nil
			}
			if err := x.skip(); err != nil {
				return false, err
			}
		case tokenText:
			if !white(x.text) {
				return false, x.bad(-len(x.text), "标签之间有不该有的文字")
			}
		default:
			return false, nil
		}
	}
}

// skip passes over the open element and all in it.
func (x *scanner) skip() error {
	for depth := len(x.marks); len(x.marks) >= depth; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// content appends the text of the open element up to its end; elements in it
// are passed over.
func (x *scanner) content(dst []byte) ([]byte, error) {
	for {
		t, err := x.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case tokenText:
			if x.escaped {
				dst = unescape(dst, x.text)
			} else {
				dst = append(dst, x.text...)
			}
			if len(dst) > x.lim.TokenBytes {
				return dst, x.fault("cell-too-long", 0, "有一段文字过长。")
			}
		case tokenStart:
			if err := x.skip(); err != nil {
				return dst, err
			}
		default:
			return dst, nil
		}
	}
}

// get is the value of an attribute without a prefix, nil when it is not there.
func (x *scanner) get(name string) []byte {
	for i := range x.attrs {
		if string(x.attrs[i].name) == name {
			if v := x.attrs[i].resolved(); v != nil {
				return v
			}
			return []byte{}
		}
	}
	return nil
}

// truth reads an on/off value; off when it is not there.
func truth(v []byte) bool {
	switch string(v) {
	case "1", "true", "on", "t":
		return true
	}
	return false
}
