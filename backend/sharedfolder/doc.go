// Package sharedfolder publishes this replica's entries into a folder that
// several offices can reach at some time, and receives theirs from it. The
// folder may lie on SMB, NFS, WebDAV, a USB stick, or be kept by a
// synchronising program: it is slow, may be stale, torn, empty or hostile, and
// it is never trusted.
//
// It is not a database and not a synchronising program: it knows segments,
// acknowledgements, encrypted files and join requests, and nothing of cases or
// authority. What an entry means and who may write it is judged by the caller,
// who hands in the history (Source, Sink), the keys and the encrypted files.
//
// # Layout, format 0
//
//	jiesu/space.json                          the marker: names the space
//	jiesu/r/<replica>/                        only this replica writes here
//	    <bucket>/<first>-<last>-<sum>.seg     segments of its own entries
//	    relay/<author>/<bucket>/….seg         segments of others' entries
//	    <number>-<sum>.ack                    what it holds of everybody
//	    b/<aa>/<hash>                         encrypted files
//	    <sum>.join                            a newcomer's request
//	    admit/<newcomer>-<sum>.adm            an administrator's answer
//
// replica, author: key id, 32 hex digits. bucket: number>>12, 6 hex digits.
// first, last, number: 10 hex digits. sum: first 32 hex digits of the SHA-256
// of the file. Everything is lower case; any other name is left alone.
//
//	segment = "JSS0" epochLen(u8) epoch sealed
//	sealed  = Seal(epoch key, "share/segment", zstd(list), AD)
//	AD      = "jiesu/v0/segment" NUL space NUL author NUL first(u64) last(u64) epoch
//	list    = { recordLen(u32) record }, records as in package journal
//	ack     = "JSK0" epochLen(u8) epoch Seal(epoch key, "share/state", JSON, AD)
//	AD      = "jiesu/v0/state" NUL space NUL replica NUL number(u64) epoch
//
// A file is written under a temporary name, checked for size, synced, closed,
// renamed to a name nobody has, and read back later; it is written again when
// it is missing or bad. Names are immutable, so where a copy comes from proves
// nothing and needs to prove nothing.
//
// # Rules
//
// The marker must match before anything is concluded or written. A listing is
// a lower bound, absence never means deletion, modification times are never
// used. A file is believed in this order: name, sum, seal, entry (signatures),
// number, chain. What fails is left alone with a reason and tried again; it
// delays nobody else.
//
// # Promise to old data
//
// Segments of format 0 are read for ever. Entries inside are the bytes their
// authors signed.
package sharedfolder
