package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// What the daemon logs is read by the office, in a window and in the last error that
// health tells: it begins in Chinese, and every key but those for whoever mends the
// program has a word.
func TestTheLogIsInChinese(t *testing.T) {
	forMenders := []string{"sha256", "panic", "stack"}
	said := 0
	check := func(at token.Position, args []string) {
		said++
		if !unicode.Is(unicode.Han, []rune(args[0] + " ")[0]) {
			t.Errorf("%s: %q", at, args[0])
		}
		for i := 1; i < len(args); i += 2 {
			if args[i] != "" && keys[args[i]] == "" && !slices.Contains(forMenders, args[i]) &&
				!unicode.Is(unicode.Han, []rune(args[i] + " ")[0]) {
				t.Errorf("%s: the key %q has no word", at, args[i])
			}
		}
	}
	files := token.NewFileSet()
	err := filepath.WalkDir("../../pipeline", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isLog(call) {
				if args := texts(call.Args); args[0] != "" {
					check(files.Position(call.Pos()), args)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || said < 20 {
		t.Errorf("%d lines of log, %v", said, err)
	}
}

// isLog reports whether a call writes what the office sees of the log.
func isLog(call *ast.CallExpr) bool {
	to, ok := call.Fun.(*ast.SelectorExpr)
	return ok && len(call.Args) > 0 &&
		slices.Contains([]string{"Info", "Warn", "Error", "warn"}, to.Sel.Name)
}

// texts are the arguments that are texts, "" for the others.
func texts(args []ast.Expr) []string {
	all := make([]string, len(args))
	for i, a := range args {
		if lit, ok := a.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			all[i], _ = strconv.Unquote(lit.Value)
		}
	}
	return all
}
