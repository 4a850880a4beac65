// Package post sends mail: one message to one recipient over a session with
// one server.
//
// The rules it keeps:
//
//   - The bytes of a message are a function of the Mail: the same again is the
//     same message, Message-ID included, so that a repeat is recognised.
//   - A message says that a program sent it (RFC 3834), so that no program
//     answers it.
//   - A name of an attachment is written so that Outlook, WPS mail and web
//     mail show it: as RFC 2047 words, and by RFC 2231 beside it.
//   - A failure is for now or for good, and is said in Chinese; a dead server
//     is never the fault of a message.
//   - A password is asked for when it is needed, kept nowhere and never said.
//
// It never decides what is sent, to whom or when to try again.
package post
