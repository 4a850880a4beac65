// Package ledger keeps the ledger (台账): what arrived, what each file said,
// what was found, which editions were made and what must still go out. It
// holds the only SQL of the program.
//
// The rules it keeps:
//
//   - What belongs together is one transaction; an acknowledged one survives a
//     power cut (WAL, synchronous FULL).
//   - Nothing is deleted. A later figure stands before an earlier one, a later
//     reading is current instead of an earlier one, and all of them remain.
//   - Everything that must happen once has a unique key: a claim, a due
//     moment, an outgoing row, a document number. The same key again gives the
//     same answer and changes nothing.
//   - What never changes gets a link of a hash chain in the transaction that
//     writes it (chain.go), so that a change behind the program's back is found.
//   - Unknown is NULL and never zero; decimals are text and never floats.
//   - The marker beside the database (Marker) tells an emptied, exchanged or
//     rolled-back database from a new one.
//
// It never judges a figure, never reads a workbook, never writes a receipt and
// never sends anything; the clock is the caller's.
package ledger
