// Package casebook is the data folder: it joins journal files, database, blobs
// and keys into one book of cases in which nothing acknowledged is lost.
//
// It decides nothing (complaint, office) and shows nothing (desk).
//
// # Folder
//
//	lock           held while a program has the folder open
//	vault.json     keys (package vault)
//	journal/       own and received entries, sealed and chained (journalfile)
//	local/         drafts, mail ledger, accounts, settings: never exchanged
//	db/            Badger: everything read from; rebuilt from the two logs
//	blobs/         attachments, originals, issued letters (blobfile)
//
// # Saving
//
// A command becomes one entry: sealed, signed, appended to journal/ and synced
// to disk. Then one database transaction applies it and notes how far the log
// is applied. If the program dies between the two, the next start applies the
// tail. Whatever is wrong with db/, it is set aside and rebuilt from the logs.
//
// # Database keys
//
//	0x10 replica(16) number(8) id(32)   position of the entry in journal/
//	0x11 id(32)                         replica(16) number(8)
//	0x12 replica(16)                    last entry of its unbroken row: number(8) id(32)
//	0x14 hash(32)                       what is to be done with a blob: o offer, w want, s came, p sent
//	0x20 kind stream(16) id(32)         Item: an entry as its stream needs it; kind c, m or o
//	0x21 key id(8)                      content key
//	0x22 kind stream(16)                streamMeta: content key and document number
//	0x23 case(16)                       the case has entries that do not count (yet)
//	0x24 case(16)                       s: its complainant was said to be that of other cases, p: protected
//	0x30 case(16)                       view.Row
//	0x31 document(4)                    view columns
//	0x32 number                         ids of the cases with that number
//	0x33 message(16)                    inbox.Message
//	0x34 document(4)                    folded text for the search
//	0x40 office 0 replica 0 kind 0 year last serial given, by office and replica code
//	0x50 kind 0x00 id                   local record; of the kinds owed and counted, what the database itself notes
//
// The database is a projection: its layout may change, the logs' may not.
package casebook
