// Package journal is the history every replica keeps: signed entries in one
// chain per replica, naming the streams they belong to and what they had seen.
//
// It knows nothing of complaints, of keys or of files: the parts of an entry
// are sealed bytes to it. Who may act is judged by package office, what an act
// means by package complaint, how it is kept by package casebook.
//
// # Entry, format 0
//
//	entry     = "JSE0" headerLen(u32, big endian) header part* officerSig(64) replicaSig(64)
//	header    = JSON object, UTF-8, at most 64 KiB, keys as in Header
//	part      = sealed bytes; sizes and SHA-256 sums stand in the header, in order,
//	            and to which of the entry's streams each belongs ("of")
//	officerSig = Ed25519 by header.by      over "jiesu/v0/entry/officer\x00" + SHA-256(everything before officerSig)
//	replicaSig = Ed25519 by header.replica over "jiesu/v0/entry/replica\x00" + SHA-256(everything before replicaSig)
//	id        = SHA-256 of the whole entry, written as 64 lower-case hex digits
//
// Background work (admission, acknowledgement) is signed by the replica in
// both places. Nobody ever re-encodes an entry: it is stored, relayed and
// hashed as the bytes its author wrote. The header holds no type, no name and
// no plaintext hash.
//
// # Chain
//
// A replica numbers its entries 1, 2, 3 … and names the id of the previous one.
// The first entry of a replica key has no previous one; after a fork or a
// restore it names in "from" the last entry of the old key it continues.
//
// # Order
//
// An entry names, for each of its streams, the heads its author saw. Within a
// stream an entry comes after everything it has seen; among entries that are
// free to come next the one with the smaller (clock, replica, number) comes
// first. Two replicas that hold the same entries order them alike.
//
// # Promise to old data
//
// Format 0 is read for ever. A field that a reader does not know is kept,
// because the bytes are kept; an entry whose "must" is true and whose act type
// the reader does not know makes its case read-only, never unreadable.
package journal
