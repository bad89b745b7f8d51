package sharedfolder

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"sort"
	"strconv"
	"time"

	"jiesu/backend/seal"
)

// ack is what a replica says it holds durably. It is sealed for the space but
// not signed: it shows progress and finds trouble; nothing is deleted or
// believed because of it.
type ack struct {
	Format  int             `json:"format"`
	Replica string          `json:"replica"`
	At      time.Time       `json:"at"`
	Heads   map[string]Head `json:"heads"`
	number  uint64
}

// ackState is our own last one.
type ackState struct {
	number uint64
	heads  map[string]Head
	at     time.Time
}

const (
	maxAck   = 1 << 20
	maxHeads = 4096
)

func ackNumber(name string) uint64 {
	n, _ := strconv.ParseUint(ackName.FindStringSubmatch(name)[1], 16, 64)
	return n
}

// readAcks reads the newest of every replica, an older one if that is spoilt.
func (r *round) readAcks(ctx context.Context) error {
	for _, replica := range r.view.replicas {
		names := r.view.acks[replica]
		sort.Sort(sort.Reverse(sort.StringSlice(names)))
		for _, name := range names {
			if known, ok := r.acks[replica]; ok && ackNumber(name) <= known.number {
				break
			}
			at := place{segment{author: replica}, replicaBase + "/" + replica + "/" + name}
			if !r.due(at) {
				continue
			}
			data, err := r.p.read(ctx, at.path, maxAck)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			var a ack
			if err == nil {
				a, err = r.decodeAck(replica, name, data)
			}
			if err != nil {
				r.park(at, why(err, data))
				continue
			}
			delete(r.parked, at.path)
			r.acks[replica] = a
			break
		}
	}
	if own, ok := r.acks[r.o.Self]; ok && own.number > r.ackState.number {
		r.ackState = ackState{number: own.number, heads: own.Heads}
	}
	return nil
}

func (r *round) decodeAck(replica, name string, data []byte) (ack, error) {
	m := ackName.FindStringSubmatch(name)
	if sumOf(data) != m[2] {
		return ack{}, errSum
	}
	content, err := r.codec.disclose(ackMagic, seal.ContextShareState, data, func(epoch string) []byte {
		return adOf("state", r.o.Space.ID, replica, epoch, ackNumber(name))
	})
	if err != nil {
		return ack{}, err
	}
	var a ack
	if err := json.Unmarshal(content, &a); err != nil || a.Format != 0 || a.Replica != replica || len(a.Heads) > maxHeads {
		return ack{}, fmt.Errorf("%w: acknowledgement", errFormat)
	}
	a.number = ackNumber(name)
	return a, nil
}

// writeAck says what we hold when that has changed, but not for every entry.
func (r *round) writeAck(ctx context.Context) error {
	heads := r.o.Source.Heads()
	if r.result.Fork != nil || len(heads) == 0 || len(heads) > maxHeads || maps.Equal(heads, r.ackState.heads) ||
		!r.ackState.at.IsZero() && r.now.Sub(r.ackState.at) < ackEvery && !r.now.Before(r.ackState.at) {
		return nil
	}
	number := r.ackState.number + 1
	for _, name := range r.view.acks[r.o.Self] { // unreadable ones have a number too
		number = max(number, ackNumber(name)+1)
	}
	content, err := json.Marshal(ack{Replica: r.o.Self, At: r.now.UTC().Truncate(time.Second), Heads: heads})
	if err != nil {
		return err
	}
	data, err := r.codec.enclose(ackMagic, seal.ContextShareState, content, func(epoch string) []byte {
		return adOf("state", r.o.Space.ID, r.o.Self, epoch, number)
	})
	if err != nil {
		return err
	}
	dir, err := r.ownDirs(ctx)
	if err != nil {
		return err
	}
	if err := r.w.write(ctx, dir, fmt.Sprintf("%010x-%s.ack", number, sumOf(data)), data); err != nil {
		return err
	}
	r.ackState = ackState{number: number, heads: maps.Clone(heads), at: r.now}
	for _, name := range r.view.acks[r.o.Self] {
		if ackNumber(name) < number-1 { // the last but one stays, in case this one gets lost
			r.p.remove(ctx, dir+"/"+name)
		}
	}
	return nil
}
