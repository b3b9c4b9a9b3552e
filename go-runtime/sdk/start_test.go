// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// Start does its work once in a process, so each test of it is a process: the
// test binary again, with the name of a scene.
func TestMain(m *testing.M) {
	if scene, ok := scenes[os.Getenv("SCENE")]; ok {
		scene()
		return
	}
	os.Exit(m.Run())
}

// early is bound to the first global provider that is set, as the tracers of
// package variables are.
var early = otel.Tracer("early")

func say(v ...any) { fmt.Println(v...) }

func spanBy(t trace.Tracer, name string) trace.Span {
	_, span := t.Start(context.Background(), name)
	span.End()
	return span
}

func within(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	context.AfterFunc(ctx, cancel)
	return ctx
}

var scenes = map[string]func(){
	"spans": func() {
		say(Enabled())
		begin := time.Now()
		Start()
		Start()
		took := time.Since(begin)
		say(Enabled(), len(otel.GetTextMapPropagator().Fields()))
		spanBy(early, "by early")
		spanBy(otel.Tracer("late"), "by late")
		say(Flush(within(20 * time.Second)))
		say(Stats().Sent, Stats().Failed, Stats().Retries)
		say(Shutdown(within(20 * time.Second)))
		fmt.Fprintln(os.Stdout, "took", took)
	},
	"own provider first": func() {
		mine := tracetest.NewSpanRecorder()
		otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(mine)))
		otel.SetTextMapPropagator(propagation.Baggage{})
		Start()
		spanBy(early, "a")
		spanBy(otel.Tracer("late"), "b")
		say(Enabled(), len(mine.Ended()), otel.GetTextMapPropagator().Fields(), Flush(context.Background()), Shutdown(context.Background()))
	},
	"own provider later": func() {
		Start()
		late := otel.Tracer("late")
		spanBy(early, "ours")
		spanBy(late, "ours")
		mine := tracetest.NewSpanRecorder()
		otel.SetTracerProvider(sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(mine)))
		spanBy(early, "theirs")
		spanBy(late, "theirs")
		spanBy(otel.Tracer("later"), "theirs")
		say(len(mine.Ended()), Flush(within(20*time.Second)), Stats().Sent)
	},
	"own error handler": func() {
		Start()
		otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { say("mine:", err) }))
		spanBy(early, "a")
		Flush(within(20 * time.Second))
	},
	"end": func() { // a program's last words with a collector that isn't there
		Start()
		spanBy(otel.Tracer("t"), "a")
		begin := time.Now()
		say(Flush(within(time.Minute)) != nil, Shutdown(within(time.Minute)), Stats().Failed)
		say(time.Since(begin) < 30*time.Second)
	},
}

// play runs a scene and returns what it says and what comes on stderr.
func play(t *testing.T, scene string, environment ...string) (said, told string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append([]string{"SCENE=" + scene}, environment...)
	var out, err2 bytes.Buffer
	c.Stdout, c.Stderr = &out, &err2
	if err := c.Run(); err != nil {
		t.Fatalf("%v\n%s%s", err, &out, &err2)
	}
	return out.String(), err2.String()
}

// startCollector accepts everything and gives the paths of requests for traces.
func startCollector(t *testing.T) (address string, paths chan string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	paths = make(chan string, 100)
	server := &http.Server{Protocols: new(http.Protocols), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "metrics") {
			paths <- r.URL.Path
		}
		if r.ProtoMajor == 2 {
			w.Header().Set("Grpc-Status", "0")
		}
	})}
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String(), paths
}

