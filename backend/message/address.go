package message

import (
	"strings"
)

// addresses reads a list of mailboxes (RFC 5322 3.4), tolerantly.
func (p *reader) addresses(v []byte) []Address {
	out := []Address{}
	items := splitOutsideQuotes(p.raw(v), ',', maxAddresses)
	if len(items) > maxAddresses {
		p.m.warn("addresses", "邮件的收件人超过 1000 个，其余未读取")
		items = items[:maxAddresses]
	}
	for i := 0; i < len(items); i++ {
		item := items[i]
		// a comma inside an unquoted name: 张三, 李四 <a@b.cn>
		for !strings.Contains(item, "@") && i+1 < len(items) && strings.Contains(items[i+1], "<") && !strings.Contains(item, ":") {
			i++
			item += "," + items[i]
		}
		if a := p.address(item); a.Address != "" {
			out = append(out, a)
		}
	}
	return out
}

// address reads one mailbox. Name and address are decoded after the cut, so
// that a decoded name cannot forge an address.
func (p *reader) address(s string) Address {
	s = strings.TrimSpace(s)
	i := angle(s)
	if i < 0 {
		return p.bareAddress(s)
	}
	name, addr := s[:i], s[i+1:]
	if j := strings.IndexByte(addr, '>'); j >= 0 {
		addr = addr[:j]
	}
	if j := strings.IndexByte(name, ':'); j >= 0 && !strings.Contains(name, `"`) && !strings.Contains(name, "=?") {
		name = name[j+1:] // a group: 办公室:<a@b.cn>;
	}
	return Address{p.displayName(name), p.cleanAddress(addr)}
}

// angle finds the "<" of the address, which stands outside quotes; with
// unbalanced quotes it is the last one before an "@".
func angle(s string) int {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == '<' && !quoted:
			return i
		}
	}
	if i := strings.LastIndexByte(s, '<'); i >= 0 && strings.Contains(s[i:], "@") {
		return i
	}
	return -1
}

// bareAddress reads "a@b.cn", "a@b.cn (张三)" and "张三 a@b.cn".
func (p *reader) bareAddress(s string) Address {
	s = p.decodeWords(s)
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return Address{Name: clean(strings.Trim(s, `"' `))}
	}
	stop := func(r rune) bool { return strings.ContainsRune(" \t<>,;:\"()[]（）", r) }
	start := strings.LastIndexFunc(s[:at], stop) + 1
	for start < at && s[start]&0xc0 == 0x80 { // the rest of a full-width stop
		start++
	}
	end := len(s)
	if i := strings.IndexFunc(s[at:], stop); i >= 0 {
		end = at + i
	}
	name := strings.Trim(s[:start]+s[end:], " \t<>()\"';,（）")
	return Address{clean(name), p.cleanAddress(s[start:end])}
}

func (p *reader) cleanAddress(s string) string {
	s = clean(p.decodeWords(s))
	return strings.Trim(s, " '\"<>;,")
}

func (p *reader) displayName(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) && strings.HasSuffix(s, `"`) && len(s) > 1 {
		s = unquote(s)
	}
	s = clean(p.decodeWords(s))
	return strings.Trim(s, `"': `)
}

// sender finds who wrote: the first From with an address, else the fields
// that programs fill in its place.
func (p *reader) sender(h header) Address {
	var named Address
	for _, f := range h {
		if f.name != "from" {
			continue
		}
		for _, a := range append(p.addresses(f.value), p.address(p.raw(f.value))) {
			if strings.Contains(a.Address, "@") {
				return a
			}
			if named.Name == "" {
				named = a
			}
		}
	}
	for _, field := range []string{"sender", "reply-to", "return-path"} {
		for _, a := range p.addresses(h.get(field)) {
			if strings.Contains(a.Address, "@") {
				if a.Name == "" {
					a.Name = named.Name
				}
				return a
			}
		}
	}
	p.m.warn("from", "邮件没有可用的发件人地址")
	return named
}

// ids reads the message ids of References and its like.
func (p *reader) ids(v []byte) []string {
	var out []string
	for s := p.raw(v); len(out) < maxAddresses; {
		_, rest, ok := strings.Cut(s, "<")
		if !ok {
			return out
		}
		id, after, ok := strings.Cut(rest, ">")
		if !ok {
			return out
		}
		if id = clean(id); id != "" {
			out = append(out, "<"+id+">")
		}
		s = after
	}
	return out
}

// messageID gives the id with its brackets, or whatever stands in their place.
func (p *reader) messageID(v []byte) string {
	if ids := p.ids(v); len(ids) > 0 {
		return ids[0]
	}
	return clean(p.raw(v))
}
