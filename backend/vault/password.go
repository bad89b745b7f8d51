package vault

import (
	"crypto/rand"
	"time"

	"golang.org/x/crypto/argon2"

	"jiesu/backend/seal"
)

// Cost is how dear one try of a password is (argon2id, RFC 9106).
type Cost struct {
	Time    uint32
	Memory  uint32 // KiB
	Threads uint8
}

type kdf struct {
	Time    uint32 `json:"time"`
	Memory  uint32 `json:"memory"`
	Threads uint8  `json:"threads"`
	Salt    []byte `json:"salt"`
}

const (
	saltSize   = 16
	wantMemory = 64 << 10 // KiB, the second choice of RFC 9106
	maxMemory  = 1 << 20
	maxTime    = 64
	// targetTime leaves room below the half second for a busy machine.
	targetTime = 300 * time.Millisecond
)

// sane refuses a file that would make unlocking eat the machine.
func (k kdf) sane() bool {
	return k.Time >= 1 && k.Time <= maxTime && k.Memory >= 8 && k.Memory <= maxMemory &&
		k.Threads >= 1 && k.Threads <= 16 && len(k.Salt) == saltSize
}

func (k kdf) key(password []byte) seal.Key {
	out := argon2.IDKey(password, k.Salt, k.Time, k.Memory, k.Threads, seal.KeySize)
	defer seal.Wipe(out)
	return seal.Key(out)
}

// newKDF measures what this machine can do, unless a cost is given.
func newKDF(opts Options) kdf {
	k := kdf{Time: opts.Cost.Time, Memory: opts.Cost.Memory, Threads: opts.Cost.Threads, Salt: make([]byte, saltSize)}
	rand.Read(k.Salt)
	if k.Time > 0 {
		return k
	}
	k.Time, k.Memory, k.Threads = 1, wantMemory, 2
	start := opts.Now()
	k.key([]byte("measure"))
	once := max(opts.Now().Sub(start), time.Millisecond)
	k.Time = uint32(min(max(targetTime/once, 1), 8))
	return k
}
