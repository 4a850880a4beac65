// Package backup puts files into one zip with a manifest, and takes them out
// again.
//
// The rules it keeps:
//
//   - The manifest names every member with its size and SHA-256, as read while
//     it was written; nothing is taken out that does not read back so.
//   - Members stand in the order of their names and are streamed: none is held
//     in memory.
//   - Names are relative, with forward slashes; on Windows a name that it
//     cannot have is changed when it is taken out.
//   - What could not be put in is named in the manifest, never passed over.
//
// It never decides what belongs into a backup and never looks into a member.
package backup
