// SPDX-License-Identifier: Apache-2.0

package pyroscope

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/profile"
)

func window() []*profile.Profile {
	begin := time.Unix(1700000000, 0)
	frames := []profile.Frame{{Address: 16, Function: "main.hot", File: "main.go", Line: 7}}
	return []*profile.Profile{
		{Kind: profile.CPU, Start: begin, End: begin.Add(time.Second), Types: []profile.ValueType{{Type: "samples", Unit: "count"}, {Type: "cpu", Unit: "nanoseconds"}},
			PeriodType: profile.ValueType{Type: "cpu", Unit: "nanoseconds"}, Period: 20000000, Frames: frames,
			Samples: []profile.Sample{{Stack: []int32{0}, Values: []int64{3, 60000000}, Labels: []profile.Label{{Key: "customer", Value: "ann"}},
				Span: profile.Span{Trace: trace.TraceID{1}, ID: trace.SpanID{2}, Root: trace.SpanID{3}, Name: "SELECT", Work: "GET /shop", Route: "/shop"}}}},
		{Kind: profile.Heap, Start: begin, End: begin.Add(time.Second), Types: []profile.ValueType{{Type: "alloc_space", Unit: "bytes"}}, Frames: frames,
			PeriodType: profile.ValueType{Type: "space", Unit: "bytes"}, Samples: []profile.Sample{{Stack: []int32{0}, Values: []int64{5}}}},
	}
}

func TestIngest(t *testing.T) {
	type taken struct {
		query         url.Values
		header        http.Header
		user, secret  string
		profile, conf []byte
	}
	var all []taken
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/tenant/ingest" || r.Method != http.MethodPost {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		one := taken{query: r.URL.Query(), header: r.Header}
		one.user, one.secret, _ = r.BasicAuth()
		for name, to := range map[string]*[]byte{"profile": &one.profile, "sample_type_config": &one.conf} {
			if file, _, err := r.FormFile(name); err == nil {
				*to, _ = io.ReadAll(file)
			}
		}
		all = append(all, one)
	}))
	defer server.Close()
	values := map[string]string{"OTEL_GO_PYROSCOPE_ENDPOINT": server.URL + "/tenant/", "OTEL_GO_PYROSCOPE_TENANT": "team-a", "OTEL_GO_PYROSCOPE_USER": "u", "OTEL_GO_PYROSCOPE_PASSWORD": "secret-word"}
	c := ConfigFromEnv(func(name string) string { return values[name] }, func(line string) { t.Error(line) })
	e := New(c, resource.NewSchemaless(attribute.String("service.name", "sh{op"), attribute.String("service.version", "2,1"), attribute.String("process.pid", "1")), func(line string) { t.Error(line) })
	if err := e.ExportProfiles(context.Background(), window()); err != nil || len(all) != 2 {
		t.Fatal(err, len(all))
	}
	cpu := all[0]
	if got := cpu.query.Encode(); got != "aggregationType=sum&from=1700000000000000000&name=sh_op%7Bservice_version%3D2_1%7D&sampleRate=50&spyName=gospy&units=samples&until=1700000001000000000" {
		t.Error(got)
	}
	if cpu.header.Get("X-Scope-OrgID") != "team-a" || cpu.user != "u" || cpu.secret != "secret-word" || len(cpu.conf) > 0 {
		t.Errorf("%v %s %s %s", cpu.header, cpu.user, cpu.secret, cpu.conf)
	}
	if !strings.Contains(string(all[1].conf), `"alloc_space":{"units":"bytes"}`) {
		t.Errorf("%s", all[1].conf)
	}
	file := filepath.Join(t.TempDir(), "profile")
	if err := os.WriteFile(file, cpu.profile, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "tool", "pprof", "-raw", file).CombinedOutput()
	for _, want := range []string{"3   60000000: 1", "customer:[ann]", "span_id:[0300000000000000]", "span_name:[GET /shop]", "route:[/shop]", "main.hot main.go:7"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%v: no %s in\n%s", err, want, out)
		}
	}
}

func TestTroubleIsReportedOnce(t *testing.T) {
	status := http.StatusUnauthorized
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		_, password, _ := r.BasicAuth()
		io.WriteString(w, "no such\nuser "+password)
	}))
	defer server.Close()
	var told []string
	report := func(line string) { told = append(told, line) }
	values := map[string]string{"OTEL_GO_PYROSCOPE_ENDPOINT": strings.Replace(server.URL, "://", "://u:hidden-word@", 1)}
	e := New(ConfigFromEnv(func(name string) string { return values[name] }, report), resource.Empty(), report)
	export := func() { e.ExportProfiles(context.Background(), window()) }
	export()
	export()
	if len(told) != 1 || !strings.Contains(told[0], "401 Unauthorized: no such user REDACTED") || strings.Contains(told[0], "ingest") {
		t.Errorf("%q", told)
	}
	status = http.StatusOK
	export()
	server.Close()
	export()
	if len(told) != 2 || strings.Contains(told[1], "ingest") {
		t.Errorf("%q", told)
	}
	ConfigFromEnv(func(name string) string {
		return map[string]string{"OTEL_GO_PYROSCOPE_ENDPOINT": "localhost:4040"}[name]
	}, report)
	if len(told) != 3 {
		t.Errorf("%q", told)
	}
}
