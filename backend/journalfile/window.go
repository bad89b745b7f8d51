package journalfile

import "io"

const windowSize = 1 << 20

// window reads a file forward in big pieces.
type window struct {
	file File
	size int64
	base int64
	buf  []byte
}

// bytes gives n bytes at off, fewer at the end of the file. They are valid
// until the next call.
func (w *window) bytes(off, n int64) ([]byte, error) {
	n = min(n, w.size-off)
	if off < w.base || off+n > w.base+int64(len(w.buf)) {
		want := min(max(n, windowSize), w.size-off)
		if int64(cap(w.buf)) < want {
			w.buf = make([]byte, want)
		}
		w.buf = w.buf[:want]
		w.base = off
		if _, err := w.file.ReadAt(w.buf, off); err != nil && err != io.EOF {
			w.buf = w.buf[:0]
			return nil, err
		}
	}
	return w.buf[off-w.base : off-w.base+n], nil
}
