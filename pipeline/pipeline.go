// Package pipeline is the whole way of a month, stage by stage. Each stage is a
// package below this one; this package only hands things from one to the next.
//
//	plan      the plan files, proven: units, items, indicators           plan
//	issue     a form for each unit, signed, last month's figures in it   form
//	intake    a file is noticed when it rests, claimed, kept by hash;    intake, durable
//	          a mail is fetched, spooled, and moved once it is committed
//	letter    a message becomes its sender and what is attached; every   mail
//	          form inside goes the way of a file
//	read      hostile bytes become cells with addresses, or a refusal    sheet
//	judge     cells become rows, rows are checked against plan and past  form, check
//	take      files that wait are judged in turn and stored together:    ledger
//	          deliveries, figures, findings and what must go out in one
//	          transaction; then they are settled in the archive
//	answer    the sender's own sheet, marked, and a line of verdict      receipt
//	post      forms, receipts, reminders, digests to whom they are for   post
//	assess    value against target and time: the light and the sentence  assess
//	digest    the paper and the book, section by section                 digest
//	set       blocks become a PDF by GB/T 9704 and a workbook            digest/pdf, digest/xlsx
//	rerun     the month again from the kept originals, beside the old
//	trace     a figure back to its cell, with what was worked out of it
//	verify    ledger, archive, editions and papers held against each other
//	care      one moment of it all in a zip, and back; what is wrong     backup, doctor
//
// What a form, a receipt, a reminder and a paper say is in text files, which an
// office may write over (wording); wording.go is their table.
//
// The files of this package are these stages by name. daemon.go runs them by
// the clock (schedule) and by what comes in; outgoing.go carries out what the
// ledger says must go out, exactly once each, also after a kill: the ledger is
// the truth, files are its effects; sending.go makes them side by side. batch.go
// is the files of one look, known.go what they are judged against.
//
// Arrows only go down: cmd → pipeline → digest/xlsx, digest/pdf, receipt →
// digest, doctor, clerk → check, assess, ledger, intake, form, post, backup → plan, sheet,
// mail, durable, schedule, wording.
// layers_test.go is the table.
package pipeline
