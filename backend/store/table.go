package store

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
)

var errTable = errors.New("the index of a table is damaged")

// checkTable proves the index at the end of one of Badger's tables, because
// Badger dies in a goroutine of its own when lengths there are wrong. The end
// of a table is: index ‖ its length (4, big-endian) ‖ checksum ‖ its length (4).
func checkTable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	end := info.Size()
	before := func(n int64) ([]byte, error) {
		if n < 0 || n > end {
			return nil, errTable
		}
		end -= n
		b := make([]byte, n)
		_, err := f.ReadAt(b, end)
		return b, err
	}
	length := func() (int64, error) {
		b, err := before(4)
		if err != nil {
			return 0, err
		}
		return int64(binary.BigEndian.Uint32(b)), nil
	}
	n, err := length()
	if err != nil || n > 64 {
		return errTable
	}
	sum, err := before(n)
	if err != nil {
		return err
	}
	if n, err = length(); err != nil {
		return err
	}
	index, err := before(n)
	if err != nil {
		return err
	}
	if want, ok := crcOf(sum); !ok || len(index) < 16 || want != uint64(crc32.Checksum(index, crc32.MakeTable(crc32.Castagnoli))) {
		return errTable
	}
	return nil
}

// crcOf reads Badger's checksum message: field 2 is the sum; field 1, the
// algorithm, is absent for CRC-32C, the only one we write.
func crcOf(message []byte) (uint64, bool) {
	if len(message) == 0 {
		return 0, true // a sum of 0 is not written at all
	}
	sum, n := binary.Uvarint(message[1:])
	return sum, message[0] == 2<<3 && n == len(message)-1
}
