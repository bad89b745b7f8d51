package sharedfolder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"sort"

	"jiesu/backend/fault"
)

// maxBlob bounds an encrypted file; it is held in memory while it moves.
const maxBlob = 64 << 20

// blobsRound bounds how many files move each way in one round.
const blobsRound = 64

// ErrNotYet says that a file is in no office's folder yet (附件未到).
var ErrNotYet = fault.New(fault.Retry, "attachment-not-here",
	"附件还没有到达本机", "对方发送或同步完成后会自动出现；也可以请对方打开一次接诉")

func blobPath(replica, hash string) string {
	return replicaBase + "/" + replica + "/" + blobDir + "/" + hash[:2] + "/" + hash
}

// moveBlobs sends and fetches a limited number of encrypted files. What is
// missing holds up nothing.
func (r *round) moveBlobs(ctx context.Context) error {
	if r.o.Blobs == nil {
		return nil
	}
	if r.result.Fork == nil {
		offered := r.o.Blobs.Offer(blobsRound)
		for _, hash := range offered {
			if err := r.sendBlob(ctx, hash); err != nil {
				return err
			}
		}
		r.result.More = r.result.More || len(offered) == blobsRound
	}
	for _, hash := range r.o.Blobs.Want(blobsRound) {
		err := r.fetchBlob(ctx, hash)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			r.result.Files++
		} else if !errors.Is(err, ErrNotYet) {
			return err
		}
	}
	return nil
}

func (r *round) sendBlob(ctx context.Context, hash string) error {
	if !blobName.MatchString(hash) {
		return fault.New(fault.Failed, "attachment-name", "附件的标识不对，没有发送", "")
	}
	data, err := r.o.Blobs.Export(ctx, hash)
	if err != nil {
		return err
	}
	dir, err := r.ownDirs(ctx, blobDir, hash[:2])
	if err != nil {
		return err
	}
	path := blobPath(r.o.Self, hash)
	if there, err := r.p.read(ctx, path, maxBlob); err == nil && !blobMatches(hash, there) {
		r.p.remove(ctx, path) // ours, spoilt, and about to be replaced
	}
	if err := r.w.write(ctx, dir, hash, data); err != nil {
		return err
	}
	r.o.Blobs.Sent(hash)
	r.result.Files++
	return nil
}

func blobMatches(hash string, data []byte) bool {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]) == hash
}

// fetchBlob looks for the file in every replica's folder.
func (r *round) fetchBlob(ctx context.Context, hash string) error {
	if !blobName.MatchString(hash) {
		return ErrNotYet
	}
	for _, replica := range r.view.replicas {
		at := place{segment{author: replica}, blobPath(replica, hash)}
		if !r.due(at) {
			continue
		}
		data, err := r.p.read(ctx, at.path, maxBlob)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			r.park(at, why(err, nil))
			continue
		case !blobMatches(hash, data):
			r.park(at, damage(data))
			continue
		}
		delete(r.parked, at.path)
		return r.o.Blobs.Import(ctx, hash, data)
	}
	return ErrNotYet
}

// FetchBlob brings one file now, because somebody opens it.
func (f *Folder) FetchBlob(ctx context.Context, hash string) error {
	return f.withNames(ctx, func(r *round) error {
		for path := range r.parked { // a person asks: try again at once
			if path == blobPath(r.parked[path].seg.author, hash) {
				delete(r.parked, path)
			}
		}
		return r.fetchBlob(ctx, hash)
	})
}

// MissingBlobs tells which of the files this replica published are not in its
// folder any more, so that the caller offers them again.
func (f *Folder) MissingBlobs(ctx context.Context, hashes []string) ([]string, error) {
	var missing []string
	err := f.withNames(ctx, func(r *round) error {
		byDir := map[string][]string{}
		for _, hash := range hashes {
			if blobName.MatchString(hash) {
				byDir[hash[:2]] = append(byDir[hash[:2]], hash)
			}
		}
		for prefix, wanted := range byDir {
			items, err := r.p.list(ctx, r.ownDir()+"/"+blobDir+"/"+prefix)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return ErrOffline.Wrap(err)
			}
			there := map[string]bool{}
			for _, item := range items {
				there[item.Name] = true
			}
			for _, hash := range wanted {
				if !there[hash] {
					missing = append(missing, hash)
				}
			}
		}
		sort.Strings(missing)
		return nil
	})
	return missing, err
}

// withNames opens the folder, checks the marker and lists the replicas.
func (f *Folder) withNames(ctx context.Context, do func(*round) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := &round{Folder: f, now: f.o.Now()}
	done, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := r.scan(ctx); err != nil {
		return err
	}
	return do(r)
}
