// Package intake takes files and mails in: it notices them in the inbox or on
// a mail server, claims them one by one, hands their bytes over and settles
// them in the archive.
//
// The rules it keeps:
//
//   - A file is in exactly one of inbox, work, archive and quarantine, whole
//     and unchanged, at every instant and after every kill.
//   - It is claimed when it has rested: size, time and identity the same in
//     two looks, as far apart as Rest by a clock that cannot be set.
//   - It is read once; the bytes that are hashed are the bytes handed over.
//   - What it was called is written down before it is moved. A name is for
//     showing only, never a path: work goes by ids, the archive by hashes.
//   - Nothing but a regular file is ever opened for good: a pipe, a link or a
//     device is left where it lies, and said so once.
//   - A mail is spooled whole into work, as any claim, and moved on the server
//     only when the caller has committed; reading leaves no mark there.
//
// It never asks what a file holds, never judges a sender, and knows no ledger:
// the caller commits between Look and Settle.
package intake
