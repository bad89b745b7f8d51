package sharedfolder

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"

	"jiesu/backend/journal"
	"jiesu/backend/seal"
)

// Limits of a segment. One entry with its grants may fill one alone.
const (
	segmentRecords = 1024    // records of a segment we write
	segmentBytes   = 1 << 20 // and bytes, before compression; one record may exceed it
	maxRecords     = 1 << bucketShift
	maxPlain       = 16 << 20
	maxSegment     = maxPlain + 64<<10
	maxEpoch       = 64
)

const (
	segmentMagic = "JSS0"
	ackMagic     = "JSK0"
)

// Reasons a file is not believed.
var (
	errSum      = errors.New("sharedfolder: content does not match the sum in its name")
	errFormat   = errors.New("sharedfolder: unknown format")
	errNoKey    = errors.New("sharedfolder: key of this epoch is not here")
	errSealed   = errors.New("sharedfolder: does not open")
	errEntry    = errors.New("sharedfolder: entry refused")
	errSequence = errors.New("sharedfolder: entries are not those the name promises")
)

// Received is an entry that came in, its signatures checked, with its keys.
type Received struct {
	Entry *journal.Entry
	Keys  []journal.KeyGrant
}

// codec turns records into segments and back.
type codec struct {
	space string
	keys  Keys
	enc   *zstd.Encoder
	dec   *zstd.Decoder
}

func newCodec(space string, keys Keys) (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(segmentBytes), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPlain), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	return &codec{space: space, keys: keys, enc: enc, dec: dec}, nil
}

func adOf(kind, space, replica, epoch string, numbers ...uint64) []byte {
	ad := []byte("jiesu/v0/" + kind + "\x00" + space + "\x00" + replica + "\x00")
	for _, n := range numbers {
		ad = binary.BigEndian.AppendUint64(ad, n)
	}
	return append(ad, epoch...)
}

// enclose seals content under the current epoch behind magic and epoch.
func (c *codec) enclose(magic, context string, content []byte, ad func(epoch string) []byte) ([]byte, error) {
	epoch, key := c.keys.Current()
	if epoch == "" || len(epoch) > maxEpoch {
		return nil, errNoKey
	}
	head := append([]byte(magic), byte(len(epoch)))
	return append(append(head, epoch...), seal.Seal(key, context, content, ad(epoch))...), nil
}

// disclose undoes enclose.
func (c *codec) disclose(magic, context string, data []byte, ad func(epoch string) []byte) ([]byte, error) {
	if len(data) < 5 || string(data[:3]) != magic[:3] || data[4] > maxEpoch || len(data) < 5+int(data[4]) {
		return nil, errFormat
	}
	if data[3] != magic[3] {
		return nil, fmt.Errorf("%w: version %q", errFormat, data[3])
	}
	epoch := string(data[5 : 5+data[4]])
	key, ok := c.keys.Epoch(epoch)
	if !ok {
		return nil, errNoKey
	}
	content, err := seal.Open(key, context, data[5+data[4]:], ad(epoch))
	if err != nil {
		return nil, errSealed
	}
	return content, nil
}

// encode makes the bytes of a segment and completes its name.
func (c *codec) encode(s *segment, list []byte) ([]byte, error) {
	data, err := c.enclose(segmentMagic, seal.ContextSegment, c.enc.EncodeAll(list, nil), func(epoch string) []byte {
		return adOf("segment", c.space, s.author, epoch, s.first, s.last)
	})
	if err != nil {
		return nil, err
	}
	s.sum = sumOf(data)
	return data, nil
}

// decode checks sum, seal, entries and numbers, in this order.
func (c *codec) decode(s segment, data []byte) ([]Received, error) {
	if sumOf(data) != s.sum {
		return nil, errSum
	}
	packed, err := c.disclose(segmentMagic, seal.ContextSegment, data, func(epoch string) []byte {
		return adOf("segment", c.space, s.author, epoch, s.first, s.last)
	})
	if err != nil {
		return nil, err
	}
	list, err := c.dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errFormat, err)
	}
	records, err := splitList(list)
	if err != nil {
		return nil, err
	}
	if uint64(len(records)) != s.last-s.first+1 {
		return nil, errSequence
	}
	received, err := parseAll(records)
	if err != nil {
		return nil, err
	}
	return received, checkChain(s, received)
}

