package sharedfolder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"sort"
)

// place is one copy of a segment.
type place struct {
	segment
	path string
}

// view is what one round saw. It is a lower bound: nothing is concluded from
// what is not in it, except that publishing it again does no harm.
type view struct {
	replicas []string
	segments map[string][]place  // by author, all copies
	own      map[string]bool     // names in our own buckets that were listed
	relayed  map[string][]place  // our own relay folder, by author
	acks     map[string][]string // by replica
	joins    map[string][]string
	admits   map[string][]string // by administrator
}

// maxSlow is how many listings may time out before the folder counts as away.
const maxSlow = 3

// maxSkipped bounds what is told of strange files in one round.
const maxSkipped = 100

func (r *round) skip(file, why string) {
	if len(r.result.Skipped) < maxSkipped {
		r.result.Skipped = append(r.result.Skipped, Skipped{File: file, Why: why})
	}
}

func (r *round) strange(dir, name string) {
	if why, tell := strange(name); tell {
		r.skip(dir+"/"+name, why)
	}
}

// scan lists names. Only failing to list the replicas ends the round.
func (r *round) scan(ctx context.Context) error {
	r.view = &view{segments: map[string][]place{}, own: map[string]bool{}, relayed: map[string][]place{},
		acks: map[string][]string{}, joins: map[string][]string{}, admits: map[string][]string{}}
	if r.heads == nil {
		r.heads = r.o.Source.Heads()
	}
	items, err := r.p.list(ctx, replicaBase)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a partial restore may have lost the folder
		return ErrOffline.Wrap(err)
	}
	for _, item := range items {
		if !item.Dir || !replicaName.MatchString(item.Name) {
			r.strange(replicaBase, item.Name)
			continue
		}
		r.view.replicas = append(r.view.replicas, item.Name)
	}
	sort.Strings(r.view.replicas)
	for _, owner := range r.view.replicas {
		if err := r.scanReplica(ctx, owner); err != nil {
			return err
		}
	}
	r.tidied = true
	return nil
}

// list lists a folder and says so when that fails; only the end of ctx and a
// dead share end the round.
func (r *round) list(ctx context.Context, dir string) ([]Item, error) {
	items, err := r.p.list(ctx, dir)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		why := "这个子文件夹暂时列不出来，稍后自动再试"
		if errors.Is(err, os.ErrDeadlineExceeded) {
			why = "列出这个子文件夹超时，稍后自动再试"
			if r.slow++; r.slow >= maxSlow { // do not spend the time limit on every folder of a dead share
				return nil, ErrOffline.Wrap(err)
			}
		}
		r.skip(dir, why)
	}
	return items, nil
}

func (r *round) scanReplica(ctx context.Context, owner string) error {
	base := replicaBase + "/" + owner
	items, err := r.list(ctx, base)
	if err != nil {
		return err
	}
	var buckets []string
	for _, item := range items {
		switch name := item.Name; {
		case item.Dir && bucketName.MatchString(name):
			buckets = append(buckets, name)
		case item.Dir && name == relayDir:
			err = r.scanRelay(ctx, owner)
		case item.Dir && name == admitDir:
			err = r.scanAdmit(ctx, owner)
		case item.Dir && name == blobDir:
		case ackName.MatchString(name):
			r.view.acks[owner] = append(r.view.acks[owner], name)
		case joinName.MatchString(name):
			r.view.joins[owner] = append(r.view.joins[owner], name)
		case tempName.MatchString(name):
			r.tidy(ctx, owner, base+"/"+name)
		default:
			r.strange(base, name)
		}
		if err != nil {
			return err
		}
	}
	places, err := r.scanBuckets(ctx, owner, owner, base, buckets)
	if owner == r.o.Self {
		for _, p := range places {
			r.view.own[p.name()] = true
		}
	}
	return err
}

func (r *round) scanRelay(ctx context.Context, owner string) error {
	base := replicaBase + "/" + owner + "/" + relayDir
	authors, err := r.list(ctx, base)
	if err != nil {
		return err
	}
	for _, author := range authors {
		if !author.Dir || !replicaName.MatchString(author.Name) {
			r.strange(base, author.Name)
			continue
		}
		below := base + "/" + author.Name
		items, err := r.list(ctx, below)
		if err != nil {
			return err
		}
		var buckets []string
		for _, item := range items {
			if item.Dir && bucketName.MatchString(item.Name) {
				buckets = append(buckets, item.Name)
			} else {
				r.strange(below, item.Name)
			}
		}
		places, err := r.scanBuckets(ctx, owner, author.Name, below, buckets)
		if err != nil {
			return err
		}
		if owner == r.o.Self {
			r.view.relayed[author.Name] = places
		}
	}
	return nil
}

// scanBuckets lists the buckets that may hold something new, all in a deep round.
func (r *round) scanBuckets(ctx context.Context, owner, author, base string, buckets []string) ([]place, error) {
	slices.Sort(buckets)
	next := bucketOf(r.heads[author].Seq + 1)
	if author == r.o.Self { // the newest own segments, to find what a clone wrote
		next = bucketOf(r.heads[author].Seq)
	}
	var found []place
	for _, bucket := range buckets {
		if bucket < next && !r.deep {
			continue
		}
		dir := base + "/" + bucket
		items, err := r.list(ctx, dir)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			s, ok := parseSegment(author, bucket, item.Name)
			switch {
			case ok && !item.Dir:
				found = append(found, place{s, dir + "/" + item.Name})
				r.seen[author] = max(r.seen[author], s.last)
			case tempName.MatchString(item.Name):
				r.tidy(ctx, owner, dir+"/"+item.Name)
			default:
				r.strange(dir, item.Name)
			}
		}
	}
	r.view.segments[author] = append(r.view.segments[author], found...)
	return found, nil
}

func (r *round) scanAdmit(ctx context.Context, owner string) error {
	items, err := r.list(ctx, replicaBase+"/"+owner+"/"+admitDir)
	for _, item := range items {
		if admitName.MatchString(item.Name) {
			r.view.admits[owner] = append(r.view.admits[owner], item.Name)
		} else {
			r.strange(replicaBase+"/"+owner+"/"+admitDir, item.Name)
		}
	}
	return err
}

// tidy removes what this replica's own crash left behind: in the first round
// nothing of ours is being written.
func (r *round) tidy(ctx context.Context, owner, path string) {
	if owner == r.o.Self && !r.tidied {
		r.p.remove(ctx, path)
	}
}
