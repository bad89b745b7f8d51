package vault

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"

	"jiesu/backend/seal"
)

// The recovery code is 160 random bits and 20 bits of checksum, printed as 36
// letters of Crockford's base 32 in groups of four. The checksum is the first
// 20 bits of SHA-256("jiesu-recovery" ‖ code).
const (
	codeSize   = 20
	codeLength = 36
	alphabet   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

func printCode(code [codeSize]byte) string {
	sum := sha256.Sum256(append([]byte("jiesu-recovery"), code[:]...))
	bits := append(code[:], sum[:3]...) // 184 bits, 180 are printed
	var b strings.Builder
	for i := range codeLength {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(alphabet[fiveBits(bits, i)])
	}
	return b.String()
}

// fiveBits is the i-th group of five bits.
func fiveBits(b []byte, i int) byte {
	at := i * 5
	pair := uint16(b[at/8]) << 8
	if at/8+1 < len(b) {
		pair |= uint16(b[at/8+1])
	}
	return byte(pair>>(11-at%8)) & 31
}

// parseCode reads a code as a person types it: any case, with or without
// dashes and spaces, O for 0, I or L for 1.
func parseCode(text string) ([codeSize]byte, bool) {
	var bits [codeSize + 3]byte
	n := 0
	text = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "\t", "", "\r", "", "\n", "").
		Replace(strings.ToUpper(text))
	for _, r := range text {
		v := strings.IndexRune(alphabet, r)
		if v < 0 || n == codeLength {
			return [codeSize]byte{}, false
		}
		at := n * 5
		pair := uint16(v) << (11 - at%8)
		bits[at/8] |= byte(pair >> 8)
		bits[at/8+1] |= byte(pair)
		n++
	}
	code := [codeSize]byte(bits[:codeSize])
	want := strings.ReplaceAll(printCode(code), "-", "")
	return code, n == codeLength && want == text
}

func codeKey(code [codeSize]byte) seal.Key {
	var k seal.Key
	copy(k[:], code[:])
	return k
}

// newRecovery puts a new recovery slot into the file; the caller saves it.
func (v *Vault) newRecovery(dataKey seal.Key) string {
	var code [codeSize]byte
	rand.Read(code[:])
	v.file.Recovery = seal.Seal(codeKey(code), seal.ContextVaultRecovery, dataKey[:], []byte(format))
	return printCode(code)
}

// NewRecovery replaces the recovery code; the old sheet becomes worthless.
func (s *Session) NewRecovery() (string, error) {
	v := s.vault
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := s.unlocked(); err != nil {
		return "", err
	}
	old := v.file
	code := v.newRecovery(s.dataKey)
	if err := v.save(s.dataKey, v.file); err != nil {
		v.file = old
		return "", err
	}
	return code, nil
}

// Recover opens the data with the recovery code and gives an officer a new
// password and new keys: a new officer, or one who forgot the password. What
// was wrapped for the old keys (protected identity) must be granted anew.
func (v *Vault) Recover(code, officer string, password []byte) (*Session, error) {
	defer seal.Wipe(password)
	v.mu.Lock()
	defer v.mu.Unlock()
	secret, ok := parseCode(code)
	if !ok {
		return nil, errCode
	}
	v.slowDown()
	raw, err := seal.Open(codeKey(secret), seal.ContextVaultRecovery, v.file.Recovery, []byte(format))
	if err != nil {
		v.failures++
		return nil, errCode.Wrap(err)
	}
	dataKey, err := seal.KeyFrom(raw)
	if err != nil || !v.whole(dataKey) {
		return nil, errFile
	}
	old := v.file
	v.file = v.snapshot()
	if i := v.find(officer); i >= 0 {
		v.file.Officers = append(v.file.Officers[:i], v.file.Officers[i+1:]...)
	}
	s, err := v.addSlot(officer, password, dataKey)
	if err == nil {
		err = v.save(dataKey, v.file)
	}
	if err != nil {
		v.file = old
		return nil, err
	}
	v.failures = 0
	return s, nil
}
