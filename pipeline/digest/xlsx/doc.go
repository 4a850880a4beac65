// Package xlsx writes a digest's Book as a workbook.
//
// The rules it keeps:
//
//   - Equal books make equal bytes.
//   - What a book calls text is text: never a formula, whatever it begins
//     with, and free of what cannot be seen.
//   - A light is a colour and a word, so that it can be read in black and
//     white.
//   - Every sheet can be printed as it is: its head repeats, its columns fit.
//
// It never computes a figure and never reads a workbook that came from outside.
package xlsx
