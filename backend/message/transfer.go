package message

import (
	"bytes"
	"encoding/base64"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045 6). Unknown
// encodings give the bytes as they are.
func decodeTransfer(b []byte, encoding string) []byte {
	switch {
	case strings.HasPrefix(encoding, "base64"):
		return decodeBase64(b)
	case strings.HasPrefix(encoding, "quoted"):
		return decodeQuoted(b, false)
	}
	return b
}

// decodeBase64 takes the fast way for clean input and otherwise skips what is
// no base64: mailing lists append footers, old programs pad every line.
func decodeBase64(b []byte) []byte {
	out := make([]byte, base64.StdEncoding.DecodedLen(len(b)))
	if n, err := base64.StdEncoding.Decode(out, b); err == nil {
		return out[:n]
	}
	out = out[:0]
	var quantum [4]byte
	n := 0
	for _, c := range b {
		v := base64Value(c)
		if v == 0xff && c != '=' {
			continue
		}
		if c == '=' {
			out = appendQuantum(out, quantum, n)
			n = 0
			continue
		}
		quantum[n] = v
		if n++; n == 4 {
			out = appendQuantum(out, quantum, 4)
			n = 0
		}
	}
	return appendQuantum(out, quantum, n)
}

func appendQuantum(out []byte, q [4]byte, n int) []byte {
	if n > 1 {
		out = append(out, q[0]<<2|q[1]>>4)
	}
	if n > 2 {
		out = append(out, q[1]<<4|q[2]>>2)
	}
	if n > 3 {
		out = append(out, q[2]<<6|q[3])
	}
	return out
}

func base64Value(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c - 'A'
	case c >= 'a' && c <= 'z':
		return c - 'a' + 26
	case c >= '0' && c <= '9':
		return c - '0' + 52
	case c == '+' || c == '-':
		return 62
	case c == '/' || c == '_':
		return 63
	}
	return 0xff
}

// decodeQuoted undoes quoted-printable; in an encoded word the underline is a
// blank (RFC 2047 4.2). What is no escape stays as it is.
func decodeQuoted(b []byte, word bool) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '_' && word:
			out = append(out, ' ')
		case c != '=':
			out = append(out, c)
		default:
			if v, ok := hexByte(b[i+1:]); ok {
				out = append(out, v)
				i += 2
			} else if n := softBreak(b[i+1:]); n >= 0 {
				i += n
			} else {
				out = append(out, c)
			}
		}
	}
	return out
}

// softBreak gives the length of the line end after "=", -1 if there is none.
func softBreak(b []byte) int {
	i := 0
	for i < len(b) && i < 80 && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	if i == len(b) {
		return i
	}
	if b[i] == '\n' {
		return i + 1
	}
	return -1
}

func hexByte(b []byte) (byte, bool) {
	if len(b) < 2 {
		return 0, false
	}
	h, l := hexDigit(b[0]), hexDigit(b[1])
	return h<<4 | l, h < 16 && l < 16
}

func hexDigit(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 0xff
}

// decodePercent undoes %XX (RFC 2231 4).
func decodePercent(b []byte) []byte {
	if bytes.IndexByte(b, '%') < 0 {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '%' {
			if v, ok := hexByte(b[i+1:]); ok {
				out = append(out, v)
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}
