// Package seal is the cryptography of the desk: authenticated encryption,
// key derivation, key ids, keyed hashes and wrapping keys for a recipient.
//
// It is not a key store (that is package vault), keeps no state, and knows
// nothing of files or complaints. It is the only importer of filippo.io/age.
//
// # Formats (v0)
//
// All constructions start from a random 32-byte Key and a context string from
// the table in contexts.go. "info(x)" is the ASCII string "jiesu/v0/" + x.
//
//	Derive(k, x)      = HKDF-SHA256(secret k, no salt, info(x), 32 bytes)
//	Combine(a, b, x)  = HKDF-SHA256(secret a‖b, no salt, info("combine/"+x), 32 bytes)
//	ID(k)             = hex of the first 8 bytes of Derive(k, "key-id")
//	MAC(k, x, data)   = HMAC-SHA256(Derive(k, "mac/"+x), data), 32 bytes
//	Seal(k, x, p, ad) = nonce(24, random) ‖ XChaCha20-Poly1305(Derive(k, x), nonce, p, ad)
//	SignedBytes(x, m) = info("sign/"+x) ‖ 0x00 ‖ m, the message given to Ed25519
//	WrapFor           = a binary age v1 file with one X25519 stanza per recipient
//
// A sealed text is 40 bytes longer than its plaintext. Random 24-byte nonces
// make it safe to seal any number of texts under one key. Vectors are in
// testdata; what is sealed today can be opened for ever.
package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"golang.org/x/crypto/chacha20poly1305"

	"jiesu/backend/fault"
)

// KeySize is the length of every symmetric key.
const KeySize = 32

// Overhead is what Seal adds to a plaintext: nonce and tag.
const Overhead = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// ErrBroken says that sealed bytes do not open: wrong key, wrong context or
// altered bytes. Which of them cannot be known.
var ErrBroken = fault.New(fault.Damaged, "seal-broken",
	"加密内容无法解开：内容已损坏，或钥匙不对", "请运行数据检查；如仍无法解开，请从备份或其他网点恢复")

// Key is a symmetric key. It never prints itself.
type Key [KeySize]byte

// New makes a random key.
func New() Key {
	var k Key
	rand.Read(k[:]) // crypto/rand.Read never fails (Go 1.24)
	return k
}

// KeyFrom makes a key of exactly KeySize bytes.
func KeyFrom(b []byte) (Key, error) {
	var k Key
	if len(b) != KeySize {
		return k, ErrBroken
	}
	copy(k[:], b)
	return k, nil
}

// String hides the key from logs and error texts.
func (Key) String() string { return "seal.Key" }

// GoString hides the key from %#v.
func (Key) GoString() string { return "seal.Key" }

// IsZero reports whether the key was never set or has been wiped.
func (k Key) IsZero() bool { return k == Key{} }

// Wipe overwrites the key.
func (k *Key) Wipe() { Wipe(k[:]) }

// Wipe overwrites bytes that held a secret.
func Wipe(b []byte) { clear(b) }

// Derive makes an independent key for one purpose.
func Derive(key Key, info string) Key {
	return expand(key[:], info)
}

// Combine makes a key that needs both a and b: destroying either destroys it.
func Combine(a, b Key, info string) Key {
	both := make([]byte, 0, 2*KeySize)
	both = append(append(both, a[:]...), b[:]...)
	defer Wipe(both)
	return expand(both, "combine/"+info)
}

func expand(secret []byte, info string) Key {
	out, err := hkdf.Key(sha256.New, secret, nil, prefix+info, KeySize)
	if err != nil {
		panic("seal: hkdf: " + err.Error()) // only for a length over 8160 bytes
	}
	defer Wipe(out)
	return Key(out)
}

// ID names a key without revealing anything of it.
func ID(key Key) string {
	k := Derive(key, "key-id")
	return hex.EncodeToString(k[:8])
}

// MAC is a keyed hash of data for one context.
func MAC(key Key, context string, data []byte) []byte {
	k := Derive(key, "mac/"+context)
	h := hmac.New(sha256.New, k[:])
	h.Write(data)
	return h.Sum(nil)
}

// CheckMAC compares in constant time.
func CheckMAC(key Key, context string, data, mac []byte) bool {
	return hmac.Equal(MAC(key, context, data), mac)
}

// SignedBytes is the message to sign with, or verify against, an Ed25519 key.
func SignedBytes(context string, message []byte) []byte {
	out := make([]byte, 0, len(prefix)+5+len(context)+1+len(message))
	out = append(out, prefix+"sign/"+context...)
	out = append(out, 0)
	return append(out, message...)
}

// Seal encrypts plaintext and binds it to ad, which is not stored.
func Seal(key Key, context string, plaintext, ad []byte) []byte {
	return NewBox(key, context).Seal(plaintext, ad)
}

// Open undoes Seal; any other key, context, ad or byte gives ErrBroken.
func Open(key Key, context string, sealed, ad []byte) ([]byte, error) {
	return NewBox(key, context).Open(sealed, ad)
}

// Box is a key bound to one context, for sealing many texts: it does the key
// derivation once. It is safe for concurrent use.
type Box struct{ subkey Key }

// NewBox derives the subkey of context.
func NewBox(key Key, context string) Box { return Box{Derive(key, context)} }

// Seal is Seal with the box's key and context.
func (b Box) Seal(plaintext, ad []byte) []byte {
	return b.sealWithNonce(rand.Reader, plaintext, ad)
}

// sealWithNonce takes the nonce's source, so that vectors can be fixed.
func (b Box) sealWithNonce(source io.Reader, plaintext, ad []byte) []byte {
	out := make([]byte, chacha20poly1305.NonceSizeX, len(plaintext)+Overhead)
	if _, err := io.ReadFull(source, out); err != nil {
		panic("seal: no random bytes: " + err.Error())
	}
	aead, _ := chacha20poly1305.NewX(b.subkey[:]) // fails only for a wrong key length
	return aead.Seal(out, out, plaintext, ad)
}

// Open is Open with the box's key and context.
func (b Box) Open(sealed, ad []byte) ([]byte, error) {
	if len(sealed) < Overhead {
		return nil, ErrBroken
	}
	aead, _ := chacha20poly1305.NewX(b.subkey[:])
	nonce, text := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	out, err := aead.Open(nil, nonce, text, ad)
	if err != nil {
		return nil, ErrBroken
	}
	return out, nil
}
