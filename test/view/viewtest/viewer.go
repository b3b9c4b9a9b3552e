// SPDX-License-Identifier: Apache-2.0

// Package viewtest starts `otel view` for tests, and a browser to look at it.
package viewtest

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"syscall"
	"testing"
)

// Viewer is a running `otel view`.
type Viewer struct {
	Page, GRPC, HTTP string // addresses
	command          *exec.Cmd
}

var ready = regexp.MustCompile(`^otel view: http://(\S+)/ receives OTLP at (\S+) \(gRPC\) and (\S+) \(HTTP\)\n$`)

// Command is $OTEL with arguments, in an empty directory.
func Command(t *testing.T, words ...string) *exec.Cmd {
	t.Helper()
	otel := os.Getenv("OTEL")
	if otel == "" {
		t.Fatal("OTEL doesn't name an otel executable")
	}
	command := exec.Command(otel, words...)
	command.Dir = t.TempDir()
	command.Env = os.Environ()
	return command
}

// Start starts it at free ports, for the time of a test.
func Start(t *testing.T, words ...string) *Viewer {
	t.Helper()
	command := Command(t, append([]string{"view", "--port", "0", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"}, words...)...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	v := &Viewer{command: command}
	t.Cleanup(func() { v.Stop() })
	line, err := bufio.NewReader(out).ReadString('\n')
	found := ready.FindStringSubmatch(line)
	if found == nil {
		t.Fatalf("otel view said %q, %v", line, err)
	}
	v.Page, v.GRPC, v.HTTP = found[1], found[2], found[3]
	return v
}

// Stop is what Ctrl-C does.
func (v *Viewer) Stop() error {
	if v.command.ProcessState != nil {
		return nil
	}
	v.command.Process.Signal(syscall.SIGINT)
	return v.command.Wait()
}

// Get reads from the viewer's API.
func (v *Viewer) Get(t *testing.T, path string, into any) int {
	t.Helper()
	response, err := http.Get("http://" + v.Page + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return response.StatusCode
}

// Waterfall is an expression for the page of a trace: a line for each row from
// the top, with how deep it is, from 1, and the span's name.
const Waterfall = `[...document.querySelectorAll('.row')].map(r => r.getAttribute('aria-level') + ' ' + r.querySelector('b').textContent).join('\n')`
