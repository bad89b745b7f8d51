package sharedfolder

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

const (
	maxJoin      = 256 << 10
	maxAdmission = 8 << 20
	joinsReplica = 4 // requests read of one replica
)

// joinFile is a newcomer's request: who asks under which invitation, signed by
// the new replica key; the rest is sealed with the invitation's secret.
type joinFile struct {
	Format     int               `json:"format"`
	Space      string            `json:"space"`
	Invitation string            `json:"invitation"`
	Replica    journal.PublicKey `json:"replica"`
	Sealed     []byte            `json:"sealed"`
	Signature  []byte            `json:"signature"`
}

// joinContent is what stands sealed in it.
type joinContent struct {
	At      time.Time `json:"at"`
	Payload []byte    `json:"payload"`
}

func (j joinFile) ad() []byte {
	return fmt.Appendf(nil, "jiesu/v0/join\x00%s\x00%s\x00%s", j.Space, j.Invitation, j.Replica.KeyID())
}

func (j joinFile) signed() []byte {
	return seal.SignedBytes(seal.ContextSignJoin, append(j.ad(), j.Sealed...))
}

// Request is a request to join, as an administrator sees it.
type Request struct {
	Replica    string
	Key        journal.PublicKey
	Invitation string
	At         time.Time // by the newcomer's clock
	Payload    []byte
	Valid      bool
	Why        string // if not valid, in words
}

// Issued is an invitation an administrator remembers, with how often it led to
// an admission.
type Issued struct {
	Invitation
	Used int
}

// WriteJoinRequest asks to be admitted. self is the new replica key; payload
// (office, officer, public keys) is sealed with the invitation's secret.
func (f *Folder) WriteJoinRequest(ctx context.Context, v Invitation, self journal.Signer, payload []byte) error {
	if !v.valid() || !v.Matches(f.o.Space) || self.Public().KeyID() != f.o.Self {
		return errInvitation
	}
	now := f.o.Now()
	if now.After(v.Expires) {
		return errExpired
	}
	content, err := json.Marshal(joinContent{At: now.UTC().Truncate(time.Second), Payload: payload})
	if err != nil {
		return err
	}
	j := joinFile{Space: v.Space, Invitation: v.ID, Replica: self.Public()}
	j.Sealed = seal.Seal(v.key(), seal.ContextJoinRequest, content, j.ad())
	if j.Signature, err = self.Sign(j.signed()); err != nil {
		return err
	}
	data, err := json.Marshal(j)
	if err != nil {
		return err
	}
	return f.withNames(ctx, func(r *round) error {
		dir, err := r.ownDirs(ctx)
		if err == nil {
			err = r.w.write(ctx, dir, sumOf(data)+".join", data)
		}
		for _, old := range r.view.joins[r.o.Self] {
			if err == nil && old != sumOf(data)+".join" {
				r.p.remove(ctx, dir+"/"+old)
			}
		}
		return writeFault(err)
	})
}

// JoinRequests reads the requests in the folder. issued finds an invitation by
// id; members are left out. Whatever is wrong with a request is said in words.
func (f *Folder) JoinRequests(ctx context.Context, issued func(id string) (Issued, bool), member func(replica string) bool) ([]Request, error) {
	var out []Request
	err := f.withNames(ctx, func(r *round) error {
		for _, replica := range r.view.replicas {
			if member(replica) {
				continue
			}
			names := r.view.joins[replica]
			sort.Strings(names)
			for _, name := range names[:min(len(names), joinsReplica)] {
				path := replicaBase + "/" + replica + "/" + name
				data, err := r.p.read(ctx, path, maxJoin)
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err != nil || joinName.FindStringSubmatch(name)[1] != sumOf(data) {
					continue // still being copied; asked again next time
				}
				out = append(out, r.judge(replica, data, issued))
			}
		}
		return nil
	})
	refuseOverused(out, issued)
	return out, err
}

