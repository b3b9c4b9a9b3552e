// SPDX-License-Identifier: Apache-2.0

// Package view tests `otel view` as a user has it: started by otel, sent to over
// OTLP, and looked at with a browser.
package view

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"otel.test/view/viewtest"
)

func TestMain(m *testing.M) {
	cache, err := os.MkdirTemp("", "otel-view")
	if err != nil {
		panic(err)
	}
	os.Setenv("OTEL_GO_CACHE", cache)
	status := m.Run()
	os.RemoveAll(cache)
	os.Exit(status)
}

func TestPage(t *testing.T) {
	v := viewtest.Start(t)
	b := viewtest.StartBrowser(t)
	p := b.Open("http://" + v.Page + "/")

	p.Await("empty", `document.querySelector('#empty h1')?.textContent`, "Waiting for traces")
	p.Await("connected", `document.querySelector('#live').textContent`, "live")
	for view, want := range map[string]string{"services": "No services yet", "metrics": "No metrics yet", "logs": "No log records"} {
		p.Eval(`location.hash = '#/` + view + `'`)
		p.Await("empty "+view, `document.querySelector('#empty h1')?.textContent`, want)
	}
	p.Eval(`location.hash = '#/traces'`)

	// What is sent appears without anything being done.
	now := time.Now()
	for i := 2; i < 12; i++ {
		sendTrace(t, v.HTTP, i, now.Add(time.Duration(i)*-time.Second), []span{
			{service: "frontend", name: "GET /products", kind: "server", id: 1, end: 2400 + 977*(i*i%7)},
			{service: "frontend", name: "GET", kind: "client", id: 2, parent: 1, start: 400, end: 2000 + 900*(i*i%7)},
			{service: "inventory", name: "GET /stock", kind: "server", id: 3, parent: 2, start: 700, end: 1700 + 850*(i*i%7)},
			{service: "inventory", name: "SELECT stock", kind: "client", id: 4, parent: 3, start: 900, end: 1600 + 800*(i*i%7), attributes: []string{"db.system.name", "postgresql", "db.namespace", "stock"}},
		})
	}
	sendTrace(t, v.HTTP, 1, now, shop())
	sendShopLogs(t, v.HTTP, 1, now)
	sendShopMetrics(t, v.HTTP, now)
	p.Await("list", `document.querySelectorAll('tbody tr').length`, "11")
	p.Await("an error in the list", `document.querySelector('tr[data-trace="`+traceID(1)+`"]').innerText.replace(/\s+/g, ' ')`,
		"POST /checkout 3 errors checkoutfrontendinventorypayments 12 46 ms "+clock(now))
	picture(t, p, "traces")

	// A trace, with all of its spans in the right nesting.
	p.Eval(`document.querySelector('tr[data-trace="` + traceID(1) + `"]').click()`)
	p.Await("waterfall", viewtest.Waterfall, shopTree)
	p.Await("errors", `[...document.querySelectorAll('.row.error b')].map(e => e.textContent).join()`, "POST,POST /charge,authorize")
	p.Eval(`document.querySelectorAll('.row')[9].click()`)
	p.Await("a span", `document.querySelector('.detail h1').textContent + ': ' + document.querySelector('.failed').textContent`, "POST /charge: card declined")
	p.Await("its attributes", `document.querySelector('[data-section=Attributes]').innerText.includes('card.network\tvisa')`, "true")
	p.Await("its exception", `document.querySelector('[data-section=Events] pre').textContent.includes('payments/charge.go:41')`, "true")
	p.Await("its logs", `[...document.querySelectorAll('[data-section=Logs] .event')].map(e => e.querySelector('b').textContent + ' ' + e.lastElementChild.textContent).join()`,
		"INFO currency EUR,ERROR code 51")
	picture(t, p, "trace")
	p.Eval(`document.querySelectorAll('.row')[3].querySelector('button').click()`)
	p.Await("folded", `document.querySelectorAll('.row').length`, "9")
	p.Eval(`document.querySelectorAll('.row')[3].querySelector('button').click()`)

	p.Eval(`location.hash = '#/services'`)
	p.Await("calls", `[...document.querySelectorAll('g[data-from]')].map(g => g.dataset.from + '>' + g.dataset.to).join()`,
		"checkout>inventory,checkout>kafka orders,checkout>payments,checkout>postgresql orders,frontend>checkout,frontend>inventory,inventory>postgresql stock,inventory>redis")
	p.Await("a service", `document.querySelector('g[data-node=payments]').textContent.replace(/\s+/g, ' ')`, "paymentspayments1 request · 1 error2 spans · p95 22.1 ms")
	picture(t, p, "services")

	p.Eval(`location.hash = '#/metrics'`)
	p.Await("plots", `[...document.querySelectorAll('[data-metric]')].map(e => e.dataset.metric + ' ' + e.querySelectorAll('polyline').length).join()`,
		"go.gc.count 1,go.goroutine.count 1,go.memory.used 1,http.server.request.duration 2")
	p.Await("values", `document.querySelector('[data-metric="go.memory.used"] .number').textContent`, "38 MiB")
	picture(t, p, "metrics")

	p.Eval(`location.hash = '#/logs'`)
	p.Await("logs", `[...document.querySelectorAll('tbody tr td:nth-child(4)')].map(e => e.textContent.trim()).join('; ')`,
		"charge declined code=51; charging amount=42.10 currency=EUR; listening port=8080")
	picture(t, p, "logs")
	p.Eval(`document.querySelector('tbody a').click()`)
	p.Await("from a log record to its span", `document.querySelector('.detail h1')?.textContent`, "POST /charge")

	p.Eval(`document.querySelector('#clear').click()`)
	p.Await("cleared", `document.querySelector('h1')?.textContent`, "This trace is not here")
	if all := b.Complaints(); len(all) > 0 {
		t.Errorf("the console says %s", all)
	}
}

