package blobfile

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"jiesu/backend/seal"
)

const (
	chunkSize  = 64 << 10
	sealedSize = chunkSize + seal.Overhead
	magic      = "JSBLOB0\n"
)

// SealedSize is how many bytes a plaintext of n bytes takes on disk.
func SealedSize(n int64) int64 {
	chunks := max((n+chunkSize-1)/chunkSize, 1)
	return int64(len(magic)) + n + chunks*seal.Overhead
}

func chunkAD(number uint64, last bool) []byte {
	ad := binary.LittleEndian.AppendUint64(nil, number)
	if last {
		return append(ad, 1)
	}
	return append(ad, 0)
}

// sealStream encrypts r into w and gives the length of the plaintext.
func sealStream(ctx context.Context, w io.Writer, r io.Reader, key seal.Key, limit int64) (int64, error) {
	if _, err := io.WriteString(w, magic); err != nil {
		return 0, err
	}
	box, in, size := seal.NewBox(key, seal.ContextBlobChunk), bufio.NewReaderSize(&cancelable{ctx, r}, chunkSize), int64(0)
	buf := make([]byte, chunkSize)
	for number := uint64(0); ; number++ {
		n, err := io.ReadFull(in, buf)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return 0, err
		}
		if size += int64(n); size > limit {
			return 0, ErrTooLarge
		}
		_, peekErr := in.Peek(1)
		last := peekErr == io.EOF
		if peekErr != nil && !last {
			return 0, peekErr
		}
		if _, err := w.Write(box.Seal(buf[:n], chunkAD(number, last))); err != nil {
			return 0, err
		}
		if last {
			return size, nil
		}
	}
}

// reader opens a blob chunk by chunk.
type reader struct {
	file   io.ReadCloser
	in     *bufio.Reader
	box    seal.Box
	number uint64
	left   int64 // plaintext bytes still to come, by Ref
	plain  []byte
	err    error
}

func newReader(file io.ReadCloser, ref Ref) (io.ReadCloser, error) {
	r := &reader{file: file, in: bufio.NewReaderSize(file, sealedSize), box: seal.NewBox(ref.Key, seal.ContextBlobChunk), left: ref.Size}
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r.in, head); err != nil || string(head) != magic {
		file.Close()
		return nil, ErrDamaged
	}
	return r, nil
}

func (r *reader) Read(p []byte) (int, error) {
	for len(r.plain) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.plain, r.err = r.next()
	}
	n := copy(p, r.plain)
	r.plain = r.plain[n:]
	return n, nil
}

// next opens a chunk. With the last one it gives io.EOF for the time after.
func (r *reader) next() ([]byte, error) {
	sealed := make([]byte, sealedSize)
	n, err := io.ReadFull(r.in, sealed)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, ErrDamaged.Wrap(err)
	}
	_, peekErr := r.in.Peek(1)
	last := peekErr == io.EOF
	plain, err := r.box.Open(sealed[:n], chunkAD(r.number, last))
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	r.number++
	r.left -= int64(len(plain))
	if r.left < 0 || last && r.left != 0 {
		return nil, ErrDamaged
	}
	if last {
		return plain, io.EOF
	}
	return plain, nil
}

func (r *reader) Close() error { return r.file.Close() }

// cancelable ends reading when the context does.
type cancelable struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// hashing is a writer that hashes what passes.
type hashing struct {
	w io.Writer
	h hash.Hash
}

func newHashing(w io.Writer) *hashing { return &hashing{w, sha256.New()} }

func (h *hashing) Write(p []byte) (int, error) {
	n, err := h.w.Write(p)
	h.h.Write(p[:n])
	return n, err
}

func (h *hashing) hex() string { return hex.EncodeToString(h.h.Sum(nil)) }