func (r *round) judge(replica string, data []byte, issued func(string) (Issued, bool)) Request {
	q := Request{Replica: replica}
	refuse := func(why string) Request { q.Why = why; return q }
	var j joinFile
	if err := json.Unmarshal(data, &j); err != nil || len(j.Replica) != ed25519.PublicKeySize {
		return refuse("申请读不懂，可能由其他版本写出")
	}
	q.Key, q.Invitation = j.Replica, j.Invitation
	v, known := issued(j.Invitation)
	switch {
	case j.Format != 0:
		return refuse("由更新版本的接诉写出，需要升级本机")
	case j.Space != r.o.Space.ID:
		return refuse("申请的是另一个共享空间")
	case j.Replica.KeyID() != replica:
		return refuse("申请不在申请人自己的文件夹里，可能是抄来的")
	case !known:
		return refuse("没有发出过这份邀请")
	}
	content, err := seal.Open(v.key(), seal.ContextJoinRequest, j.Sealed, j.ad())
	if err != nil {
		return refuse("校验不对：申请人没有这份邀请，或申请被改动过")
	}
	if !ed25519.Verify(ed25519.PublicKey(j.Replica), j.signed(), j.Signature) {
		return refuse("签名不对，可能是冒名的申请")
	}
	var c joinContent
	if err := json.Unmarshal(content, &c); err != nil {
		return refuse("申请读不懂，可能由其他版本写出")
	}
	q.At, q.Payload = c.At, c.Payload
	if r.now.After(v.Expires) {
		return refuse("邀请已过期，请重新发出邀请")
	}
	q.Valid = true
	return q
}

// refuseOverused: when more ask than an invitation admits, nobody can know who
// was meant, so a person decides.
func refuseOverused(requests []Request, issued func(string) (Issued, bool)) {
	asking := map[string]map[string]bool{}
	for _, q := range requests {
		if q.Valid {
			if asking[q.Invitation] == nil {
				asking[q.Invitation] = map[string]bool{}
			}
			asking[q.Invitation][q.Replica] = true
		}
	}
	for i := range requests {
		q := &requests[i]
		v, _ := issued(q.Invitation)
		switch {
		case !q.Valid:
		case v.Used >= v.Uses:
			q.Valid, q.Why = false, "这份邀请的次数已用完，可能被别人再次使用，请核对"
		case v.Used+len(asking[q.Invitation]) > v.Uses:
			q.Valid, q.Why = false, "同一份邀请有多台电脑在用，超过了次数，请当面核对后再接纳"
		}
	}
}

// admissionFile is an administrator's answer. The proof, keyed by the
// invitation's secret, keeps the folder's owner from answering with keys of
// his own.
type admissionFile struct {
	Format     int    `json:"format"`
	Space      string `json:"space"`
	Invitation string `json:"invitation"`
	Newcomer   string `json:"newcomer"`
	Wrapped    []byte `json:"wrapped"`
	Proof      []byte `json:"proof"`
}

func (a admissionFile) proven(admin string) []byte {
	head := fmt.Appendf(nil, "%s\x00%s\x00%s\x00%s\x00", a.Space, a.Invitation, admin, a.Newcomer)
	return append(head, a.Wrapped...)
}

// Admission is an answer: who admits, and the wrapped key ring.
type Admission struct {
	From    string
	Wrapped []byte
}

// WriteAdmission answers a request. wrapped is the key ring, encrypted to the
// newcomer; it is opaque here.
func (f *Folder) WriteAdmission(ctx context.Context, v Invitation, newcomer string, wrapped []byte) error {
	a := admissionFile{Space: f.o.Space.ID, Invitation: v.ID, Newcomer: newcomer, Wrapped: wrapped}
	if !v.valid() || !v.Matches(f.o.Space) || !replicaName.MatchString(newcomer) {
		return errInvitation
	}
	a.Proof = seal.MAC(v.key(), seal.ContextAdmission, a.proven(f.o.Self))
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return f.withNames(ctx, func(r *round) error {
		dir, err := r.ownDirs(ctx, admitDir)
		if err == nil {
			err = r.w.write(ctx, dir, newcomer+"-"+sumOf(data)+".adm", data)
		}
		return writeFault(err)
	})
}

// Admissions reads the answers to this replica's own request; several
// administrators may have answered.
func (f *Folder) Admissions(ctx context.Context, v Invitation) ([]Admission, error) {
	var out []Admission
	err := f.withNames(ctx, func(r *round) error {
		for _, admin := range r.view.replicas {
			for _, name := range r.view.admits[admin] {
				m := admitName.FindStringSubmatch(name)
				if m[1] != r.o.Self || admin == r.o.Self {
					continue
				}
				data, err := r.p.read(ctx, replicaBase+"/"+admin+"/"+admitDir+"/"+name, maxAdmission)
				if ctx.Err() != nil {
					return ctx.Err()
				}
				var a admissionFile
				if err != nil || sumOf(data) != m[2] || json.Unmarshal(data, &a) != nil || a.Format != 0 ||
					a.Space != r.o.Space.ID || a.Newcomer != r.o.Self || a.Invitation != v.ID ||
					!seal.CheckMAC(v.key(), seal.ContextAdmission, a.proven(admin), a.Proof) {
					continue
				}
				out = append(out, Admission{From: admin, Wrapped: a.Wrapped})
			}
		}
		return nil
	})
	return out, err
}
