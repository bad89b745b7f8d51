package mailbox

import (
	"context"
	"errors"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// session is one logged-in connection with the folder open for reading.
type session struct {
	a           Account
	c           *imapclient.Client
	line        *line
	messages    int
	uidValidity uint32
	stop        func() bool // ends the watch on the context
}

// open connects, logs in, names itself and opens the folder read-only, so
// that no mail is marked as read.
func open(ctx context.Context, a Account) (*session, error) {
	c, l, err := a.connect(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{a: a, c: c, line: l}
	s.stop = context.AfterFunc(ctx, s.cut)
	if err := s.login(ctx); err != nil {
		s.close()
		return nil, err
	}
	if err := s.examine(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (a Account) connect(ctx context.Context) (*imapclient.Client, *line, error) {
	switch a.Security {
	case TLS, StartTLS, Plain:
	default:
		return nil, nil, errSecurity
	}
	config, err := a.tlsConfig()
	if err != nil {
		return nil, nil, err
	}
	l, conn, err := a.dial(ctx, config)
	if err != nil {
		return nil, nil, err
	}
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	var c *imapclient.Client
	if a.Security == StartTLS {
		c, err = imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: config})
	} else {
		c = imapclient.New(conn, nil)
		err = c.WaitGreeting()
	}
	switch {
	case err == nil:
		return c, l, nil
	case ctx.Err() != nil:
		err = ctx.Err()
	case a.Security == StartTLS && answered(err):
		err = errNoTLS.Wrap(cause(err))
	case tlsFault(err):
		err = errTLS.Wrap(err)
	default:
		err = errOffline.Wrap(cause(err))
	}
	l.Close()
	return nil, nil, err
}

func (s *session) login(ctx context.Context) error {
	caps := s.c.Caps()
	var err error
	switch {
	case !caps.Has(imap.CapLoginDisabled):
		err = s.c.Login(s.a.User, s.a.Password).Wait()
	case caps.Has(imap.AuthCap(sasl.Plain)):
		err = s.c.Authenticate(sasl.NewPlainClient("", s.a.User, s.a.Password))
	default:
		return errDisabled
	}
	switch {
	case err == nil:
	case answered(err):
		return s.a.loginFault(err)
	default:
		return s.fault(ctx, err)
	}
	// The list may have grown with the login. NetEase opens no folder for a
	// client without a name, and does not always say that it knows ID.
	if s.c.Caps().Has(imap.CapID) || s.a.netEase() {
		return s.name(ctx)
	}
	return nil
}

func (a Account) netEase() bool {
	host := strings.ToLower(a.host())
	for _, domain := range []string{"163.com", "126.com", "yeah.net", "188.com", "vip.163.com"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}

// name sends ID (RFC 2971). Exchange refuses an empty one.
func (s *session) name(ctx context.Context) error {
	_, err := s.c.ID(&imap.IDData{Name: "jiesu", Version: "1.0", Vendor: "jiesu"}).Wait()
	if err != nil && !answered(err) {
		return s.fault(ctx, err)
	}
	return nil // a refusal does no harm
}

func (s *session) examine(ctx context.Context) error {
	data, err := s.c.Select(s.a.Folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if unsafeLogin(err) {
		if err := s.name(ctx); err != nil {
			return err
		}
		data, err = s.c.Select(s.a.Folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	}
	switch {
	case err == nil:
		s.messages, s.uidValidity = int(data.NumMessages), data.UIDValidity
		return nil
	case unsafeLogin(err):
		return errUnsafe
	case answered(err):
		return errFolder.Wrap(cause(err))
	}
	return s.fault(ctx, err)
}

// cut ends the line. The client is not told: it would wait for a reader that
// waits for whoever took a mail from it.
func (s *session) cut() { s.line.Close() }

// close ends the session without a word to the server.
func (s *session) close() {
	s.stop()
	s.cut()
}

// search gives the UIDs from the one named on, in ascending order.
func (s *session) search(ctx context.Context, from uint32) ([]imap.UID, error) {
	if s.messages == 0 {
		return nil, nil
	}
	criteria := &imap.SearchCriteria{}
	if from > 1 {
		criteria.UID = []imap.UIDSet{{imap.UIDRange{Start: imap.UID(from), Stop: 0}}}
	}
	data, err := s.c.UIDSearch(criteria, nil).Wait()
	if err != nil {
		if answered(err) {
			return nil, errAnswer.Wrap(cause(err))
		}
		return nil, s.fault(ctx, err)
	}
	return ascending(data.AllUIDs(), imap.UID(from)), nil
}

// sequence gives the sequence numbers of mails, in the order of their UIDs.
func (s *session) sequence(uids []imap.UID) ([]uint32, error) {
	data, err := s.c.Search(&imap.SearchCriteria{UID: []imap.UIDSet{imap.UIDSetNum(uids...)}}, nil).Wait()
	if err != nil {
		return nil, err
	}
	nums := data.AllSeqNums()
	if len(nums) != len(uids) {
		return nil, errGone
	}
	return ascending(nums, 0), nil
}

// errGone says that a mail is no longer in the folder.
var errGone = errors.New("mailbox: the mail is gone")
