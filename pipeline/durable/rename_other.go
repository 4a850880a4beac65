//go:build unix && !linux

package durable

// renameNew renames and fails with fs.ErrExist when the new name is taken.
func renameNew(from, to string) error { return linkNew(from, to) }
