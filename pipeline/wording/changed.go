package wording

import "text/template/parse"

// Changed is the parts that an office's text words in another way than the
// program's own.
func Changed(own, text string) []string {
	was, is := trees(own), trees(plain(text))
	names := []string{}
	for _, name := range Names(text) {
		t := is[name]
		if t == nil || parse.IsEmptyTree(t.Root) {
			continue
		}
		if was[name] == nil || was[name].Root.String() != t.Root.String() {
			names = append(names, name)
		}
	}
	return names
}

// trees is the parts of a text, whatever they call.
func trees(text string) map[string]*parse.Tree {
	set := map[string]*parse.Tree{}
	t := parse.New("")
	t.Mode = parse.SkipFuncCheck
	if _, err := t.Parse(text, "", "", set); err != nil {
		return nil
	}
	return set
}
