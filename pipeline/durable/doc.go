// Package durable writes and moves files so that a name is either absent or
// holds the whole of what was meant, also after a kill or a power cut.
//
// The rules it keeps:
//
//   - Bytes are written beside their place under a name that begins with
//     TempPrefix, flushed, renamed, and the folder is flushed.
//   - Only Write replaces a name that exists; WriteNew and Move never do.
//   - What Sweep finds under TempPrefix was never promised to anyone.
//
// It never reads what a file means, never retries and never logs.
package durable
