// SPDX-License-Identifier: Apache-2.0

package view

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"otel.runtime/view/receiver"
)

func TestAPI(t *testing.T) {
	s := storeOf(DefaultLimits(), spanOf("t1", "a", "", 1e6, 2e6), spanOf("t2", "a", "", 2e6, 9e6))
	handler := Handler(context.Background(), s)
	for _, c := range []struct {
		path   string
		status int
		want   string // somewhere in the answer
	}{
		{"/api/status", 200, `"spans":2,"traces":2`},
		{"/api/traces", 200, `"total":2`},
		{"/api/traces?longer_ms=5&limit=1", 200, `"total":1`},
		{"/api/traces?limit=none", 400, `{"error":"limit: \"none\" is not a number"}`},
		{"/api/traces?longer_ms=-1", 400, `not a number`},
		{"/api/traces?limit=NaN", 400, `not a number`},
		{"/api/traces/t1", 200, `"rows":[{"id":"a","depth":0`},
		{"/api/traces/t9", 404, `{"error":"there is no trace t9"}`},
		{"/api/services", 200, `{"nodes":[{"name":"shop"`},
		{"/api/metrics", 200, `{"metrics":[],"services":[]}`},
		{"/api/logs?level=9", 200, `{"logs":[],"total":0}`},
		{"/api/nothing", 404, `{"error":"there is no /api/nothing"}`},
		{"/", 200, `<script type="module" src="main.js">`},
		{"/nothing.js", 404, ``},
	} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
		if body := w.Body.String(); w.Code != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", c.path, w.Code, body)
		}
		if strings.HasPrefix(c.path, "/api/") && !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s: no JSON", c.path)
		}
	}
	clear := httptest.NewRequest(http.MethodPost, "/api/clear", nil)
	w := httptest.NewRecorder()
	if handler.ServeHTTP(w, clear); w.Code != http.StatusForbidden || s.Status().Spans != 2 {
		t.Errorf("a form of another page: %d", w.Code)
	}
	clear.Header.Set("X-Otel-View", "clear")
	handler.ServeHTTP(httptest.NewRecorder(), clear)
	if s.Status().Spans != 0 {
		t.Errorf("%+v", s.Status())
	}
}

// The stream tells the status at once and after a change, and ends with the server.
func TestLive(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := NewStore(DefaultLimits())
	server := httptest.NewServer(Handler(ctx, s))
	defer server.Close()
	response, err := http.Get(server.URL + "/api/live")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	next := func() (status Status) {
		for lines.Scan() {
			if text, is := strings.CutPrefix(lines.Text(), "data: "); is {
				if err := json.Unmarshal([]byte(text), &status); err != nil {
					t.Fatal(err)
				}
				return status
			}
		}
		t.Fatal("the stream has ended")
		return status
	}
	first := next()
	s.Signals().Spans([]receiver.Span{spanOf("t", "a", "", 1, 2)})
	second := next()
	if first.Spans != 0 || second.Spans != 1 || second.Revision <= first.Revision || first.Instance == "" || first.Instance != second.Instance {
		t.Errorf("%+v, then %+v", first, second)
	}
	cancel()
	if rest, err := io.ReadAll(response.Body); err != nil {
		t.Errorf("%q %v", rest, err)
	}
}

// The page loads nothing that it doesn't bring.
func TestPageIsSelfContained(t *testing.T) {
	files, err := page.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := regexp.MustCompile(`https?://[^\s"'\x60]+`)
	for _, file := range files {
		text, err := page.ReadFile("page/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range elsewhere.FindAllString(string(text), -1) {
			if !strings.HasPrefix(found, "http://www.w3.org/") { // names, which aren't fetched
				t.Errorf("%s has %s", file.Name(), found)
			}
		}
	}
	w := httptest.NewRecorder()
	pageHandler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/main.js", nil))
	if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'self';") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/javascript") {
		t.Errorf("%v", w.Header())
	}
}

func TestOnlyLocalNames(t *testing.T) {
	handler := onlyLocalNames(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for host, want := range map[string]int{"localhost:1": 200, "LOCALHOST": 200, "otel.localhost:14317": 200, "127.0.0.1:14317": 200, "[::1]:14317": 200, "evil.example": 403, "localhost.evil.example:14317": 403} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != want {
			t.Errorf("%s: %d, want %d", host, w.Code, want)
		}
	}
}

func TestRunTellsWhoCanReachIt(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	var stdout, stderr bytes.Buffer
	status := Run(ctx, []string{"--listen", "0.0.0.0", "--port", "0", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"}, &stdout, &stderr)
	if status != exitOK || strings.Count(stdout.String(), "\n") != 1 || strings.Count(stderr.String(), "warning: other machines can reach") != 1 {
		t.Errorf("%d %s%s", status, &stdout, &stderr)
	}
	for _, c := range []struct {
		args []string
		said string
	}{
		{[]string{"--max-spans", "0"}, "at least 1"}, {[]string{"--port", "70000"}, "70000 is no port"}, {[]string{"x"}, `otel view: unexpected argument "x"; run "otel view --help"`},
		{[]string{"--colour"}, "unknown flag --colour;"}, {[]string{"--port", "x"}, `invalid value "x" for flag --port: parse error;`},
	} {
		stderr.Reset()
		if status := Run(ctx, c.args, &stdout, &stderr); status != exitUsage || !strings.Contains(stderr.String(), c.said) {
			t.Errorf("%v: %d %s", c.args, status, &stderr)
		}
	}
}

func TestHelp(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if status := Run(context.Background(), []string{"--help"}, &stdout, &stderr); status != exitOK || stderr.Len() > 0 ||
		!strings.Contains(stdout.String(), "\n  --port port         port of the page; 0 for any (default 14317)\n") {
		t.Errorf("%d %s%s", status, &stdout, &stderr)
	}
}
