package journal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Limits of an entry from outside.
const (
	MaxEntry  = 8 << 20  // bytes of a whole entry
	MaxHeader = 64 << 10 // bytes of a header
	MaxParts  = 8
	MaxStream = 16 // streams of one entry
	MaxHeads  = 256
)

const (
	magic          = "JSE0"
	officerContext = "jiesu/v0/entry/officer\x00"
	replicaContext = "jiesu/v0/entry/replica\x00"
	sigSize        = ed25519.SignatureSize
)

// Reasons an entry is not taken. Each is wrapped with what exactly was wrong.
var (
	ErrFormat    = errors.New("journal: not an entry of a known format")
	ErrLimit     = errors.New("journal: entry exceeds a limit")
	ErrHash      = errors.New("journal: part does not match its sum")
	ErrSignature = errors.New("journal: signature is wrong")
)

// ID names an entry: the SHA-256 of its bytes in hex.
type ID string

// Short is the beginning of the id, for people.
func (id ID) Short() string {
	if len(id) < 12 {
		return string(id)
	}
	return string(id[:12])
}

// valid: an id is compared as a string, so only its one spelling is taken.
func (id ID) valid() bool { return lowerHex(string(id), 2*sha256.Size) }

func lowerHex(s string, length int) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == length
}

// PublicKey is an Ed25519 public key, in JSON base64 (raw, URL alphabet).
type PublicKey []byte

// MarshalText writes the key in base64.
func (k PublicKey) MarshalText() ([]byte, error) {
	return []byte(base64.RawURLEncoding.EncodeToString(k)), nil
}

// UnmarshalText reads the key and checks its size.
func (k *PublicKey) UnmarshalText(text []byte) error {
	raw, err := base64.RawURLEncoding.DecodeString(string(text))
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return fmt.Errorf("%w: public key", ErrFormat)
	}
	*k = raw
	return nil
}

// KeyID is a short stable name of the key: the first 16 bytes of its SHA-256
// in hex. It names replicas and officers' keys in files and in memory.
func (k PublicKey) KeyID() string {
	sum := sha256.Sum256(k)
	return hex.EncodeToString(sum[:16])
}

// Stream is one history the entry belongs to, and the heads of it the author saw.
type Stream struct {
	ID    string `json:"id"`
	Heads []ID   `json:"heads,omitempty"`
}

// Part describes one sealed part.
type Part struct {
	Of       int    `json:"of"`                 // which of the entry's streams it belongs to
	Identity bool   `json:"identity,omitempty"` // protected identity, under a second key
	Key      string `json:"key"`                // id of the key it is sealed under
	Size     int    `json:"size"`               // bytes of ciphertext
	Hash     string `json:"hash"`               // SHA-256 of the ciphertext, hex
}

// Origin names the entry a new replica key continues after a fork or restore.
type Origin struct {
	Replica string `json:"replica"`
	Seq     uint64 `json:"seq"`
	ID      ID     `json:"id"`
}

// Header is what stands in clear.
type Header struct {
	Format  int       `json:"format"`
	Replica PublicKey `json:"replica"`
	Seq     uint64    `json:"seq"`
	Prev    ID        `json:"prev,omitempty"`
	From    *Origin   `json:"from,omitempty"`
	Clock   Stamp     `json:"clock"`
	By      PublicKey `json:"by"`
	Streams []Stream  `json:"streams"`
	Saw     []ID      `json:"saw,omitempty"` // heads of the office stream the author knew: what his authority is judged by
	Must    bool      `json:"must,omitempty"`
	Parts   []Part    `json:"parts"`
}

// Entry is a parsed and verified entry.
type Entry struct {
	Header
	ID    ID
	Bytes []byte // as the author wrote them
	Parts [][]byte
}

// ReplicaID is the short name of the replica that wrote the entry.
func (e *Entry) ReplicaID() string { return e.Replica.KeyID() }

// Signer signs for one key.
type Signer interface {
	Public() PublicKey
	Sign(message []byte) ([]byte, error)
}

// Draft is what an author wants to write.
type Draft struct {
	Seq     uint64
	Prev    ID
	From    *Origin
	Clock   Stamp
	Streams []Stream
	Saw     []ID
	Must    bool
	Parts   []SealedPart
}

// SealedPart is ciphertext, the id of its key and what it belongs to.
type SealedPart struct {
	Of       int
	Identity bool
	Key      string
	Bytes    []byte
}

// Write encodes and signs a draft. The caller has sealed the parts.
func Write(d Draft, officer, replica Signer) (*Entry, error) {
	h := Header{Replica: replica.Public(), Seq: d.Seq, Prev: d.Prev, From: d.From, Clock: d.Clock,
		By: officer.Public(), Streams: d.Streams, Saw: d.Saw, Must: d.Must, Parts: []Part{}}
	var body []byte
	for _, p := range d.Parts {
		sum := sha256.Sum256(p.Bytes)
		h.Parts = append(h.Parts, Part{Of: p.Of, Identity: p.Identity, Key: p.Key, Size: len(p.Bytes), Hash: hex.EncodeToString(sum[:])})
		body = append(body, p.Bytes...)
	}
	head, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("journal: encode header: %w", err)
	}
	out := append([]byte(magic), binary.BigEndian.AppendUint32(nil, uint32(len(head)))...)
	out = append(append(out, head...), body...)
	for _, s := range []struct {
		signer  Signer
		context string
	}{{officer, officerContext}, {replica, replicaContext}} {
		sig, err := s.signer.Sign(signed(s.context, out))
		if err != nil {
			return nil, fmt.Errorf("journal: sign: %w", err)
		}
		out = append(out, sig...)
	}
	return Parse(out)
}

