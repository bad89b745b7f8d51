package mailbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// line is a connection whose only deadline is the idle one. go-imap sets
// absolute ones, which cut a steady but slow mail after five minutes and never
// end a command that the server does not answer.
type line struct {
	net.Conn
	idle   time.Duration
	broken atomic.Bool // by the other side or the network, not by us
}

func (l *line) Read(b []byte) (int, error) {
	if err := l.Conn.SetReadDeadline(time.Now().Add(l.idle)); err != nil {
		return 0, err
	}
	n, err := l.Conn.Read(b)
	if err != nil && !errors.Is(err, net.ErrClosed) {
		l.broken.Store(true)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		l.Conn.Close() // go-imap would go on waiting
	}
	return n, err
}

func (l *line) Write(b []byte) (int, error) {
	if err := l.Conn.SetWriteDeadline(time.Now().Add(l.idle)); err != nil {
		return 0, err
	}
	n, err := l.Conn.Write(b)
	if err != nil && !errors.Is(err, net.ErrClosed) {
		l.broken.Store(true)
	}
	return n, err
}

func (l *line) SetDeadline(time.Time) error      { return nil }
func (l *line) SetReadDeadline(time.Time) error  { return nil }
func (l *line) SetWriteDeadline(time.Time) error { return nil }

func (a Account) host() string {
	host, _, err := net.SplitHostPort(a.Server)
	if err != nil {
		return a.Server
	}
	return host
}

// address completes the server with the port of its security.
func (a Account) address() (string, error) {
	if a.Server == "" || strings.ContainsAny(a.Server, " /") {
		return "", errAddress
	}
	if _, _, err := net.SplitHostPort(a.Server); err == nil {
		return a.Server, nil
	}
	port := "993"
	if a.Security != TLS {
		port = "143"
	}
	return net.JoinHostPort(strings.Trim(a.Server, "[]"), port), nil
}

func (a Account) tlsConfig() (*tls.Config, error) {
	config := &tls.Config{ServerName: a.host(), MinVersion: tls.VersionTLS12, NextProtos: []string{"imap"}}
	ca := a.CA
	if a.CAFile != "" {
		b, err := os.ReadFile(a.CAFile)
		if err != nil {
			return nil, errCA.Wrap(err)
		}
		ca = append(b, ca...)
	}
	if len(ca) == 0 {
		return config, nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(ca) {
		return nil, errCA
	}
	config.RootCAs = pool
	return config, nil
}

// dial opens the line, and the connection to speak over: with TLS if that is
// on from the first byte.
func (a Account) dial(ctx context.Context, config *tls.Config) (*line, net.Conn, error) {
	address, err := a.address()
	if err != nil {
		return nil, nil, err
	}
	d := net.Dialer{Timeout: min(a.Idle, 30*time.Second)}
	raw, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		return nil, nil, errOffline.Wrap(err)
	}
	l := &line{Conn: raw, idle: a.Idle}
	if a.Security != TLS {
		return l, l, nil
	}
	t := tls.Client(l, config)
	if err := t.HandshakeContext(ctx); err != nil {
		raw.Close()
		switch {
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		case tlsFault(err):
			return nil, nil, errTLS.Wrap(err)
		}
		return nil, nil, errOffline.Wrap(err)
	}
	return l, t, nil
}
