package mailbox

import (
	"slices"
	"testing"
)

func TestAddress(t *testing.T) {
	tests := []struct {
		server   string
		security Security
		want     string
	}{
		{"imap.example.cn", TLS, "imap.example.cn:993"},
		{"imap.example.cn", StartTLS, "imap.example.cn:143"},
		{"imap.example.cn:1993", TLS, "imap.example.cn:1993"},
		{"::1", TLS, "[::1]:993"},
		{"", TLS, ""},
		{"https://mail.example.cn/", TLS, ""},
	}
	for _, tt := range tests {
		if got, _ := (Account{Server: tt.server, Security: tt.security}).address(); got != tt.want {
			t.Errorf("%q with %s gives %q, not %q", tt.server, tt.security, got, tt.want)
		}
	}
}

func TestNetEase(t *testing.T) {
	for server, want := range map[string]bool{
		"imap.163.com:993": true, "imap.126.com": true, "IMAP.yeah.net:993": true,
		"imap.qq.com:993": false, "evil163.com": false, "163.com.example.cn": false,
	} {
		if got := (Account{Server: server}).netEase(); got != want {
			t.Errorf("%s: %v", server, got)
		}
	}
}

func TestAscending(t *testing.T) {
	got := ascending([]uint32{9, 3, 12, 9, 5}, 5)
	if !slices.Equal(got, []uint32{5, 9, 12}) {
		t.Errorf("%v", got)
	}
}
