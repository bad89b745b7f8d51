package casebook

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"jiesu/backend/blobfile"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/seal"
	"jiesu/backend/store"
)

// SmallBlob is up to where files are exchanged without being asked for.
const SmallBlob = 8 << 20

const (
	blobOffer   = 'o'
	blobWant    = 'w'
	blobSettled = 's' // came from the shared folder
	blobSent    = 'p' // lies there in the own folder
)

// PutBlob encrypts and keeps a file; it is on disk when this returns.
func (b *Book) PutBlob(ctx context.Context, r io.Reader, limit int64) (complaint.BlobRef, error) {
	ref, err := b.blobs.Put(ctx, r, limit)
	return complaint.BlobRef{Hash: ref.Hash, Key: append([]byte(nil), ref.Key[:]...), Size: ref.Size}, err
}

// OpenBlob opens a file; a fault of kind Retry when it has not arrived yet.
func (b *Book) OpenBlob(ref complaint.BlobRef) (io.ReadCloser, error) {
	k, err := seal.KeyFrom(ref.Key)
	if err != nil {
		return nil, err
	}
	if !b.blobs.Has(ref.Hash) {
		return nil, fault.New(fault.Retry, "blob-not-here", "附件未到", "登记它的网点同步之后就能打开")
	}
	return b.blobs.Open(blobfile.Ref{Hash: ref.Hash, Key: k, Size: ref.Size})
}

// HasBlob reports whether a file is here.
func (b *Book) HasBlob(hash string) bool { return b.blobs != nil && b.blobs.Has(hash) }

// noteBlobs notes which files an act speaks of: own ones go out, others' are
// wanted unless they are large.
func (b *Book) noteBlobs(t *store.Txn, replica string, kind byte, act []byte) error {
	own := replica == b.replica.Public().KeyID()
	for _, ref := range blobsOf(kind, act) {
		if len(ref.Hash) != 64 || ref.Size > SmallBlob && !own {
			continue
		}
		k := key(prefixBlob, hexBytes(ref.Hash))
		if _, known, err := t.Get(k); err != nil || known {
			if err != nil {
				return err
			}
			continue
		}
		state := byte(blobWant)
		if own || b.blobs.Has(ref.Hash) {
			state = blobOffer
		}
		if err := t.Set(k, []byte{state}); err != nil {
			return err
		}
	}
	return nil
}

func blobsOf(kind byte, act []byte) (refs []complaint.BlobRef) {
	if !bytes.Contains(act, []byte(`"blob"`)) {
		return nil
	}
	if kind == kindMessage {
		if a, err := inbox.Decode(act); err == nil && a.Received != nil {
			refs = append(refs, complaint.BlobRef(a.Received.Blob))
		}
		return refs
	}
	a, err := complaint.Decode(act, nil)
	if err != nil {
		return nil
	}
	for _, effect := range a.Effects {
		switch ef := effect.(type) {
		case *complaint.LetterIssued:
			refs = append(refs, ef.Blob)
		case *complaint.Add:
			if ref, ok := RowBlob(ef.Row); ok {
				refs = append(refs, ref)
			}
		}
	}
	return refs
}

// RowBlob is the file a row of a case refers to.
func RowBlob(row map[string]any) (complaint.BlobRef, bool) {
	raw, err := json.Marshal(row["blob"])
	if err != nil {
		return complaint.BlobRef{}, false
	}
	var ref complaint.BlobRef
	if json.Unmarshal(raw, &ref) != nil || ref.Hash == "" {
		return complaint.BlobRef{}, false
	}
	return ref, true
}