func clock(at time.Time) string { return at.Local().Format("15:04:05.000") }

// picture keeps what the page looks like, if OTEL_TEST_PICTURES names a directory.
func picture(t *testing.T, p viewtest.Tab, name string) {
	t.Helper()
	directory := os.Getenv("OTEL_TEST_PICTURES")
	if directory == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		p.Scheme(scheme)
		p.Screenshot(filepath.Join(directory, name+"-"+scheme+".png"))
	}
	p.Scheme("light")
}

func TestTenThousandSpansAndRestart(t *testing.T) {
	v := viewtest.Start(t)
	b := viewtest.StartBrowser(t)
	p := b.Open("http://" + v.Page + "/#/trace/" + traceID(1))
	p.Await("unknown", `document.querySelector('h1')?.textContent`, "This trace is not here")

	spans := []span{{service: "batch", name: "run", kind: "internal", id: 1, end: 10_000_000}}
	for i := 2; i <= 10_000; i++ {
		spans = append(spans, span{service: "batch", name: fmt.Sprint("step ", i), kind: "internal", id: i, parent: 1 + (i-2)/100, start: i * 900, end: i*900 + 700})
	}
	sendTrace(t, v.HTTP, 1, time.Now(), spans)
	p.Await("rows", `document.querySelector('.rows')?.getAttribute('aria-rowcount')`, "10000")
	p.Await("count", `document.querySelector('.trace-head').innerText.includes('10,000 spans')`, "true")
	p.Await("few are in the document", `document.querySelectorAll('.row').length < 100`, "true")
	p.Eval(`document.querySelector('.rows').scrollTop = 1e9`)
	p.Await("the last", `[...document.querySelectorAll('.row')].at(-1).getAttribute('aria-rowindex')`, "10000")
	picture(t, p, "many")

	// The viewer goes, and another comes at its place.
	if err := v.Stop(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
	p.Await("gone", `document.querySelector('#live').textContent`, "reconnecting")
	again := viewtest.Start(t, "--port", v.Page[strings.LastIndex(v.Page, ":")+1:])
	p.Await("back", `document.querySelector('#live').textContent`, "live")
	p.Await("empty again", `document.querySelector('h1')?.textContent`, "This trace is not here")
	sendTrace(t, again.HTTP, 1, time.Now(), shop())
	p.Await("live again", viewtest.Waterfall, shopTree)
	if all := b.Complaints(); len(all) > 0 {
		t.Errorf("the console says %s", all)
	}
}

// What isn't OTLP is refused, and the rest goes on.
func TestMalformedRequests(t *testing.T) {
	v := viewtest.Start(t)
	for _, c := range []struct{ path, kind, body string }{
		{"/v1/traces", "application/json", `{"resourceSpans":[{`}, {"/v1/traces", "application/json", `{"resourceSpans":7}`},
		{"/v1/traces", "application/x-protobuf", "\x0a\xff\xff"}, {"/v1/metrics", "application/x-protobuf", "no"}, {"/v1/logs", "application/json", `[]`},
	} {
		response, err := http.Post("http://"+v.HTTP+c.path, c.kind, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != 400 {
			t.Errorf("%s %q: %s", c.path, c.body, response.Status)
		}
	}
	sendTrace(t, v.HTTP, 1, time.Now(), shop())
	var status struct{ Spans, Traces int }
	if v.Get(t, "/api/status", &status); status.Spans != 12 || status.Traces != 1 {
		t.Errorf("%+v", status)
	}
	var failure struct{ Error string }
	if code := v.Get(t, "/api/traces/none", &failure); code != 404 || failure.Error != "there is no trace none" {
		t.Errorf("%d %+v", code, failure)
	}
}

// Only this machine reaches it, and only by its own names.
func TestLoopbackOnly(t *testing.T) {
	v := viewtest.Start(t)
	for _, address := range []string{v.Page, v.GRPC, v.HTTP} {
		if !strings.HasPrefix(address, "127.0.0.1:") {
			t.Errorf("it listens at %s", address)
		}
	}
	request, _ := http.NewRequest("GET", "http://"+v.Page+"/api/status", nil)
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
	v := viewtest.Start(t)
	port := v.Page[strings.LastIndex(v.Page, ":")+1:]
	for _, c := range []struct {
		words  []string
		status int
		said   string
	}{
		{[]string{"--help"}, 0, "usage: otel view [flags]"},
		{[]string{"--colour"}, 2, `otel view: unknown flag --colour; run "otel view --help"`},
		{[]string{"extra"}, 2, `unexpected argument "extra"; run "otel view --help"`},
		{[]string{"--port", "0", "--grpc", v.GRPC, "--http", "127.0.0.1:0"}, 1, "choose another address with --grpc or --http"},
		{[]string{"--port", port, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"}, 1, "choose another address with --port"},
	} {
		command := viewtest.Command(t, append([]string{"view"}, c.words...)...)
		output, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != c.status || !strings.Contains(string(output), c.said) {
			t.Errorf("%v: status %d, %q", c.words, command.ProcessState.ExitCode(), output)
		}
	}
}

// A woven program needs nothing but the endpoint; all three of its signals arrive.
func TestWovenProgram(t *testing.T) {
	v := viewtest.Start(t)
	directory := t.TempDir()
	if err := os.CopyFS(directory, os.DirFS("../../demo/greet")); err != nil {
		t.Fatal(err)
	}
	build := viewtest.Command(t, "go", "build", "-o", "myapp")
	build.Dir = directory
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	app := exec.Command(filepath.Join(directory, "myapp"), "localhost:0")
	app.Env = append(os.Environ(), "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+v.GRPC, "OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "OTEL_SERVICE_NAME=my-app", "OTEL_LOGS_EXPORTER=otlp")
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
	shown, err := filepath.Glob(filepath.Join(os.Getenv("OTEL_GO_CACHE"), "generated", "*.go"))
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
	v.Get(t, "/api/traces", &traces)
	if len(traces.Traces) != 1 || traces.Traces[0].Name != "GET /greet" || traces.Traces[0].Service != "my-app" || !traces.Traces[0].Complete {
		t.Fatalf("%+v", traces)
	}
	var trace struct {
		Rows []struct {
			Depth      int
			Name, Kind string
		}
	}
	v.Get(t, "/api/traces/"+traces.Traces[0].ID, &trace)
	if got := fmt.Sprint(trace.Rows); got != "[{0 GET /greet SERVER} {1 GET CLIENT} {2 GET /inner SERVER}]" {
		t.Error(got)
	}
	var metrics struct{ Metrics []struct{ Name, Type string } }
	v.Get(t, "/api/metrics?service=my-app&text=http.server.request.duration", &metrics)
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
		command := viewtest.Command(t, "view", "--help")
		command.Env = append(append(command.Env, "OTEL_GO_CACHE="+t.TempDir()), c.variables...)
		output, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != c.status || !strings.Contains(string(output), c.said) {
			t.Errorf("%s: status %d, %q", name, command.ProcessState.ExitCode(), output)
		}
	}
}
