// Package plan holds the vocabulary of the whole program (plan, item,
// indicator, unit, month, value, figure, finding) and reads and proves the
// plan files of a workspace.
//
// A plan that is adjusted (计划调整) is one plan a month: Plan.In gives the one in
// force. A month is judged by that alone, over the whole course: a target that
// is raised from July on is due linearly from the counting's first month, as if
// it had always been so high, in July and after; in June and before nothing of
// it is known.
//
// It never judges a figure (that is check and assess), never opens a workbook
// and never touches the ledger. The Chinese word for each English one is in
// the comment of its type.
package plan
