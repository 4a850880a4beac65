// Package plan holds the vocabulary of the whole program (plan, item,
// indicator, unit, month, value, figure, finding) and reads and proves the
// plan files of a workspace.
//
// It never judges a figure (that is check and assess), never opens a workbook
// and never touches the ledger. The Chinese word for each English one is in
// the comment of its type.
package plan