func TestQuickStart(t *testing.T) {
	address, paths := startCollector(t)
	for protocol, path := range map[string]string{"": "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "http/protobuf": "/v1/traces"} {
		said, told := play(t, "spans", "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+address, "OTEL_EXPORTER_OTLP_PROTOCOL="+protocol)
		said, took, _ := strings.Cut(said, "took ")
		if said != "false\ntrue 3\n<nil>\n2 0 0\n<nil>\n" || told != "" {
			t.Errorf("said %q told %q", said, told)
		}
		if got := <-paths; got != path {
			t.Errorf("request for %s", got)
		}
		t.Logf("Start took %s", took)
	}
}

func TestDisabled(t *testing.T) {
	said, told := play(t, "spans", "OTEL_SDK_DISABLED=True")
	if !strings.HasPrefix(said, "false\nfalse 3\n<nil>\n0 0 0\n<nil>\n") || told != "" {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestConsoleGoesToStderr(t *testing.T) {
	said, told := play(t, "spans", "OTEL_TRACES_EXPORTER=console", "OTEL_SERVICE_NAME=shop")
	if !strings.HasPrefix(said, "false\ntrue 3\n<nil>\n0 0 0\n<nil>\n") || strings.Count(told, "trace ") != 2 || !strings.Contains(told, "└─ INTERNAL by early") || !strings.Contains(told, "[shop]") {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestTroubleIsToldOnce(t *testing.T) {
	said, told := play(t, "spans", "OTEL_TRACES_EXPORTER=none,jaeger", "OTEL_PROPAGATORS=x-ray", "OTEL_TRACES_SAMPLER=sometimes", "OTEL_BSP_MAX_QUEUE_SIZE=-1", "OTEL_SDK_DISABLED=1")
	want := `otel: OTEL_PROPAGATORS: unknown propagator "x-ray"; known are tracecontext, baggage, b3, b3multi, jaeger, ottrace, xray and none
otel: OTEL_SDK_DISABLED: "1" is neither true nor false; false is used
otel: OTEL_BSP_MAX_QUEUE_SIZE: "-1" is not a positive number; 2048 is used
otel: OTEL_TRACES_EXPORTER: unknown exporter "jaeger"; known are otlp, console and none
otel: OTEL_TRACES_SAMPLER: unknown sampler "sometimes"; known are always_on, always_off, traceidratio, jaeger_remote, and these with parentbased_ before; parentbased_always_on is used
`
	if !strings.HasPrefix(said, "false\ntrue 0\n<nil>\n0 0 0\n<nil>\n") || told != want {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestSamplerIsReadFromTheEnvironment(t *testing.T) {
	said, told := play(t, "spans", "OTEL_TRACES_SAMPLER=always_off", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1")
	if !strings.HasPrefix(said, "false\ntrue 3\n<nil>\n0 0 0\n<nil>\n") || told != "" {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestProgramsOwnProviderStays(t *testing.T) {
	said, told := play(t, "own provider first")
	if said != "true 2 [baggage] <nil> <nil>\n" || told != "" {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestProgramsLaterProviderWins(t *testing.T) {
	address, _ := startCollector(t)
	said, told := play(t, "own provider later", "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+address)
	if said != "3 <nil> 2\n" || told != "" {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestEndWithoutCollector(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	said, told := play(t, "end", "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+address, "OTEL_EXPORTER_OTLP_TIMEOUT=60000")
	if said != "true <nil> 1\ntrue\n" || strings.Count(told, "\n") != 1 || !strings.Contains(told, "connection refused; the program is not affected") {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestConfigurationFile(t *testing.T) {
	address, paths := startCollector(t)
	file := filepath.Join(t.TempDir(), "otel.yaml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(`file_format: "1.0"
resource: {attributes: [{name: service.name, value: filed}]}
propagator: {composite: [{b3: }]}
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http: {endpoint: "http://${ADDRESS}/there"}
  sampler: {always_on: }
  views: 7
`)
	said, told := play(t, "spans", "OTEL_CONFIG_FILE="+file, "ADDRESS="+address, "OTEL_TRACES_SAMPLER=always_off", "OTEL_TRACES_EXPORTER=none")
	if !strings.HasPrefix(said, "false\ntrue 1\n<nil>\n2 0 0\n<nil>\n") || told != "otel: OTEL_CONFIG_FILE: "+file+":10:3: \"views\" isn't supported; it is ignored\n" {
		t.Errorf("said %q told %q", said, told)
	}
	if path := <-paths; path != "/there" {
		t.Errorf("sent to %s", path)
	}

	write("file_format: \"1.0\"\ntracer_provider:\n\tsampler: {}\n")
	said, told = play(t, "spans", "OTEL_CONFIG_FILE="+file)
	if !strings.HasPrefix(said, "false\nfalse 0\n") || told != "otel: OTEL_CONFIG_FILE: "+file+":3:1: a tab can't indent; there is no telemetry\n" {
		t.Errorf("said %q told %q", said, told)
	}
}

func TestTroubleGoesToTheProgramsErrorHandler(t *testing.T) {
	said, told := play(t, "own error handler", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1")
	if !strings.HasPrefix(said, "mine: telemetry is not being delivered: ") || told != "" {
		t.Errorf("said %q told %q", said, told)
	}
	said, told = play(t, "end", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "OTEL_LOG_LEVEL=none")
	if !strings.HasPrefix(said, "true <nil> 1") || told != "" {
		t.Errorf("said %q told %q", said, told)
	}
}
