// Package memserver is a small IMAP server in memory, on the loopback, with a
// certificate of its own: for the demonstration and for tests. It is no mail
// system; nothing in it outlives it.
package memserver

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Server is a running server.
type Server struct {
	Addr string // host:port, TLS from the first byte
	CA   []byte // PEM certificate that the client must trust

	user   *imapmemserver.User
	server *imapserver.Server
	done   chan struct{}
}

// Start listens on a free port of the loopback, with one user whose INBOX
// holds the mails.
func Start(user, password string, mails ...[]byte) (*Server, error) {
	certPEM, keyPEM, err := Certificate()
	if err != nil {
		return nil, err
	}
	cert, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return nil, err
	}
	s := &Server{CA: certPEM, user: imapmemserver.NewUser(user, password), done: make(chan struct{})}
	if err := s.user.Create("INBOX", nil); err != nil {
		return nil, err
	}
	for _, m := range mails {
		if err := s.Add(m); err != nil {
			return nil, err
		}
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12})
	if err != nil {
		return nil, err
	}
	mem := imapmemserver.New()
	mem.AddUser(s.user)
	s.Addr = l.Addr().String()
	s.server = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mem.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}},
		Logger:       log.New(io.Discard, "", 0),
		InsecureAuth: true, // the listener speaks TLS already
	})
	go func() {
		defer close(s.done)
		s.serve(l)
	}()
	return s, nil
}

// serve runs until Close; the error it then gives says nothing new.
func (s *Server) serve(l net.Listener) { _ = s.server.Serve(l) }

// Add puts a mail into INBOX.
func (s *Server) Add(mail []byte) error {
	_, err := s.user.Append("INBOX", literal{bytes.NewReader(mail)}, &imap.AppendOptions{})
	return err
}

// Close ends the server and its connections.
func (s *Server) Close() error {
	err := s.server.Close()
	<-s.done
	return err
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// Certificate makes a certificate for the loopback that signs itself.
func Certificate() (certPEM, keyPEM []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return nil, nil, err
	}
	template := x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: "localhost"},
		NotBefore:             time.Now().Add(-24 * time.Hour),
		NotAfter:              time.Now().Add(30 * 24 * time.Hour),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA:                  true,
		BasicConstraintsValid: true,
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		return nil, nil, fmt.Errorf("memserver: %w", err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, nil, err
	}
	certPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	keyPEM = pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})
	return certPEM, keyPEM, nil
}
