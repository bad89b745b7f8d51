//go:build unix

package mailboxtest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"jiesu/backend/mailbox/memserver"
)

// Dovecot is a private instance of the real server.
type Dovecot struct {
	Plain, TLS     string // host:port; Plain offers STARTTLS
	CA             []byte
	User, Password string

	dir      string
	uid, gid int
	n        int
}

// StartDovecot starts a Dovecot of this test's own and ends it with the test.
// It fails the test if Dovecot is not installed: the real server is no extra.
func StartDovecot(t testing.TB) *Dovecot {
	t.Helper()
	program, err := exec.LookPath("dovecot")
	if err != nil {
		if program = "/usr/sbin/dovecot"; !exists(program) {
			t.Fatal("dovecot is missing: install the package dovecot-imapd (build/test does), the mail tests run against the real server")
		}
	}
	dir, err := os.MkdirTemp("", "dovecot") // short: a socket's path has 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	d := &Dovecot{User: "office@example.cn", Password: "auth-code-123", dir: dir, uid: os.Getuid(), gid: os.Getgid()}
	plain, tls := freePort(t), freePort(t)
	d.Plain, d.TLS = "127.0.0.1:"+plain, "127.0.0.1:"+tls
	d.configure(t, plain, tls)
	cmd := exec.Command(program, "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			<-ended
		}
	})
	for range 200 {
		if c, err := net.Dial("tcp", d.TLS); err == nil {
			c.Close()
			return d
		}
		time.Sleep(25 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "dovecot.log"))
	t.Fatalf("dovecot did not start: %s", log)
	return nil
}

// Put delivers a mail to INBOX.
func (d *Dovecot) Put(t testing.TB, mail []byte) {
	t.Helper()
	d.n++
	path := filepath.Join(d.dir, "mail", d.User, "new", fmt.Sprintf("%010d.M%dP1.sample", 1_700_000_000+d.n, d.n))
	if err := os.WriteFile(path, mail, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, d.uid, d.gid); err != nil {
		t.Fatal(err)
	}
}

// Seen gives the names of the mails that carry the flag \Seen.
func (d *Dovecot) Seen(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(d.dir, "mail", d.User, "cur", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, n := range names {
		if _, flags, _ := strings.Cut(filepath.Base(n), ":2,"); strings.Contains(flags, "S") {
			out = append(out, n)
		}
	}
	return out
}

func (d *Dovecot) configure(t testing.TB, plain, tls string) {
	t.Helper()
	name, group := account(t)
	if os.Getuid() == 0 { // Dovecot serves no mail of root's
		u, err := user.Lookup("nobody")
		if err != nil {
			t.Fatal(err)
		}
		d.uid, _ = strconv.Atoi(u.Uid)
		d.gid, _ = strconv.Atoi(u.Gid)
		name, group = "nobody", groupName(u.Gid)
	}
	cert, key, err := memserver.Certificate()
	if err != nil {
		t.Fatal(err)
	}
	d.CA = cert
	conf := strings.NewReplacer("$DIR", d.dir, "$USER", name, "$GROUP", group, "$PLAIN", plain, "$TLS", tls).Replace(dovecotConf)
	for file, content := range map[string]string{
		"dovecot.conf": conf, "cert.pem": string(cert), "key.pem": string(key),
		"users": d.User + ":{PLAIN}" + d.Password + "\n",
	} {
		if err := os.WriteFile(filepath.Join(d.dir, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, sub := range []string{"", "run", "state", "mail", "mail/" + d.User, "mail/" + d.User + "/new", "mail/" + d.User + "/cur", "mail/" + d.User + "/tmp"} {
		path := filepath.Join(d.dir, sub)
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(sub, "mail") {
			if err := os.Chown(path, d.uid, d.gid); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func account(t testing.TB) (name, group string) {
	t.Helper()
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	return u.Username, groupName(u.Gid)
}

func groupName(gid string) string {
	if g, err := user.LookupGroupId(gid); err == nil {
		return g.Name
	}
	return gid
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// dovecotConf runs without root and without touching the system's own.
const dovecotConf = `base_dir = $DIR/run
state_dir = $DIR/state
log_path = $DIR/dovecot.log
protocols = imap
listen = 127.0.0.1
default_login_user = $USER
default_internal_user = $USER
default_internal_group = $GROUP
first_valid_uid = 1
mail_location = maildir:$DIR/mail/%u
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <$DIR/cert.pem
ssl_key = <$DIR/key.pem
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $DIR/users
}
userdb {
  driver = static
  args = uid=$USER gid=$GROUP home=$DIR/mail/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $PLAIN
  }
  inet_listener imaps {
    port = $TLS
    ssl = yes
  }
}
service stats {
  chroot =
}
service auth {
  user = $USER
}
service auth-worker {
  user = $USER
}
namespace inbox {
  inbox = yes
  separator = /
}
`
