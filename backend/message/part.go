package message

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"unicode/utf8"
)

// part is one MIME part before its content is decoded.
type part struct {
	header   header
	typ      value
	disp     value
	encoding string
	body     []byte
}

// message reads a whole mail.
func (p *reader) message(b []byte) {
	h, body := p.splitHeader(b)
	p.top = h
	p.decideCharset(h, b)
	p.headers(h)
	p.part(h, body, "text/plain", 0)
}

func (p *reader) headers(h header) {
	m := p.m
	m.Subject = p.header(h.get("subject"))
	m.From = p.sender(h)
	m.To = p.addresses(h.get("to"))
	m.Cc = p.addresses(h.get("cc"))
	m.ReplyTo = p.addresses(h.get("reply-to"))
	m.MessageID = p.messageID(h.get("message-id"))
	m.InReplyTo = p.ids(h.get("in-reply-to"))
	m.References = p.ids(h.get("references"))
	p.date(h)
}

// part reads one part with everything inside it.
func (p *reader) part(h header, b []byte, fallback string, depth int) {
	if p.spent() {
		return
	}
	if p.parts++; p.parts > maxParts {
		p.m.warn("parts", "邮件超过 1000 个部分，其余未读取，请查看原件")
		return
	}
	x := part{header: h, body: b, typ: p.parameters(h.get("content-type"))}
	x.disp = p.parameters(h.get("content-disposition"))
	x.encoding = strings.ToLower(strings.Trim(string(unfold(h.get("content-transfer-encoding"))), " ;\""))
	x.typ.main = mediaType(x.typ.main, fallback)
	if strings.HasPrefix(x.typ.main, "multipart/") {
		if depth >= maxDepth {
			p.m.warn("depth", "邮件嵌套超过 30 层，更深的部分未读取，请查看原件")
			p.attach(x, "嵌套部分.eml")
			return
		}
		if p.multipart(x, depth) {
			return
		}
		p.m.warn("boundary", "邮件的分隔标记缺失，正文可能不完整")
		x.typ.main = "text/plain"
	}
	p.leaf(x, depth)
}

// mediaType puts right what is no type/subtype (RFC 2045 5.2).
func mediaType(s, fallback string) string {
	switch {
	case s == "":
		return fallback
	case strings.Contains(s, "/"):
		return s
	case s == "html":
		return "text/html"
	case s == "text" || s == "plain":
		return "text/plain"
	case s == "multipart":
		return "multipart/mixed"
	}
	return "application/octet-stream"
}

func (p *reader) multipart(x part, depth int) bool {
	parts := p.split(x.body, x.typ.params["boundary"])
	if parts == nil {
		return false
	}
	fallback := "text/plain"
	if x.typ.main == "multipart/digest" {
		fallback = "message/rfc822"
	}
	first := len(p.bodies)
	for _, b := range parts {
		h, body := p.splitHeader(b)
		p.part(h, body, fallback, depth+1)
	}
	if x.typ.main == "multipart/alternative" {
		p.bodies = append(p.bodies[:first], choose(p.bodies[first:])...)
	}
	return true
}

// choose keeps the better of the alternatives: the plain one, unless it only
// says that the HTML one should be read.
func choose(bodies []body) []body {
	var plain, html []body
	var plainLen, htmlLen int
	for _, b := range bodies {
		n := len(strings.TrimSpace(b.text))
		if b.html {
			html, htmlLen = append(html, b), htmlLen+n
		} else {
			plain, plainLen = append(plain, b), plainLen+n
		}
	}
	if len(html) > 0 && (plainLen == 0 || plainLen*4 < htmlLen) {
		return html
	}
	return plain
}

// split cuts a multipart body (RFC 2046 5.1.1). A missing boundary is guessed,
// a missing end borne; nil means that there is no part.
func (p *reader) split(b []byte, boundary string) [][]byte {
	if parts := cutParts(b, boundary); parts != nil || boundary != strings.TrimSpace(boundary) {
		return parts
	}
	for rest, n := b, 0; len(rest) > 0 && n < 1000; n++ {
		var line []byte
		line, rest = cutLine(rest)
		line = bytes.TrimRight(line, " \t")
		if bytes.HasPrefix(line, []byte("--")) && len(line) > 6 && len(line) < 75 && fieldAfter(rest) {
			return cutParts(b, string(line[2:]))
		}
	}
	return nil
}

func fieldAfter(b []byte) bool {
	line, _ := cutLine(b)
	return fieldName(line) > 0
}

func cutParts(b []byte, boundary string) (parts [][]byte) {
	if boundary == "" {
		return nil
	}
	mark := []byte("--" + boundary)
	start := -1
	for pos := 0; pos < len(b) && len(parts) <= maxParts; {
		i := bytes.Index(b[pos:], mark)
		if i < 0 {
			break
		}
		i += pos
		if i > 0 && b[i-1] != '\n' { // looked at first: the line may be the whole mail
			pos = i + len(mark)
			continue
		}
		line, rest := cutLine(b[i+len(mark):])
		pos = len(b) - len(rest)
		tail := bytes.TrimRight(line, " \t")
		last := string(tail) == "--"
		if len(tail) > 0 && !last {
			continue
		}
		if start >= 0 {
			parts = append(parts, trimLineEnd(b[start:max(start, i)]))
		}
		start = pos
		if last {
			return parts
		}
	}
	if start >= 0 && start < len(b) && len(parts) <= maxParts {
		parts = append(parts, b[start:])
	}
	return parts
}

