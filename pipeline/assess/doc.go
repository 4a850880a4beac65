// Package assess holds one indicator's accepted figures against its target and
// the time elapsed: how much is done, how much should be done by now (序时进度),
// which light it gets and by which rule, how it moved (同比, 环比), and the
// sentence a digest prints. The code picks the part for a situation; its words
// are those of templates/sentence.txt, or an office's own.
//
// The target and the dates are those of the plan in force in the month
// (plan.Plan.In), and count for the whole course: 序时进度 under a target that was
// adjusted is what it would be had it stood so from the first month on. What an
// earlier month was judged by is nothing to a later one.
//
// It never refuses a figure (that is check), never reads a clock, a file or
// the ledger, and never turns an unknown into a zero. All comparisons are
// exact fractions; only what a sentence prints is rounded, half up.
package assess
