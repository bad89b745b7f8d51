package sharedfolder

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	markerPath  = "jiesu/space.json"
	replicaBase = "jiesu/r"
	relayDir    = "relay"
	blobDir     = "b"
	admitDir    = "admit"
	tempPrefix  = ".tmp-"
)

// bucketShift: a bucket holds the segments of 4,096 numbers.
const bucketShift = 12

// maxSeq is what ten hex digits and six of bucket can name.
const maxSeq = 1<<36 - 1

// A whitelist decides; everything else is left alone and explained.
var (
	replicaName = regexp.MustCompile(`^[0-9a-f]{32}$`)
	bucketName  = regexp.MustCompile(`^[0-9a-f]{6}$`)
	segmentName = regexp.MustCompile(`^([0-9a-f]{10})-([0-9a-f]{10})-([0-9a-f]{32})\.seg$`)
	ackName     = regexp.MustCompile(`^([0-9a-f]{10})-([0-9a-f]{32})\.ack$`)
	joinName    = regexp.MustCompile(`^([0-9a-f]{32})\.join$`)
	admitName   = regexp.MustCompile(`^([0-9a-f]{32})-([0-9a-f]{32})\.adm$`)
	blobName    = regexp.MustCompile(`^[0-9a-f]{64}$`)
	tempName    = regexp.MustCompile(`^\.tmp-[0-9a-f]{16}$`)
)

// segment is what a name says of a file: whose entries, which, and the sum.
type segment struct {
	author      string
	first, last uint64
	sum         string
}

func (s segment) name() string { return fmt.Sprintf("%010x-%010x-%s.seg", s.first, s.last, s.sum) }

// key names the segment for the ledger, wherever a copy of it lies.
func (s segment) key() string { return s.author + "/" + s.name() }

func bucketOf(seq uint64) string { return fmt.Sprintf("%06x", seq>>bucketShift) }

// parseSegment reads a name found in a bucket.
func parseSegment(author, bucket, name string) (segment, bool) {
	m := segmentName.FindStringSubmatch(name)
	if m == nil {
		return segment{}, false
	}
	first, _ := strconv.ParseUint(m[1], 16, 64) // the pattern admits only digits
	last, _ := strconv.ParseUint(m[2], 16, 64)
	s := segment{author: author, first: first, last: last, sum: m[3]}
	ok := first > 0 && first <= last && last <= maxSeq && bucketOf(first) == bucket && bucketOf(last) == bucket
	return s, ok
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

// strange says in plain words what a name that is not ours looks like, and
// whether a person should hear of it at all.
func strange(name string) (why string, tell bool) {
	lower := strings.ToLower(name)
	has := func(marks ...string) bool {
		for _, m := range marks {
			if strings.Contains(lower, m) {
				return true
			}
		}
		return false
	}
	switch {
	case tempName.MatchString(name):
		return "", false
	case has("冲突", "conflict"):
		return "同步软件产生的冲突副本，内容不采用；原文件照常使用", true
	case strings.HasPrefix(lower, ".syncthing."), strings.HasPrefix(lower, "~syncthing~"),
		strings.HasPrefix(lower, "~$"), strings.HasPrefix(lower, ".~"),
		strings.HasSuffix(lower, ".part"), strings.HasSuffix(lower, ".!sync"), strings.HasSuffix(lower, ".tmp"):
		return "同步软件的临时文件，传完后会自动消失", false
	case lower == "desktop.ini", lower == ".ds_store", lower == "thumbs.db",
		strings.HasPrefix(lower, ".st"), strings.HasPrefix(lower, ".owncloud"), strings.HasPrefix(lower, ".nextcloud"):
		return "系统或同步软件自己的文件", false
	case segmentName.MatchString(lower), replicaName.MatchString(lower), bucketName.MatchString(lower):
		return "文件名的位置或大小写不对，不采用", true
	}
	return "不是接诉写的文件，不采用，也不会删除", true
}

// WatchedNames chooses the sub-folders worth listing often, given in order:
// not those of encrypted files, and of buckets only the newest two. Whoever
// watches the folder uses it.
func WatchedNames(_ string, sub []string) []string {
	var out []string
	buckets := 0
	for i := len(sub) - 1; i >= 0; i-- {
		if bucketName.MatchString(sub[i]) {
			if buckets++; buckets > 2 {
				continue
			}
		}
		if sub[i] != blobDir {
			out = append(out, sub[i])
		}
	}
	return out
}
