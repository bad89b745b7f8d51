package seal

import (
	"bytes"
	"io"

	"filippo.io/age"

	"jiesu/backend/fault"
)

// MaxWrapped limits what Unwrap reads: key rings are small.
const MaxWrapped = 4 << 20

var errRecipient = fault.New(fault.Damaged, "bad-recipient",
	"对方的公钥不是有效的公钥", "请对方重新发出加入申请")

// Identity is a private X25519 key that opens what was wrapped for its
// Recipient.
type Identity struct{ x *age.X25519Identity }

// Recipient is a public X25519 key, safe to publish.
type Recipient struct{ x *age.X25519Recipient }

// NewIdentity makes a random identity.
func NewIdentity() Identity {
	x, err := age.GenerateX25519Identity()
	if err != nil {
		panic("seal: no random bytes: " + err.Error())
	}
	return Identity{x}
}

// ParseIdentity reads the form that Secret gives.
func ParseIdentity(secret string) (Identity, error) {
	x, err := age.ParseX25519Identity(secret)
	if err != nil {
		return Identity{}, ErrBroken
	}
	return Identity{x}, nil
}

// Secret is the private key in age's text form; it must be sealed at rest.
func (i Identity) Secret() string { return i.x.String() }

// IsZero reports whether there is no key.
func (i Identity) IsZero() bool { return i.x == nil }

// Recipient is the public half.
func (i Identity) Recipient() Recipient { return Recipient{i.x.Recipient()} }

// String hides the private key.
func (Identity) String() string { return "seal.Identity" }

// GoString hides the private key.
func (Identity) GoString() string { return "seal.Identity" }

// ParseRecipient reads a public key in age's text form ("age1…").
func ParseRecipient(s string) (Recipient, error) {
	if len(s) > 128 {
		return Recipient{}, errRecipient
	}
	x, err := age.ParseX25519Recipient(s)
	if err != nil {
		return Recipient{}, errRecipient
	}
	return Recipient{x}, nil
}

// String is the public key in age's text form.
func (r Recipient) String() string {
	if r.x == nil {
		return ""
	}
	return r.x.String()
}

// WrapFor encrypts plaintext so that each of the recipients can open it. It
// does not say who wrote it: whoever needs that signs the result.
func WrapFor(recipients []Recipient, plaintext []byte) ([]byte, error) {
	if len(recipients) == 0 {
		return nil, errRecipient
	}
	to := make([]age.Recipient, len(recipients))
	for i, r := range recipients {
		if r.x == nil {
			return nil, errRecipient
		}
		to[i] = r.x
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to...)
	if err == nil {
		_, err = w.Write(plaintext)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Unwrap opens what was wrapped for the identity, or gives ErrBroken.
func Unwrap(identity Identity, wrapped []byte) ([]byte, error) {
	if identity.x == nil || len(wrapped) > MaxWrapped {
		return nil, ErrBroken
	}
	r, err := age.Decrypt(bytes.NewReader(wrapped), identity.x)
	if err != nil {
		return nil, ErrBroken.Wrap(err)
	}
	out, err := io.ReadAll(io.LimitReader(r, MaxWrapped))
	if err != nil {
		return nil, ErrBroken.Wrap(err)
	}
	return out, nil
}
