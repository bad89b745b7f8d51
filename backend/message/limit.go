package message

import (
	"context"
	"time"
)

// The limits of one mail. What is over a limit is left out with a warning.
const (
	maxSize        = 64 << 20  // bytes of a mail
	maxHeaderBlock = 1 << 20   // bytes of one header block
	maxField       = 256 << 10 // bytes of one field
	maxLine        = 1000      // characters of a subject, a name, an id
	maxHeaders     = 1000      // fields of one header block
	maxJunk        = 200       // lines in a header block that are no header
	maxDepth       = 30        // multiparts inside multiparts
	maxParts       = 1000
	maxParams      = 100  // parameters of one header field
	maxWords       = 1000 // encoded words of a mail
	maxAddresses   = 1000
	maxBody        = 4 << 20 // bytes of body text that are read
	maxTokens      = 400_000 // HTML tags and texts of one body

	maxTime     = 2 * time.Second // plus timePerByte, so that a full-size mail is not cut on a slow PC
	timePerByte = 150 * time.Nanosecond
)

// reader reads one mail into m and counts what it costs.
type reader struct {
	ctx      context.Context
	m        *Message
	deadline time.Time

	charset string // what the bytes of this mail without a declared charset are in
	parts   int
	words   int
	body    int
	bodies  []body
	top     header
}

// body is one readable text of the mail.
type body struct {
	html bool
	text string
}

func newReader(ctx context.Context, m *Message, size int) *reader {
	limit := maxTime + time.Duration(size)*timePerByte
	return &reader{ctx: ctx, m: m, deadline: time.Now().Add(limit)}
}

// spent reports that the time is over; reading then stops at once.
func (p *reader) spent() bool {
	if p.ctx.Err() == nil && time.Now().Before(p.deadline) {
		return false
	}
	p.m.warn("time", "邮件结构过于复杂，在时限内没有读完，请查看原件")
	return true
}
