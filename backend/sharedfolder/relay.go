package sharedfolder

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"jiesu/backend/journal"
)

// relayMissing puts back what others wrote and the folder lost, when they do
// not do it themselves: their machine may be gone for good. Replicas wait
// unequally long, so that one does it for all.
func (r *round) relayMissing(ctx context.Context) error {
	if !r.deep || r.result.Fork != nil {
		return nil
	}
	heads := r.o.Source.Heads()
	for author, head := range heads {
		if author == r.o.Self {
			continue
		}
		var spans []span
		for _, at := range r.view.segments[author] {
			if p := r.parked[at.path]; p == nil || p.needs != "" {
				spans = append(spans, span{at.first, at.last})
			}
		}
		lost := gaps(spans, min(head.Seq, maxSeq))
		if len(lost) == 0 {
			lost = r.spoilt(ctx, author, head.Seq)
		}
		since, known := r.missing[author]
		switch {
		case len(lost) == 0:
			delete(r.missing, author)
		case !known || r.now.Before(since):
			r.missing[author] = r.now
		case r.now.Sub(since) >= relayAfter+r.patience(author):
			if err := r.relay(ctx, author, lost); err != nil {
				return err
			}
			delete(r.missing, author)
		}
	}
	return nil
}

func (r *round) relay(ctx context.Context, author string, lost []span) error {
	get := func(ctx context.Context, from uint64, limit int) ([]journal.Record, error) {
		return r.o.Source.Records(ctx, author, from, limit)
	}
	for _, gap := range lost {
		if err := r.pack(ctx, author, gap, get, func(s segment, _ string) error {
			return r.o.Ledger.Check(s.key())
		}); err != nil {
			return err
		}
	}
	return nil
}

// patience is up to another relayAfter, different for each pair of replicas.
func (r *round) patience(author string) time.Duration {
	h := fnv.New32a()
	fmt.Fprint(h, r.o.Self, author)
	return relayAfter * time.Duration(h.Sum32()%1000) / 1000
}

// spoilt looks where another office is stuck with an author's entries that we
// hold: if no copy there is good, that span needs to be put back.
func (r *round) spoilt(ctx context.Context, author string, held uint64) []span {
	checked := map[uint64]bool{}
	for replica, a := range r.acks {
		stuck := a.Heads[author].Seq + 1
		if replica == r.o.Self || replica == author || stuck > held || checked[stuck] || len(checked) == 8 {
			continue
		}
		checked[stuck] = true
		bad := span{}
		for _, at := range r.view.segments[author] {
			if at.first > stuck || at.last < stuck {
				continue
			}
			data, err := r.p.read(ctx, at.path, maxSegment)
			if err != nil || sumOf(data) == at.sum {
				bad = span{} // good, or not known
				break
			}
			bad = span{at.first, min(at.last, held)}
		}
		if bad.first > 0 {
			return []span{bad}
		}
	}
	return nil
}

// Relay publishes records of another replica key verbatim below our own
// folder: the branch of a former key of this machine that no head leads to.
// Doing it again for the same records writes nothing.
func (f *Folder) Relay(ctx context.Context, records []journal.Record) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(records) == 0 {
		return nil
	}
	parsed, err := parseAll(records)
	if err != nil {
		return err
	}
	first := parsed[0].Entry
	all := segment{author: first.ReplicaID(), first: first.Seq, last: first.Seq + uint64(len(parsed)) - 1}
	if err := checkChain(all, parsed); err != nil {
		return err
	}
	if all.author == f.o.Self || all.last > maxSeq {
		return fmt.Errorf("%w: not another's", errSequence)
	}
	r := &round{Folder: f, now: f.o.Now(), deep: true}
	done, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := r.scan(ctx); err != nil {
		return err
	}
	var spans []span
	for _, at := range r.view.relayed[all.author] {
		spans = append(spans, span{at.first, at.last})
	}
	get := func(_ context.Context, from uint64, limit int) ([]journal.Record, error) {
		i := int(from - all.first)
		return records[i:min(i+limit, len(records))], nil
	}
	for _, gap := range gaps(spans, all.last) {
		gap.first = max(gap.first, all.first)
		if gap.first > gap.last {
			continue
		}
		err = errors.Join(err, r.pack(ctx, all.author, gap, get, func(s segment, _ string) error {
			return f.o.Ledger.Check(s.key())
		}))
	}
	return writeFault(err)
}
