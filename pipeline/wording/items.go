package wording

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// items is the type of an item of an item of a type.
func (r *reader) items(n parse.Node, t reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		t = r.item(n, t, name)
	}
	return t
}

func (r *reader) item(n parse.Node, t reflect.Type, name string) reflect.Type {
	switch {
	case t == nil:
		return nil
	case t == reflect.TypeFor[nothing]():
		part := r.under[len(r.under)-1]
		r.wrong(n, "“%s”里有“.%s”这一项，引用时要把项带上，如 {{template \"%s\" .}}", part, name, part)
		return nil
	case t.Kind() == reflect.Pointer:
		return r.item(n, t.Elem(), name)
	case t.Kind() == reflect.Slice:
		r.wrong(n, "没有“.%s”这一项：一串的项要用 range … end 逐个来说", name)
		return nil
	case t.Kind() != reflect.Struct:
		r.wrong(n, "没有“.%s”这一项：它前面的项是单个的数目或文字，没有下级的项", name)
		return nil
	}
	have := itemNames(t)
	if slices.Contains(have, name) {
		f, _ := t.FieldByName(name)
		return f.Type
	}
	list := "这里没有可用的项"
	if len(have) > 0 {
		list = "可用的有：." + strings.Join(have, "、.")
	}
	r.wrong(n, "没有“.%s”这一项，%s", name, list)
	return nil
}

// itemsOf is what itemNames found, by type: parts name items by the hundred.
var itemsOf sync.Map

// itemNames is what can be named of a struct.
func itemNames(t reflect.Type) []string {
	if known, ok := itemsOf.Load(t); ok {
		return known.([]string)
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	itemsOf.Store(t, names)
	return names
}

// results is the type of what text/template's own functions give; those that
// are not here may give anything.
var results = map[string]reflect.Type{
	"len": reflect.TypeFor[int](), "not": reflect.TypeFor[bool](),
	"eq": reflect.TypeFor[bool](), "ne": reflect.TypeFor[bool](), "lt": reflect.TypeFor[bool](),
	"le": reflect.TypeFor[bool](), "gt": reflect.TypeFor[bool](), "ge": reflect.TypeFor[bool](),
	"print": reflect.TypeFor[string](), "printf": reflect.TypeFor[string](),
	"println": reflect.TypeFor[string](), "html": reflect.TypeFor[string](),
	"js": reflect.TypeFor[string](), "urlquery": reflect.TypeFor[string](),
}

// result is the type that a function gives for arguments of these types.
func (f *File) result(name string, args []reflect.Type) reflect.Type {
	if own := f.Functions[name]; own != nil {
		return reflect.TypeOf(own).Out(0)
	}
	if t := results[name]; t != nil {
		return t
	}
	switch {
	case len(args) == 0 || args[0] == nil:
		return nil
	case name == "slice":
		return args[0]
	case name == "index" && args[0].Kind() == reflect.Slice:
		return args[0].Elem()
	case name == "and" || name == "or":
		for _, a := range args {
			if a != args[0] {
				return nil
			}
		}
		return args[0]
	}
	return nil
}
