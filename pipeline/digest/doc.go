// Package digest turns a month's assessments into what the paper says: blocks
// for the PDF and sheets for the workbook, section by section (sections.go is
// the list; each section is one file).
//
// It never sets type, never writes a file and never reads the ledger by
// itself: it is handed a Report and returns a Paper and a Book.
package digest
