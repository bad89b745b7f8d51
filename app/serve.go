package app

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiesu/assets"
	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// showable are the kinds the pages may draw themselves. What is not in the
// list is bytes to save: a mail must never bring a page or a script into the
// window.
var showable = []string{"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "text/plain"}

// serveFiles answers for /letter/, /attachment/, /message/ and /font/; all
// other paths are the built pages.
func (p *program) serveFiles(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		room, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
		answer, ours := map[string]func([]string) (file, error){
			"letter":     p.letterFile,
			"attachment": p.attachmentFile,
			"message":    p.messageFile,
			"font":       fontFile,
		}[room]
		if !ours {
			next.ServeHTTP(w, r)
			return
		}
		if r.Method != http.MethodGet {
			http.Error(w, "", http.StatusMethodNotAllowed)
			return
		}
		parts, err := pathParts(rest)
		if err != nil {
			http.Error(w, "", http.StatusBadRequest)
			return
		}
		p.serve(w, answer, parts)
	})
}

// file is what a path stands for.
type file struct {
	kind    string
	content io.ReadCloser
}

func (p *program) serve(w http.ResponseWriter, answer func([]string) (file, error), parts []string) {
	found, err := guarded(answer, parts)
	if err != nil {
		p.serveError(w, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(found.kind))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if h.Get("Content-Type") == "application/octet-stream" {
		h.Set("Content-Disposition", "attachment")
	}
	if _, err := io.Copy(w, found.content); err != nil {
		p.log.failure("serve", err) // the page has left, or the blob is damaged; the headers are out
	}
	if err := found.content.Close(); err != nil {
		p.log.failure("serve", err)
	}
}

func guarded(answer func([]string) (file, error), parts []string) (f file, err error) {
	defer guard(&err)
	return answer(parts)
}

func (p *program) serveError(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	switch fault.Of(err).Kind {
	case fault.NotFound, fault.Usage:
		status = http.StatusNotFound
	case fault.Forbidden:
		status = http.StatusForbidden
	case fault.Refused, fault.Retry:
		status = http.StatusConflict
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	text, _ := p.showError(err).(string)
	if _, err := io.WriteString(w, text); err != nil {
		p.log.failure("serve", err)
	}
}

const (
	maxParts = 4
	maxPart  = 200
)

var errPath = errors.New("not a path of the desk")

// pathParts takes a path apart. What could step out of its room is refused
// and not cleaned: nobody honest writes it.
func pathParts(escaped string) ([]string, error) {
	raw := strings.Split(escaped, "/")
	if len(raw) > maxParts {
		return nil, errPath
	}
	parts := make([]string, 0, len(raw))
	for _, s := range raw {
		part, err := url.PathUnescape(s)
		if err != nil || part == "" || part == "." || part == ".." || len(part) > maxPart ||
			strings.ContainsAny(part, "/\\\x00") {
			return nil, errPath
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func contentType(kind string) string {
	media, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return "application/octet-stream"
	}
	for _, s := range showable {
		if media == s {
			if s == "text/plain" {
				return "text/plain; charset=utf-8"
			}
			return s
		}
	}
	if strings.HasPrefix(media, "font/") {
		return media
	}
	return "application/octet-stream"
}

var errNoFile = fault.New(fault.NotFound, "file-not-found", "没有这个文件", "")

// letterFile answers NUMBER/preview/KIND and NUMBER/issued/ID.
func (p *program) letterFile(parts []string) (file, error) {
	if len(parts) != 3 || (parts[1] != "preview" && parts[1] != "issued") {
		return file{}, errNoFile
	}
	pdf, err := ask(p, func(d *desk.Desk) ([]byte, error) {
		if parts[1] == "preview" {
			return d.LetterPreview(p.ctx, parts[0], parts[2])
		}
		return d.LetterExport(p.ctx, parts[0], parts[2])
	})
	return file{"application/pdf", io.NopCloser(bytes.NewReader(pdf))}, err
}

// attachmentFile answers NUMBER/ID.
func (p *program) attachmentFile(parts []string) (file, error) {
	if len(parts) != 2 {
		return file{}, errNoFile
	}
	return ask(p, func(d *desk.Desk) (file, error) {
		row, content, err := d.Attachment(p.ctx, parts[0], parts[1])
		return file{row.Type, content}, err
	})
}

// messageFile answers ID/original and ID/INDEX.
func (p *program) messageFile(parts []string) (file, error) {
	if len(parts) != 2 {
		return file{}, errNoFile
	}
	index, original := -1, parts[1] == "original"
	if !original {
		n, err := strconv.Atoi(parts[1])
		if err != nil || n < 0 {
			return file{}, errNoFile
		}
		index = n
	}
	return ask(p, func(d *desk.Desk) (file, error) {
		row, content, err := d.MessageFile(p.ctx, parts[0], index)
		if original {
			row.Type = "text/plain"
		}
		return file{row.Type, content}, err
	})
}

// fontFile is for machines without any Chinese font, where text would be
// blank. Pages ask for it only when every family before it is missing.
func fontFile(parts []string) (file, error) {
	if len(parts) != 1 || parts[0] != "NotoSansSC.ttf" {
		return file{}, errNoFile
	}
	content, err := assets.Fonts.Open("fonts/NotoSansSC_500Medium.ttf")
	if errors.Is(err, fs.ErrNotExist) {
		return file{}, errNoFile
	}
	return file{"font/ttf", content}, err
}
