//go:build linux

package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
)

// tidy: no temporary is left, neither in the workspace nor where the system keeps them.
var tidy = invariant{"tidy", func(t *trial, _ *evidence) (string, []string) {
	var faults []string
	looked := 0
	for _, root := range []string{t.ws, t.tmp} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || path == root {
				return err
			}
			looked++
			if root == t.tmp || isTemporary(e.Name()) {
				faults = append(faults, "a temporary is left: "+path)
			}
			return nil
		})
		t.must(err)
	}
	return fmt.Sprint(looked), faults
}}
