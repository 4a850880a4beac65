// Package form is the fill-in workbook (填报表): one description of its layout,
// from which it is written, filled by program and read back, and from which a
// mangled one is copied onto a fresh one (代转抄).
//
// Rules it keeps: rows are known by the id in their id column (where that is
// gone, by the only name that fits) and columns by their heads (where one is
// gone, by both its neighbours), never by position alone; what can mean two
// things is not read; what a form shows (names, targets, last
// month's figures) is never read as truth; an empty cell stays empty and is
// never zero; protection is a convenience and the signed token the proof.
//
// It never judges a figure (check), never opens the bytes of strangers (sheet
// does) and never knows where files lie.
package form
