package journalfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"jiesu/backend/fault"
	"jiesu/backend/seal"
)

const (
	headerSize = 4 + 4 + 8 + sha256.Size
	// MaxPayload limits one record; attachments are not kept here.
	MaxPayload = 32 << 20
	// recordOverhead is what a record is longer than its payload.
	recordOverhead = headerSize + seal.Overhead
	maxRecord      = MaxPayload + recordOverhead
)

// magic starts every record, so that reading can go on after a damaged one.
var magic = [4]byte{'J', 'S', 0xA5, '0'}

// Hash is the SHA-256 of one record as it stands on disk. It covers the hash
// of the record before it, and so all of the log up to there.
type Hash [sha256.Size]byte

// Pos is where a record starts. It never changes.
type Pos struct {
	File   uint32 // number of the file, from 1
	Offset uint32
}

// Uint64 packs the position so that packed positions sort like the log.
func (p Pos) Uint64() uint64 { return uint64(p.File)<<32 | uint64(p.Offset) }

// PosFrom undoes Uint64.
func PosFrom(v uint64) Pos { return Pos{uint32(v >> 32), uint32(v)} }

// String is for logs and reports.
func (p Pos) String() string { return fmt.Sprintf("%06d:%d", p.File, p.Offset) }

// Record is one entry of the log as Scan gives it.
type Record struct {
	Pos     Pos
	Index   uint64 // 0 for the first record of the log
	Hash    Hash
	Prev    Hash // hash of the record before it
	Payload []byte
	size    int64
}

// encode seals a payload as record number index after prev.
func encode(box seal.Box, index uint64, prev Hash, payload []byte) []byte {
	head := make([]byte, headerSize, recordOverhead+len(payload))
	copy(head, magic[:])
	binary.LittleEndian.PutUint32(head[4:], uint32(len(payload)+seal.Overhead))
	binary.LittleEndian.PutUint64(head[8:], index)
	copy(head[16:], prev[:])
	return append(head, box.Seal(payload, head)...)
}

// sealedLength reads a header. It reports false if no record starts here.
func sealedLength(head []byte) (int64, bool) {
	if len(head) < headerSize || !bytes.Equal(head[:4], magic[:]) {
		return 0, false
	}
	n := int64(binary.LittleEndian.Uint32(head[4:]))
	return n, n >= seal.Overhead && n <= MaxPayload+seal.Overhead
}

// decode opens exactly one record; ok is false for anything else.
func decode(box seal.Box, raw []byte) (Record, bool) {
	n, ok := sealedLength(raw)
	if !ok || int64(len(raw)) != headerSize+n {
		return Record{}, false
	}
	payload, err := box.Open(raw[headerSize:], raw[:headerSize])
	if err != nil {
		return Record{}, false
	}
	return Record{
		Index:   binary.LittleEndian.Uint64(raw[8:]),
		Prev:    Hash(raw[16:headerSize]),
		Hash:    sha256.Sum256(raw),
		Payload: payload,
		size:    int64(len(raw)),
	}, true
}

var (
	errUnconfirmed = fault.New(fault.Failed, "save-unconfirmed",
		"未能确认保存：磁盘没有确认写入", "现在只能查看。请检查磁盘后重新启动程序，并核对最后登记的内容")
	errDiskFull = fault.New(fault.Retry, "disk-full",
		"磁盘空间不足，本次内容没有保存", "请清理磁盘后再试；清理之前只能查看，不能登记")
	errTooLarge = fault.New(fault.Refused, "record-too-large",
		"一次要保存的内容太大", "请减少一次登记的内容，大文件请作为附件保存")
	errRecord = fault.New(fault.Damaged, "record-damaged",
		"这一条记录已损坏，无法读取", "请运行数据检查，并从备份或其他网点恢复")
	errClosed = fault.New(fault.Failed, "journal-closed",
		"数据文件夹已关闭", "请重新打开程序")
	errNotLog = fault.New(fault.Damaged, "journal-unreadable",
		"记录文件无法读取", "请检查磁盘；不要删除任何文件，必要时从备份恢复")
)
