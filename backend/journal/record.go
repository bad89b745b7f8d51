package journal

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
)

// KeyGrant carries a content key beside the entry that first uses it, never
// inside: destroying a case (销毁) rewrites what holds the grant and leaves
// every entry as it is.
type KeyGrant struct {
	ID  string `json:"id"`            // id of the key
	Key []byte `json:"key,omitempty"` // the key itself, where the container is sealed for everybody who may read it
	Age []byte `json:"age,omitempty"` // or the key wrapped (age) to the few who may
}

// Record is what a journal file and a segment hold: an entry and the keys
// granted with it.
//
//	record = entryLen(u32, big endian) entry grants(JSON array, may be empty)
type Record struct {
	Entry []byte
	Keys  []KeyGrant
}

// Encode writes the record; it refuses what DecodeRecord would not read.
func (r Record) Encode() ([]byte, error) {
	if len(r.Entry) > MaxEntry {
		return nil, fmt.Errorf("%w: entry of %d bytes", ErrLimit, len(r.Entry))
	}
	out := binary.BigEndian.AppendUint32(make([]byte, 0, len(r.Entry)+4), uint32(len(r.Entry)))
	out = append(out, r.Entry...)
	if len(r.Keys) == 0 {
		return out, nil
	}
	keys, err := json.Marshal(r.Keys)
	if err != nil {
		return nil, fmt.Errorf("journal: encode grants: %w", err)
	}
	if len(keys) > MaxHeader {
		return nil, fmt.Errorf("%w: grants of %d bytes", ErrLimit, len(keys))
	}
	return append(out, keys...), nil
}

// DecodeRecord reads a record; the entry is not parsed.
func DecodeRecord(b []byte) (Record, error) {
	if len(b) < 4 {
		return Record{}, fmt.Errorf("%w: record of %d bytes", ErrFormat, len(b))
	}
	n := binary.BigEndian.Uint32(b)
	if n > MaxEntry || int(n) > len(b)-4 { // the limit first: int may be 32 bits
		return Record{}, fmt.Errorf("%w: record claims %d bytes", ErrLimit, n)
	}
	r := Record{Entry: b[4 : 4+n]}
	rest := b[4+n:]
	if len(rest) == 0 {
		return r, nil
	}
	if len(rest) > MaxHeader {
		return Record{}, fmt.Errorf("%w: grants of %d bytes", ErrLimit, len(rest))
	}
	if err := json.Unmarshal(rest, &r.Keys); err != nil {
		return Record{}, fmt.Errorf("%w: grants: %v", ErrFormat, err)
	}
	return r, nil
}
