package sharedfolder

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/seal"
)

// Invitation lets somebody ask to join. It is carried by a person, never laid
// into the shared folder. It holds no content key: with it one can ask, and
// recognise a true answer, and nothing else.
type Invitation struct {
	Format  int             `json:"format"`
	ID      string          `json:"id"` // random, 32 hex digits
	Space   string          `json:"space"`
	Root    string          `json:"root"`   // fingerprint of the root key
	Secret  []byte          `json:"secret"` // 128 bits
	Heads   map[string]Head `json:"heads"`  // what existed when it was made: the folder may not show less
	Expires time.Time       `json:"expires"`
	Uses    int             `json:"uses"`
}

const (
	secretSize    = 16
	maxInvitation = 256 << 10
	armourBegin   = "-----BEGIN JIESU INVITATION-----"
	armourEnd     = "-----END JIESU INVITATION-----"
)

var (
	errInvitation = fault.New(fault.Refused, "invitation-unreadable",
		"这不是完整的邀请文件", "请把收到的邀请文件原样保存后再选择，不要复制粘贴其中一部分")
	errExpired = fault.New(fault.Refused, "invitation-expired",
		"邀请已过期", "请管理员重新发出邀请")
)

// NewInvitation makes an invitation to a space.
func NewInvitation(space Space, heads map[string]Head, uses int, expires time.Time) Invitation {
	secret := make([]byte, secretSize)
	rand.Read(secret) // never fails (Go 1.24)
	return Invitation{ID: randomHex(16), Space: space.ID, Root: space.Root, Secret: secret, Heads: heads,
		Expires: expires.UTC().Truncate(time.Second), Uses: uses}
}

// Encode writes the invitation as a text file.
func (v Invitation) Encode() ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(data)
	var out bytes.Buffer
	out.WriteString("接诉 加入邀请\r\n\r\n请当面转交，不要放进共享文件夹，也不要发到群里。\r\n" +
		"拿到它的人可以申请加入，由管理员接纳后才能看到内容。\r\n有效期至 " +
		v.Expires.Format("2006-01-02 15:04") + "（UTC）。\r\n\r\n" + armourBegin + "\r\n")
	for len(text) > 0 {
		n := min(64, len(text))
		out.WriteString(text[:n] + "\r\n")
		text = text[n:]
	}
	out.WriteString("=" + sumOf(data)[:8] + "\r\n" + armourEnd + "\r\n")
	return out.Bytes(), nil
}

// ParseInvitation reads the text file, whatever became of its line ends.
func ParseInvitation(file []byte) (Invitation, error) {
	if len(file) > maxInvitation {
		return Invitation{}, errInvitation
	}
	_, rest, ok := strings.Cut(string(file), armourBegin)
	body, _, ok2 := strings.Cut(rest, armourEnd)
	if !ok || !ok2 {
		return Invitation{}, errInvitation
	}
	lines := strings.Fields(body)
	if len(lines) < 2 {
		return Invitation{}, errInvitation
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(lines[:len(lines)-1], ""))
	if err != nil || lines[len(lines)-1] != "="+sumOf(data)[:8] {
		return Invitation{}, errInvitation
	}
	var v Invitation
	if err := json.Unmarshal(data, &v); err != nil {
		return Invitation{}, errInvitation.Wrap(err)
	}
	if v.Format != 0 {
		return Invitation{}, ErrNewer
	}
	if !v.valid() {
		return Invitation{}, errInvitation
	}
	return v, nil
}

func (v Invitation) valid() bool {
	return replicaName.MatchString(v.ID) && replicaName.MatchString(v.Space) && fingerprint.MatchString(v.Root) &&
		len(v.Secret) == secretSize && v.Uses > 0 && len(v.Heads) <= maxHeads
}

// Matches reports whether the folder holds the space the invitation is for.
func (v Invitation) Matches(s Space) bool { return v.Space == s.ID && v.Root == s.Root }

// key makes a key of the secret.
func (v Invitation) key() seal.Key {
	var k seal.Key
	copy(k[:], v.Secret)
	return seal.Derive(k, seal.ContextInvitation)
}

// Behind names the replicas of which less is held than existed when the
// invitation was made: the folder may have been put back to an older state.
func (v Invitation) Behind(heads map[string]Head) []string {
	var out []string
	for replica, head := range v.Heads {
		if heads[replica].Seq < head.Seq {
			out = append(out, replica)
		}
	}
	slices.Sort(out)
	return out
}