// PartAD is the associated data a part must be sealed with, so that it cannot
// be moved into another entry or place.
func PartAD(replica PublicKey, seq uint64, part int) []byte {
	ad := append([]byte("jiesu/v0/part\x00"), replica...)
	ad = binary.BigEndian.AppendUint64(ad, seq)
	return binary.BigEndian.AppendUint32(ad, uint32(part))
}

func signed(context string, content []byte) []byte {
	sum := sha256.Sum256(content)
	return append([]byte(context), sum[:]...)
}

// Parse reads an entry and checks everything that can be checked without
// knowing anything else: limits, sums and both signatures. The bytes are kept.
func Parse(b []byte) (*Entry, error) {
	e, err := Reread(b)
	if err != nil {
		return nil, err
	}
	end := len(b) - 2*sigSize
	if !ed25519.Verify(ed25519.PublicKey(e.By), signed(officerContext, b[:end]), b[end:end+sigSize]) {
		return nil, fmt.Errorf("%w: officer", ErrSignature)
	}
	if !ed25519.Verify(ed25519.PublicKey(e.Replica), signed(replicaContext, b[:end+sigSize]), b[end+sigSize:]) {
		return nil, fmt.Errorf("%w: replica", ErrSignature)
	}
	return e, nil
}

// Reread is Parse without the signatures: for entries that were verified
// before they were written to a journal whose records prove themselves.
func Reread(b []byte) (*Entry, error) {
	if len(b) > MaxEntry {
		return nil, fmt.Errorf("%w: %d bytes", ErrLimit, len(b))
	}
	if len(b) < len(magic)+4+2*sigSize || string(b[:4]) != magic {
		return nil, fmt.Errorf("%w: no magic", ErrFormat)
	}
	claimed, end := binary.BigEndian.Uint32(b[4:8]), len(b)-2*sigSize
	if claimed > MaxHeader || 8+int(claimed) > end {
		return nil, fmt.Errorf("%w: header of %d bytes", ErrLimit, claimed)
	}
	n := int(claimed)
	e := &Entry{Bytes: b}
	if !utf8.Valid(b[8 : 8+n]) {
		return nil, fmt.Errorf("%w: header is not UTF-8", ErrFormat)
	}
	if err := json.Unmarshal(b[8:8+n], &e.Header); err != nil {
		return nil, fmt.Errorf("%w: header: %v", ErrFormat, err)
	}
	if err := e.checkHeader(); err != nil {
		return nil, err
	}
	if err := e.cutParts(b[8+n : end]); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	e.ID = ID(hex.EncodeToString(sum[:]))
	return e, nil
}

func (e *Entry) checkHeader() error {
	h := e.Header
	switch {
	case h.Format != 0:
		return fmt.Errorf("%w: format %d", ErrFormat, h.Format)
	case len(h.Replica) != ed25519.PublicKeySize || len(h.By) != ed25519.PublicKeySize:
		return fmt.Errorf("%w: key missing", ErrFormat)
	case h.Seq == 0 || (h.Seq == 1) != (h.Prev == "") || h.Prev != "" && !h.Prev.valid():
		return fmt.Errorf("%w: number %d with previous %q", ErrFormat, h.Seq, h.Prev.Short())
	case h.From != nil && (h.Seq != 1 || h.From.Seq == 0 || !h.From.ID.valid() || !lowerHex(h.From.Replica, 32)):
		return fmt.Errorf("%w: origin", ErrFormat)
	case len(h.Streams) == 0 || len(h.Streams) > MaxStream || len(h.Parts) == 0 || len(h.Parts) > MaxParts:
		return fmt.Errorf("%w: %d streams, %d parts", ErrLimit, len(h.Streams), len(h.Parts))
	case !validStream(h.Streams), !validHeads(h.Saw):
		return fmt.Errorf("%w: stream", ErrFormat)
	}
	return nil
}

func validStream(streams []Stream) bool {
	seen := map[string]bool{}
	for _, s := range streams {
		if s.ID == "" || len(s.ID) > 80 || seen[s.ID] || !validHeads(s.Heads) {
			return false
		}
		seen[s.ID] = true
	}
	return true
}

func validHeads(heads []ID) bool {
	for _, h := range heads {
		if !h.valid() {
			return false
		}
	}
	return len(heads) <= MaxHeads
}

func (e *Entry) cutParts(body []byte) error {
	for i, p := range e.Header.Parts {
		if p.Size < 0 || p.Size > len(body) || p.Of < 0 || p.Of >= len(e.Streams) {
			return fmt.Errorf("%w: part %d of %d bytes for stream %d", ErrLimit, i, p.Size, p.Of)
		}
		part := body[:p.Size]
		sum := sha256.Sum256(part)
		if p.Hash != hex.EncodeToString(sum[:]) {
			return fmt.Errorf("%w: part %d", ErrHash, i)
		}
		e.Parts = append(e.Parts, part)
		body = body[p.Size:]
	}
	if len(body) != 0 {
		return fmt.Errorf("%w: %d bytes too many", ErrFormat, len(body))
	}
	return nil
}

// Heads gives what the author had seen of a stream, and whether the entry
// belongs to it.
func (e *Entry) Heads(stream string) ([]ID, bool) {
	for _, s := range e.Streams {
		if s.ID == stream {
			return s.Heads, true
		}
	}
	return nil, false
}
