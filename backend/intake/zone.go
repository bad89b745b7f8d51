package intake

import (
	"regexp"
	"strings"
)

// separator is a line after which an older mail is quoted or a machine speaks.
var separator = regexp.MustCompile(`(?i)^[ \t]*(-{2,}[ \t]*(原始邮件|原邮件|邮件原件|转发的邮件|转发邮件|original message|forwarded message)|在.{4,60}写道[:：]?$|on .{4,80} wrote:$|(发件人|from)[ ]*:.{0,100}$)`)

// footer is where a mailing list or a mail program speaks.
var footer = regexp.MustCompile(`(?i)^[ \t]*(退订|取消订阅|unsubscribe|本邮件由系统自动|发自我的|发自.{0,10}(手机|iphone|邮箱大师)|从.{0,20}发送|sent from)`)

// findZones finds quoted and forwarded text and footers.
func findZones(t *text) []zone {
	var zones []zone
	pos := 0
	for line := range strings.Lines(t.s) {
		end := pos + len(line)
		text := strings.TrimRight(line, "\n")
		switch {
		case separator.MatchString(text):
			return append(zones, zone{pos, len(t.s)})
		case strings.HasPrefix(strings.TrimLeft(text, " "), ">"), footer.MatchString(text):
			zones = append(zones, zone{pos, end})
		}
		pos = end
	}
	return zones
}
