// SPDX-License-Identifier: Apache-2.0

// Package view tests `otel view` as a user has it: started by otel, sent to over
// OTLP, and looked at with a browser.
package view

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// viewer is a running `otel view`.
type viewer struct {
	command          *exec.Cmd
	page, grpc, http string // addresses
}

var ready = regexp.MustCompile(`^otel view: http://(\S+)/ receives OTLP at (\S+) \(gRPC\) and (\S+) \(HTTP\)\n$`)

// otelCommand runs $OTEL in an empty folder, with a cache for all tests.
func otelCommand(t *testing.T, words ...string) *exec.Cmd {
	t.Helper()
	otel := os.Getenv("OTEL")
	if otel == "" {
		t.Fatal("OTEL doesn't name an otel executable")
	}
	command := exec.Command(otel, words...)
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), "OTEL_GO_CACHE="+cache)
	return command
}

var cache string

func TestMain(m *testing.M) {
	var err error
	if cache, err = os.MkdirTemp("", "otel-view"); err != nil {
		panic(err)
	}
	status := m.Run()
	os.RemoveAll(cache)
	os.Exit(status)
}

func startViewer(t *testing.T, words ...string) *viewer {
	t.Helper()
	command := otelCommand(t, append([]string{"view", "--port", "0", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"}, words...)...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	v := &viewer{command: command}
	t.Cleanup(func() { v.stop() })
	line, err := bufio.NewReader(out).ReadString('\n')
	found := ready.FindStringSubmatch(line)
	if found == nil {
		t.Fatalf("otel view said %q, %v", line, err)
	}
	v.page, v.grpc, v.http = found[1], found[2], found[3]
	return v
}

// stop is what Ctrl-C does.
func (v *viewer) stop() error {
	if v.command.ProcessState != nil {
		return nil
	}
	v.command.Process.Signal(syscall.SIGINT)
	return v.command.Wait()
}

// get reads from the viewer's API.
func (v *viewer) get(t *testing.T, path string, into any) int {
	t.Helper()
	response, err := http.Get("http://" + v.page + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return response.StatusCode
}

// The rows of the waterfall, from the top: how deep, and the name.
const treeOf = `[...document.querySelectorAll('.row')].map(r => r.getAttribute('aria-level') + ' ' + r.querySelector('b').textContent).join('\n')`

func TestPage(t *testing.T) {
	v := startViewer(t)
	b := startBrowser(t)
	p := b.open("http://" + v.page + "/")

	p.await("empty", `document.querySelector('#empty h1')?.textContent`, "Waiting for traces")
	p.await("connected", `document.querySelector('#live').textContent`, "live")
	for view, want := range map[string]string{"services": "No services yet", "metrics": "No metrics yet", "logs": "No log records"} {
		p.eval(`location.hash = '#/` + view + `'`)
		p.await("empty "+view, `document.querySelector('#empty h1')?.textContent`, want)
	}
	p.eval(`location.hash = '#/traces'`)

	// What is sent appears without anything being done.
	now := time.Now()
	for i := 2; i < 12; i++ {
		sendTrace(t, v.http, i, now.Add(time.Duration(i)*-time.Second), []span{
			{service: "frontend", name: "GET /products", kind: "server", id: 1, end: 2400 + 977*(i*i%7)},
			{service: "frontend", name: "GET", kind: "client", id: 2, parent: 1, start: 400, end: 2000 + 900*(i*i%7)},
			{service: "inventory", name: "GET /stock", kind: "server", id: 3, parent: 2, start: 700, end: 1700 + 850*(i*i%7)},
			{service: "inventory", name: "SELECT stock", kind: "client", id: 4, parent: 3, start: 900, end: 1600 + 800*(i*i%7), attributes: []string{"db.system.name", "postgresql", "db.namespace", "stock"}},
		})
	}
	sendTrace(t, v.http, 1, now, shop())
	sendShopLogs(t, v.http, 1, now)
	sendShopMetrics(t, v.http, now)
	p.await("list", `document.querySelectorAll('tbody tr').length`, "11")
	p.await("an error in the list", `document.querySelector('tr[data-trace="`+traceID(1)+`"]').innerText.replace(/\s+/g, ' ')`,
		"POST /checkout 3 errors checkoutfrontendinventorypayments 12 46 ms "+clock(now))
	picture(t, p, "traces")

	// A trace, with all of its spans in the right nesting.
	p.eval(`document.querySelector('tr[data-trace="` + traceID(1) + `"]').click()`)
	p.await("waterfall", treeOf, shopTree)
	p.await("errors", `[...document.querySelectorAll('.row.error b')].map(e => e.textContent).join()`, "POST,POST /charge,authorize")
	p.eval(`document.querySelectorAll('.row')[9].click()`)
	p.await("a span", `document.querySelector('.detail h1').textContent + ': ' + document.querySelector('.failed').textContent`, "POST /charge: card declined")
	p.await("its attributes", `document.querySelector('[data-section=Attributes]').innerText.includes('card.network\tvisa')`, "true")
	p.await("its exception", `document.querySelector('[data-section=Events] pre').textContent.includes('payments/charge.go:41')`, "true")
	p.await("its logs", `[...document.querySelectorAll('[data-section=Logs] .event')].map(e => e.querySelector('b').textContent + ' ' + e.lastElementChild.textContent).join()`,
		"INFO currency EUR,ERROR code 51")
	picture(t, p, "trace")
	p.eval(`document.querySelectorAll('.row')[3].querySelector('button').click()`)
	p.await("folded", `document.querySelectorAll('.row').length`, "9")
	p.eval(`document.querySelectorAll('.row')[3].querySelector('button').click()`)

	p.eval(`location.hash = '#/services'`)
	p.await("calls", `[...document.querySelectorAll('g[data-from]')].map(g => g.dataset.from + '>' + g.dataset.to).join()`,
		"checkout>inventory,checkout>kafka orders,checkout>payments,checkout>postgresql orders,frontend>checkout,frontend>inventory,inventory>postgresql stock,inventory>redis")
	p.await("a service", `document.querySelector('g[data-node=payments]').textContent.replace(/\s+/g, ' ')`, "paymentspayments1 request · 1 error2 spans · p95 22.1 ms")
	picture(t, p, "services")

	p.eval(`location.hash = '#/metrics'`)
	p.await("plots", `[...document.querySelectorAll('[data-metric]')].map(e => e.dataset.metric + ' ' + e.querySelectorAll('polyline').length).join()`,
		"go.gc.count 1,go.goroutine.count 1,go.memory.used 1,http.server.request.duration 2")
	p.await("values", `document.querySelector('[data-metric="go.memory.used"] .number').textContent`, "38 MiB")
	picture(t, p, "metrics")

	p.eval(`location.hash = '#/logs'`)
	p.await("logs", `[...document.querySelectorAll('tbody tr td:nth-child(4)')].map(e => e.textContent.trim()).join('; ')`,
		"charge declined code=51; charging amount=42.10 currency=EUR; listening port=8080")
	p.eval(`document.querySelector('tbody a').click()`)
	p.await("from a log record to its span", `document.querySelector('.detail h1')?.textContent`, "POST /charge")

	p.eval(`document.querySelector('#clear').click()`)
	p.await("cleared", `document.querySelector('h1')?.textContent`, "This trace is not here")
	if all := b.complaints(); len(all) > 0 {
		t.Errorf("the console says %s", all)
	}
}

func clock(at time.Time) string { return at.Local().Format("15:04:05.000") }

// picture keeps what the page looks like, if OTEL_TEST_PICTURES names a folder.
func picture(t *testing.T, p tab, name string) {
	t.Helper()
	folder := os.Getenv("OTEL_TEST_PICTURES")
	if folder == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		p.scheme(scheme)
		p.screenshot(filepath.Join(folder, name+"-"+scheme+".png"))
	}
	p.scheme("light")
}

func TestTenThousandSpansAndRestart(t *testing.T) {
	v := startViewer(t)
	b := startBrowser(t)
	p := b.open("http://" + v.page + "/#/trace/" + traceID(1))
	p.await("unknown", `document.querySelector('h1')?.textContent`, "This trace is not here")

	spans := []span{{service: "batch", name: "run", kind: "internal", id: 1, end: 10_000_000}}
	for i := 2; i <= 10_000; i++ {
		spans = append(spans, span{service: "batch", name: fmt.Sprint("step ", i), kind: "internal", id: i, parent: 1 + (i-2)/100, start: i * 900, end: i*900 + 700})
	}
	sendTrace(t, v.http, 1, time.Now(), spans)
	p.await("rows", `document.querySelector('.rows')?.getAttribute('aria-rowcount')`, "10000")
	p.await("count", `document.querySelector('.trace-head').innerText.includes('10,000 spans')`, "true")
	p.await("few are in the document", `document.querySelectorAll('.row').length < 100`, "true")
	p.eval(`document.querySelector('.rows').scrollTop = 1e9`)
	p.await("the last", `[...document.querySelectorAll('.row')].at(-1).getAttribute('aria-rowindex')`, "10000")
	picture(t, p, "many")

	// The viewer goes, and another comes at its place.
	if err := v.stop(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
	p.await("gone", `document.querySelector('#live').textContent`, "reconnecting")
	again := startViewer(t, "--port", v.page[strings.LastIndex(v.page, ":")+1:])
	p.await("back", `document.querySelector('#live').textContent`, "live")
	p.await("empty again", `document.querySelector('h1')?.textContent`, "This trace is not here")
	sendTrace(t, again.http, 1, time.Now(), shop())
	p.await("live again", treeOf, shopTree)
	if all := b.complaints(); len(all) > 0 {
		t.Errorf("the console says %s", all)
	}
}

// What isn't OTLP is refused, and the rest goes on.
func TestMalformedRequests(t *testing.T) {
	v := startViewer(t)
	for _, c := range []struct{ path, kind, body string }{
		{"/v1/traces", "application/json", `{"resourceSpans":[{`}, {"/v1/traces", "application/json", `{"resourceSpans":7}`},
		{"/v1/traces", "application/x-protobuf", "\x0a\xff\xff"}, {"/v1/metrics", "application/x-protobuf", "no"}, {"/v1/logs", "application/json", `[]`},
	} {
		response, err := http.Post("http://"+v.http+c.path, c.kind, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != 400 {
			t.Errorf("%s %q: %s", c.path, c.body, response.Status)
		}
	}
	sendTrace(t, v.http, 1, time.Now(), shop())
	var status struct{ Spans, Traces int }
	if v.get(t, "/api/status", &status); status.Spans != 12 || status.Traces != 1 {
		t.Errorf("%+v", status)
	}
	var failure struct{ Error string }
	if code := v.get(t, "/api/traces/none", &failure); code != 404 || failure.Error != "there is no trace none" {
		t.Errorf("%d %+v", code, failure)
	}
}

// Only this machine reaches it, and only by its own names.
func TestLoopbackOnly(t *testing.T) {
	v := startViewer(t)
	for _, address := range []string{v.page, v.grpc, v.http} {
		if !strings.HasPrefix(address, "127.0.0.1:") {
			t.Errorf("it listens at %s", address)
		}
	}
	request, _ := http.NewRequest("GET", "http://"+v.page+"/api/status", nil)
	request.Host = "evil.example:14317"
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("under another name: %s", response.Status)
	}
}

// What goes wrong is told, with the status of its kind.
func TestCommandLine(t *testing.T) {
	v := startViewer(t)
	port := v.page[strings.LastIndex(v.page, ":")+1:]
	for _, c := range []struct {
		words  []string
		status int
		said   string
	}{
		{[]string{"--help"}, 0, "usage: otel view [flags]"},
		{[]string{"--colour"}, 2, "flag provided but not defined: -colour"},
		{[]string{"extra"}, 2, `unexpected argument "extra"; run "otel view --help"`},
		{[]string{"--port", "0", "--grpc", v.grpc, "--http", "127.0.0.1:0"}, 1, "choose another address with --grpc or --http"},
		{[]string{"--port", port, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"}, 1, "choose another address with --port"},
	} {
		command := otelCommand(t, append([]string{"view"}, c.words...)...)
		output, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != c.status || !strings.Contains(string(output), c.said) {
			t.Errorf("%v: status %d, %q", c.words, command.ProcessState.ExitCode(), output)
		}
	}
}

// A woven program needs nothing but the endpoint; all three of its signals arrive.
func TestWovenProgram(t *testing.T) {
	v := startViewer(t)
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../demo/greet")); err != nil {
		t.Fatal(err)
	}
	build := otelCommand(t, "go", "build", "-o", "myapp")
	build.Dir = folder
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	app := exec.Command(filepath.Join(folder, "myapp"), "localhost:0")
	app.Env = append(os.Environ(), "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+v.grpc, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "OTEL_SERVICE_NAME=my-app", "OTEL_LOGS_EXPORTER=otlp")
	out, err := app.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	defer app.Process.Kill()
	line, _ := bufio.NewReader(out).ReadString('\n')
	address, listening := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !listening {
		t.Fatalf("the program said %q", line)
	}
	response, err := http.Get("http://" + address + "/greet")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	app.Process.Signal(syscall.SIGTERM) // what it has goes out before it ends
	app.Wait()

	// What the viewer is made of is no part of what go is shown of the run time.
	shown, err := filepath.Glob(filepath.Join(cache, "generated", "*.go"))
	if err != nil || len(shown) < 50 {
		t.Fatalf("%d files in the cache, %v", len(shown), err)
	}
	for _, file := range shown {
		if text, _ := os.ReadFile(file); strings.Contains(string(text), "\npackage view\n") || strings.Contains(string(text), "\npackage receiver\n") {
			t.Errorf("%s is of the viewer:\n%.200s", file, text)
		}
	}

	var traces struct {
		Traces []struct {
			ID, Name, Service string
			Complete          bool
		}
	}
	v.get(t, "/api/traces", &traces)
	if len(traces.Traces) != 1 || traces.Traces[0].Name != "GET /greet" || traces.Traces[0].Service != "my-app" || !traces.Traces[0].Complete {
		t.Fatalf("%+v", traces)
	}
	var trace struct {
		Rows []struct {
			Depth      int
			Name, Kind string
		}
	}
	v.get(t, "/api/traces/"+traces.Traces[0].ID, &trace)
	if got := fmt.Sprint(trace.Rows); got != "[{0 GET /greet SERVER} {1 GET CLIENT} {2 GET /inner SERVER}]" {
		t.Error(got)
	}
	var metrics struct{ Metrics []struct{ Name, Type string } }
	v.get(t, "/api/metrics?service=my-app&text=http.server.request.duration", &metrics)
	if got := fmt.Sprint(metrics.Metrics); got != "[{http.server.request.duration histogram}]" {
		t.Error(got)
	}
}

// The viewer is built for this machine, whatever the user builds for, and what go
// says is told if it can't be.
func TestBuildOfTheViewer(t *testing.T) {
	for name, c := range map[string]struct {
		variables []string
		status    int
		said      string
	}{
		"settings of the user's": {[]string{"GOFLAGS=-mod=vendor -tags=none", "GOOS=windows", "GOARCH=arm64", "GO111MODULE=off", "GOPROXY=http://127.0.0.1:1"}, 0, "usage: otel view"},
		"no room":                {[]string{"GOTMPDIR=/nowhere"}, 1, "otel: go can't build the viewer in "},
	} {
		command := otelCommand(t, "view", "--help")
		command.Env = append(append(command.Env, "OTEL_GO_CACHE="+t.TempDir()), c.variables...)
		output, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != c.status || !strings.Contains(string(output), c.said) {
			t.Errorf("%s: status %d, %q", name, command.ProcessState.ExitCode(), output)
		}
	}
}
