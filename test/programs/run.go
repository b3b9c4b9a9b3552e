// SPDX-License-Identifier: Apache-2.0

package programs

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"otel.runtime/view/receiver"
)

// exported is what a woven program has sent.
type exported struct {
	mu     sync.Mutex
	spans  []receiver.Span
	bodies [][]byte
	server *httptest.Server
}

// collect starts a receiver; env are the variables that send to it.
func collect(t *testing.T) (e *exported, env []string) {
	e = &exported{}
	handler := receiver.Signals{
		Spans: func(spans []receiver.Span) {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.spans = append(e.spans, spans...)
		},
		Metrics: func([]receiver.Metric) {},
		Logs:    func([]receiver.LogRecord) {},
	}.Handler()
	e.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		e.mu.Lock()
		e.bodies = append(e.bodies, body)
		e.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(body))
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(e.server.Close)
	return e, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + e.server.URL, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_LOGS_EXPORTER=otlp"}
}

// place is where a program is run: an empty directory and free ports.
type place struct{ replace *strings.Replacer }

func newPlace(t *testing.T) place {
	return place{strings.NewReplacer("${TMP}", t.TempDir(), "${PORT}", freePort(t), "${PORT2}", freePort(t))}
}

func (p place) all(texts []string) []string {
	var done []string
	for _, text := range texts {
		done = append(done, p.replace.Replace(text))
	}
	return done
}

func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// says is what the executable prints, and how it ends.
func says(t *testing.T, executable string, env, args []string) string {
	cmd := exec.Command(executable, args...)
	cmd.Args[0] = "program"
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out) + cmd.ProcessState.String()
}

// runs are the outputs of the program's commands, without what differs from run to
// run: numbers, ids and times.
func (p Program) runs(t *testing.T, executable string, env []string) string {
	at := newPlace(t)
	all := ""
	for _, args := range p.Runs {
		all += "$ " + strings.Join(args, " ") + "\n" + says(t, executable, append(at.all(p.Env), env...), at.all(args)) + "\n"
	}
	return changing.ReplaceAllString(all, "#")
}

var changing = regexp.MustCompile(`/tmp/[^ ]*|[0-9a-f]*[0-9][0-9a-f.:]*`)

// serve runs the program, asks for what the entry says, and ends it by SIGTERM. It
// returns the statuses of the answers and how the program ended.
func (p Program) serve(t *testing.T, executable string, env []string) string {
	at := newPlace(t)
	for name, text := range p.Serve.Files {
		if err := os.WriteFile(filepath.Join(at.replace.Replace("${TMP}"), name), []byte(at.replace.Replace(text)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(executable, at.all(p.Serve.Args)...)
	cmd.Dir = at.replace.Replace("${TMP}")
	cmd.Env = append(append(os.Environ(), at.all(p.Env)...), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	port := p.Serve.Port
	if port == "" {
		port = "${PORT}"
	}
	base := "http://127.0.0.1:" + at.replace.Replace(port)
	said := ""
	for i, request := range p.Serve.Requests {
		method, path, two := strings.Cut(request, " ")
		if !two {
			method, path = "GET", request
		}
		path, body, _ := strings.Cut(path, " ")
		status := ""
		for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			status = ask(method, base+path, body)
			if i > 0 || status != "none" || time.Now().After(deadline) {
				break
			}
		}
		said += fmt.Sprintf("%s %s: %s\n", method, path, status)
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(60 * time.Second):
		_ = cmd.Process.Kill()
		<-ended
		said += "killed\n"
	}
	if strings.Contains(said, "none") {
		t.Errorf("not every request is answered:\n%s%s", said, out.String())
	}
	return said + cmd.ProcessState.String()
}

// ask is the status of an answer, or "none".
func ask(method, url, body string) string {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	request.Header.Set("Authorization", "Bearer hunter2")
	client := http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return "none"
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.Status
}
