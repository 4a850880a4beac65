// Package mail reads a message as it came: hostile bytes become who sent it,
// whether a person did, how it was authenticated, and what is attached.
//
// The rules it keeps:
//
//   - Nothing is lost in silence: what cannot be read is a part with a Fault,
//     never half of its bytes.
//   - A name is for showing only. It is decoded whatever way the sender's
//     program wrote it, and never becomes a path.
//   - Archives, forwarded messages and winmail.dat are opened, within bounds:
//     every number of parts, bytes and levels has a limit.
//   - There is a sender only where exactly one From field holds exactly one
//     address; what is written beside the address is nobody's name.
//
// It opens no connection, knows no unit and no form, and decides nothing: that
// a sender is who he says is for the caller to judge from Sender and Verdict.
package mail