func appendRecord(list []byte, r journal.Record) ([]byte, error) {
	b, err := r.Encode()
	if err != nil {
		return list, err
	}
	return append(binary.BigEndian.AppendUint32(list, uint32(len(b))), b...), nil
}

func splitList(list []byte) ([]journal.Record, error) {
	var out []journal.Record
	for len(list) > 0 {
		if len(list) < 4 || len(out) == maxRecords {
			return nil, errFormat
		}
		n := binary.BigEndian.Uint32(list)
		if n > maxPlain || int(n) > len(list)-4 {
			return nil, errFormat
		}
		// A copy, so that one kept entry does not keep the whole segment.
		r, err := journal.DecodeRecord(bytes.Clone(list[4 : 4+n]))
		if err != nil {
			return nil, fmt.Errorf("%w: %v", errEntry, err)
		}
		out = append(out, r)
		list = list[4+n:]
	}
	return out, nil
}

// parseAll checks the signatures, which is most of the work, on all cores.
func parseAll(records []journal.Record) ([]Received, error) {
	out := make([]Received, len(records))
	errs := make([]error, len(records))
	workers := min(runtime.GOMAXPROCS(0), max(1, len(records)/16))
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(records); i += workers {
				entry, err := journal.Parse(records[i].Entry)
				if err != nil {
					errs[i] = fmt.Errorf("%w: %w", errEntry, err)
					continue
				}
				out[i] = Received{Entry: entry, Keys: records[i].Keys}
			}
		})
	}
	group.Wait()
	return out, errors.Join(errs...)
}

// checkChain: the entries are the author's, in an unbroken row, and each
// names the one before it.
func checkChain(s segment, received []Received) error {
	for i, r := range received {
		if r.Entry.ReplicaID() != s.author || r.Entry.Seq != s.first+uint64(i) {
			return errSequence
		}
		if i > 0 && r.Entry.Prev != received[i-1].Entry.ID {
			return fmt.Errorf("%w: chain", errSequence)
		}
	}
	return nil
}

// why says in plain words why a file is not believed.
func why(err error, data []byte) string {
	switch {
	case errors.Is(err, errSum) || errors.Is(err, errFormat) && len(data) < 5:
		return damage(data)
	case errors.Is(err, errNoKey):
		return "缺少打开这一段的钥匙；管理员接纳或更换钥匙后会自动读取"
	case errors.Is(err, errSealed):
		return "打不开：不属于本共享空间，或内容被改动过"
	case errors.Is(err, errFormat), errors.Is(err, journal.ErrFormat):
		return "格式不认识，可能由更新版本的接诉写出，需要升级"
	case errors.Is(err, journal.ErrSignature):
		return "签名不对，已拒绝，不采用其中任何内容"
	case errors.Is(err, errEntry), errors.Is(err, errSequence):
		return "内容与文件名或编号不符，已拒绝"
	case errors.Is(err, ErrTooLarge):
		return "文件过大，不是接诉写的"
	}
	return "暂时读不出来：可能尚未下载到本机，或网络太慢；稍后自动再试"
}

// damage tells the usual ways in which folders spoil a file.
func damage(data []byte) string {
	head := bytes.ToLower(bytes.TrimSpace(data[:min(len(data), 512)]))
	switch {
	case len(data) == 0:
		return "空文件，可能还没有传完"
	case len(bytes.Trim(data, "\x00")) == 0:
		return "内容全是空字节，多半是断电时没有写完；对方会自动重发"
	case bytes.HasPrefix(head, []byte("<!doctype")), bytes.HasPrefix(head, []byte("<html")):
		return "内容是一个网页，多半是网盘把出错页面存成了文件"
	}
	return "文件不完整或已损坏，可能还没有传完；对方会自动重发"
}
