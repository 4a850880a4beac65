// Package check knows what a filled form can get wrong: one file a check, in
// the order of catalogue.go, each with its words for the clerk. Run interprets
// a form's rows, holds every check against them and says which figures are
// taken.
//
// It never opens a workbook, never changes or converts a figure and never
// asks a clock: what it needs stands in the Submission. A bad row never costs
// a unit its good rows.
package check
