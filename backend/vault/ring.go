package vault

import (
	"sync"

	"jiesu/backend/seal"
)

// Ring holds keys in memory by their id: the space's epoch keys, the case keys
// in use and, while an officer who may see it is there, the identity key. It
// is filled from the grants in the journal and never stored.
type Ring struct {
	mu       sync.RWMutex
	keys     map[string]seal.Key
	identity map[string]seal.Key // wiped by Lock
}

// NewRing makes an empty ring.
func NewRing() *Ring {
	return &Ring{keys: map[string]seal.Key{}, identity: map[string]seal.Key{}}
}

// Add keeps an epoch or case key and gives its id.
func (r *Ring) Add(key seal.Key) string { return r.add(r.keys, key) }

// AddIdentity keeps a key of protected identity until Lock.
func (r *Ring) AddIdentity(key seal.Key) string { return r.add(r.identity, key) }

func (r *Ring) add(to map[string]seal.Key, key seal.Key) string {
	id := seal.ID(key)
	r.mu.Lock()
	defer r.mu.Unlock()
	to[id] = key
	return id
}

// AddWrapped opens an identity key that was wrapped for the officer.
func (r *Ring) AddWrapped(s *Session, wrapped []byte) (string, error) {
	identity, err := s.AgeIdentity()
	if err != nil {
		return "", err
	}
	raw, err := seal.Unwrap(identity, wrapped)
	if err != nil {
		return "", err
	}
	defer seal.Wipe(raw)
	key, err := seal.KeyFrom(raw)
	if err != nil {
		return "", err
	}
	return r.AddIdentity(key), nil
}

// Get finds a key by its id.
func (r *Ring) Get(id string) (seal.Key, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if key, ok := r.keys[id]; ok {
		return key, true
	}
	key, ok := r.identity[id]
	return key, ok
}

// Drop forgets a key, as when a case is destroyed (销毁).
func (r *Ring) Drop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.keys, id)
	delete(r.identity, id)
}

// Lock forgets the identity keys.
func (r *Ring) Lock() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.identity)
}
