package app

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"jiesu/backend/fault"
)

func TestPathTricksAreRefused(t *testing.T) {
	for path, want := range map[string]int{
		"/letter/TS-1/preview/acceptance": 0,
		"/letter/TS-1/other/acceptance":   http.StatusNotFound,
		"/letter/TS-1":                    http.StatusNotFound,
		"/letter/..%2f..%2fetc/preview/x": http.StatusBadRequest,
		"/letter/TS-1/%2e%2e/x":           http.StatusBadRequest,
		"/letter//preview/x":              http.StatusBadRequest,
		"/attachment/a%5cb/1":             http.StatusBadRequest,
		"/attachment/a%00/1":              http.StatusBadRequest,
		"/attachment/a/b/c/d/e":           http.StatusBadRequest,
		"/message/abc/-1":                 http.StatusNotFound,
		"/message/abc/x":                  http.StatusNotFound,
		"/font/other.ttf":                 http.StatusNotFound,
		"/font/NotoSansSC.ttf":            http.StatusOK,
		"/index.html":                     http.StatusTeapot,
		"/assets/index.js":                http.StatusTeapot,
	} {
		t.Run(path, func(t *testing.T) {
			got := get(t, testProgram(t), path)
			if want != 0 && got.Code != want {
				t.Errorf("status %d, want %d", got.Code, want)
			}
			if want == 0 && (got.Code == http.StatusBadRequest || got.Code == http.StatusTeapot) {
				t.Errorf("an honest path is refused with %d", got.Code)
			}
		})
	}
}

func get(t *testing.T, p *program, path string) *httptest.ResponseRecorder {
	t.Helper()
	pages := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	answer := httptest.NewRecorder()
	p.serveFiles(pages).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	return answer
}

func TestNothingThatRunsIsServedAsItself(t *testing.T) {
	p := testProgram(t)
	for kind, want := range map[string]string{
		"application/pdf":                  "application/pdf",
		"image/png":                        "image/png",
		"text/plain; charset=gb2312":       "text/plain; charset=utf-8",
		"text/html":                        "application/octet-stream",
		"Text/HTML; charset=utf-8":         "application/octet-stream",
		"image/svg+xml":                    "application/octet-stream",
		"application/xhtml+xml":            "application/octet-stream",
		"text/javascript":                  "application/octet-stream",
		"":                                 "application/octet-stream",
		"application/pdf\r\nX-Injected: 1": "application/octet-stream",
	} {
		w := httptest.NewRecorder()
		p.serve(w, func([]string) (file, error) {
			return file{kind, io.NopCloser(bytes.NewReader([]byte("x")))}, nil
		}, nil)
		if got := w.Header().Get("Content-Type"); got != want {
			t.Errorf("%q is served as %q", kind, got)
		}
		for header, value := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "sandbox; default-src 'none'",
		} {
			if got := w.Header().Get(header); got != value {
				t.Errorf("%q: %s is %q", kind, header, got)
			}
		}
	}
}

func TestErrorsOfFilesHaveAStatusAndASentence(t *testing.T) {
	p := testProgram(t)
	for kind, want := range map[fault.Kind]int{
		fault.NotFound: http.StatusNotFound, fault.Forbidden: http.StatusForbidden,
		fault.Refused: http.StatusConflict, fault.Damaged: http.StatusInternalServerError,
	} {
		w := httptest.NewRecorder()
		p.serve(w, func([]string) (file, error) { return file{}, fault.New(kind, "x", "一句话", "") }, nil)
		if w.Code != want || !bytes.Contains(w.Body.Bytes(), []byte("一句话")) {
			t.Errorf("kind %d: %d %s", kind, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	p.serve(w, func([]string) (file, error) { panic(errors.New("x")) }, nil)
	if w.Code != http.StatusInternalServerError {
		t.Errorf("a panic gives %d", w.Code)
	}
}
