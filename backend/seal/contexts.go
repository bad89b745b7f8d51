package seal

// prefix starts every derivation; it changes only with the formats.
const prefix = "jiesu/v0/"

// The contexts. One purpose, one string, for ever: a text sealed or signed for
// one purpose can never be passed off as another. A new purpose is added here
// and to Contexts; a string is never reused or changed.
const (
	ContextJournalRecord = "journalfile/record" // one record of a log on disk
	ContextJournalShared = "journalfile/shared" // key of the log that is exchanged
	ContextJournalLocal  = "journalfile/local"  // key of the log that never leaves this machine
	ContextStoreFiles    = "store/files"        // Badger's own encryption key
	ContextStoreChecksum = "store/checksum"     // the checksum at the end of every value
	ContextStoreSeal     = "store/clean-close"  // what the folder looked like when it was closed
	ContextBlobChunk     = "blobfile/chunk"     // one chunk of an encrypted file
	ContextVaultKey      = "vault/data-key"     // the data key in an officer's slot
	ContextVaultOfficer  = "vault/officer-keys" // an officer's private keys in the slot
	ContextVaultRecovery = "vault/recovery"     // the data key under the recovery code
	ContextVaultReplica  = "vault/replica-keys" // this machine's private keys
	ContextVaultCheck    = "vault/whole-file"   // the keyed check over vault.json
	ContextEntryAct      = "entry/act"          // an act under its case key
	ContextEntryIdentity = "entry/identity"     // protected identity under case key and identity key
	ContextEntryOffice   = "entry/office"       // an office act under the space's epoch key
	ContextKeyGrant      = "entry/key-grant"    // a case key under the space's epoch key
	ContextSegment       = "share/segment"      // a published segment
	ContextShareState    = "share/state"        // what a replica says it holds
	ContextAdmission     = "share/admission"    // an answer to a join request
	ContextMarker        = "share/marker"       // the marker file of a shared folder
	ContextInvitation    = "share/invitation"   // what a join request proves
	ContextJoinRequest   = "share/join-request" // a newcomer's request
	ContextBackup        = "backup/file"        // a backup
	ContextLocalSecret   = "local/secret"       // mail passwords and the like
	ContextLocalRecord   = "local/record"       // drafts and the mail ledger
	ContextLocalOwn      = "local/own"          // what one officer keeps for himself
	ContextSearchTerm    = "local/search-term"  // keyed hashes of search keys
	ContextSignEntry     = "entry"              // signature of an entry
	ContextSignSegment   = "segment"            // signature of a segment
	ContextSignJoin      = "join"               // signature of a join request
	ContextSignMember    = "membership"         // signature of an admission
)

// Contexts lists every context; a test proves that no two are alike.
var Contexts = [...]string{
	ContextJournalRecord, ContextJournalShared, ContextJournalLocal,
	ContextStoreFiles, ContextStoreChecksum, ContextStoreSeal,
	ContextBlobChunk,
	ContextVaultKey, ContextVaultOfficer, ContextVaultRecovery, ContextVaultReplica, ContextVaultCheck,
	ContextEntryAct, ContextEntryIdentity, ContextEntryOffice, ContextKeyGrant,
	ContextSegment, ContextShareState, ContextAdmission, ContextMarker, ContextInvitation, ContextJoinRequest,
	ContextBackup, ContextLocalSecret, ContextLocalRecord, ContextLocalOwn, ContextSearchTerm,
	ContextSignEntry, ContextSignSegment, ContextSignJoin, ContextSignMember,
}