func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// leaf reads a part without parts: a body or an attachment.
func (p *reader) leaf(x part, depth int) {
	name := p.fileName(x)
	isText := x.typ.main == "text/plain" || x.typ.main == "text/html"
	switch {
	case isText && x.disp.main != "attachment" && (name == "" || x.disp.main == "inline" && len(p.bodies) == 0):
		p.readable(x, depth)
	case x.typ.main == "message/rfc822" || x.typ.main == "message/global":
		p.forwarded(x, name, depth)
	default:
		p.attach(x, name)
	}
}

// readable reads a body part.
func (p *reader) readable(x part, depth int) {
	data := decodeTransfer(x.body, x.encoding)
	if p.body += len(data); p.body > maxBody {
		p.m.warn("body-size", "邮件正文超过 4 MB，只读取了前一部分")
		data = data[:max(0, len(data)-(p.body-maxBody))]
		p.body = maxBody
	}
	html := x.typ.main == "text/html" || depth == 0 && len(x.header.get("content-type")) == 0 && looksHTML(data)
	charset := x.typ.params["charset"]
	if html && canonical(charset) == "" {
		charset = metaCharset(data)
	}
	s := strings.TrimPrefix(p.text(data, charset), "\ufeff")
	switch {
	case html:
		s = p.htmlText(s)
	case strings.EqualFold(x.typ.params["format"], "flowed"):
		s = unflow(s, strings.EqualFold(x.typ.params["delsp"], "yes"))
	}
	if strings.Contains(s, "\nbegin 6") && strings.Contains(s, "\nend") {
		p.m.warn("uuencode", "正文中夹有 uuencode 附件，未能取出，请查看原件")
	}
	p.bodies = append(p.bodies, body{html, tidy(s)})
}

// forwarded keeps a mail inside the mail as an attachment; its text is the
// body if there is no other.
func (p *reader) forwarded(x part, name string, depth int) {
	raw := decodeTransfer(x.body, x.encoding)
	h, body := p.splitHeader(raw)
	if subject := p.header(h.get("subject")); subject != "" {
		name = subject + ".eml"
	}
	if name == "" {
		name = "转发的邮件.eml"
	}
	p.attach(x, name)
	const costly = 5 // every mail in a mail is hashed again
	if len(p.bodies) == 0 && depth+costly < maxDepth {
		p.part(h, body, "text/plain", depth+costly)
		if len(p.bodies) > 0 {
			p.m.warn("forwarded", "正文取自附带的邮件")
		}
	}
}

func (p *reader) attach(x part, name string) {
	data := decodeTransfer(x.body, x.encoding)
	sum := sha256.Sum256(data)
	if name == "" {
		name = defaultName(x.typ.main)
	}
	if strings.HasPrefix(x.encoding, "x-uu") || strings.HasPrefix(x.encoding, "uuencode") {
		p.m.warn("uuencode", "有 uuencode 编码的附件未能解码，请查看原件")
	}
	switch x.typ.main {
	case "application/ms-tnef":
		p.m.warn("tnef", "附件 winmail.dat 为 Outlook 专用格式，内含的文件未能取出")
	case "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted":
		p.m.warn("encrypted", "邮件已加密，无法读取正文")
	}
	p.m.Attachments = append(p.m.Attachments, Attachment{
		Name: fileName(name), Type: x.typ.main, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:]),
		Inline: x.disp.main == "inline" || len(x.header.get("content-id")) > 0 && x.disp.main != "attachment",
		raw:    x.body, encoding: x.encoding,
	})
}

func (p *reader) fileName(x part) string {
	for _, s := range []string{x.disp.params["filename"], x.typ.params["name"], x.disp.params["name"]} {
		if s = clean(s); s != "" {
			return s
		}
	}
	if strings.HasPrefix(x.typ.main, "text/") {
		return ""
	}
	return p.header(x.header.get("content-description"))
}

// fileName makes a sent name safe to save under: no path, no odd characters,
// not too long.
func fileName(s string) string {
	s = clean(path.Base(strings.ReplaceAll(s, `\`, "/")))
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, s)
	if s = strings.Trim(s, ". "); s == "" || s == "/" {
		return "附件"
	}
	for utf8.RuneCountInString(s) > 120 {
		ext := path.Ext(s)
		if len(ext) > 12 {
			ext = ""
		}
		stem := []rune(strings.TrimSuffix(s, ext))
		s = string(stem[:min(len(stem), 100)]) + ext
	}
	return s
}

func defaultName(typ string) string {
	switch typ {
	case "image/jpeg":
		return "图片.jpg"
	case "image/png":
		return "图片.png"
	case "image/gif":
		return "图片.gif"
	case "application/pdf":
		return "文件.pdf"
	case "text/calendar":
		return "日程.ics"
	case "text/html":
		return "网页.html"
	case "text/plain":
		return "文本.txt"
	case "application/ms-tnef":
		return "winmail.dat"
	case "message/delivery-status":
		return "退信说明.txt"
	}
	return "附件"
}
