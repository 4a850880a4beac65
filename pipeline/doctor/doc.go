// Package doctor looks through a workspace for everything that can be wrong
// with it: settings, disk, ledger, archive, inbox and outbox.
//
// The rules it keeps:
//
//   - It changes nothing, so that it may be asked at any time, beside a daemon
//     too. What is moved while it looks is looked for again before it is missed.
//   - Each examination is a row of Examinations and a file of its own.
//   - A symptom says what, where and how to mend it, in one line.
//   - What could not be examined is a symptom, never passed over.
//
// It never mends: that is the caller's.
package doctor
