// Package xlsx writes a digest's Book as a workbook.
//
// The rules it keeps:
//
//   - Equal books make equal bytes.
//   - What a book calls text is text: never a formula, whatever it begins
//     with, and free of what cannot be seen.
//   - A light is a word first: the colour is a condition on the word, and
//     follows when somebody types another one.
//   - Colours differ in brightness, so that they can be told apart in black
//     and white.
//   - A chart draws rows of its sheet's own table, from zero on.
//   - Every sheet can be printed as it is: its head repeats, its columns fit,
//     no page's edge cuts a chart.
//
// It never computes a figure and never reads a workbook that came from outside.
package xlsx
