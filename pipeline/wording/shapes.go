package wording

import (
	"fmt"
	"reflect"
)

// Shapes are samples of a struct of items: first one with everything known and
// many of everything, then each item by itself unknown, none or one, then
// nothing known at all. What the items hold already is kept in the first.
func Shapes(items any) []any {
	t := reflect.TypeOf(items)
	full := filled(reflect.ValueOf(items))
	all := []any{full.Interface()}
	for i := range t.NumField() {
		for n := range 2 {
			v := reflect.New(t).Elem()
			v.Set(full)
			v.Field(i).Set(sampleOf(t.Field(i).Type, n))
			all = append(all, v.Interface())
		}
	}
	return append(all, reflect.Zero(t).Interface())
}

// filled is a struct with what it does not hold made up.
func filled(v reflect.Value) reflect.Value {
	full := reflect.New(v.Type()).Elem()
	full.Set(v)
	for _, f := range full.Fields() {
		if f.IsZero() {
			f.Set(sampleOf(f.Type(), 3))
		}
	}
	return full
}

// sampleOf is a value of a type that holds n of what it can hold many of.
func sampleOf(t reflect.Type, n int) reflect.Value {
	v := reflect.New(t).Elem()
	switch {
	case v.CanInt():
		v.SetInt(int64(n))
	case v.CanFloat():
		v.SetFloat(float64(n))
	}
	switch t.Kind() {
	case reflect.String:
		if n > 0 {
			v.SetString("样例")
		}
	case reflect.Bool:
		v.SetBool(n > 0)
	case reflect.Slice:
		for i := range n {
			x := sampleOf(t.Elem(), 3)
			if x.Kind() == reflect.String {
				x.SetString(fmt.Sprintf("样例%d", i+1))
			}
			v = reflect.Append(v, x)
		}
	case reflect.Struct:
		for i := range t.NumField() {
			if f := v.Field(i); f.CanSet() {
				f.Set(sampleOf(f.Type(), n))
			}
		}
	}
	return v
}
