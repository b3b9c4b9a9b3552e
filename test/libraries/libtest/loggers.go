// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// CompareLogs tests a logger's program, testdata/NAME, with each version of its
// module; "" for the standard library's. It writes lines before, in and after a
// request. plain.txt is what the plain build prints, woven.txt the woven one, with
// the ids of the server's span replaced; a woven program whose logger is switched
// off, or that has no SDK, prints what the plain one does.
func CompareLogs(t *testing.T, name, module string) {
	eachVersion(t, module, func(t *testing.T, requires []string) {
		p := NewProgram(t, filepath.Join("testdata", name), requires...)
		p.Complete(t, requires...)
		plain := p.Plain(t)
		Golden(t, filepath.Join(name, "plain.txt"), Run(t, plain, nil))
		woven := p.Woven(t)
		out, traced := RunWoven(t, woven, nil)
		checkJSON(t, out)
		for _, span := range traced.Spans {
			if span.Kind == "SERVER" {
				out = strings.ReplaceAll(out, span.TraceID, "TRACE")
				out = strings.ReplaceAll(out, span.SpanID, "SPAN")
			}
		}
		Golden(t, filepath.Join(name, "woven.txt"), out)
		Golden(t, filepath.Join(name, "exported.txt"), printedRecords(t, woven))
		RunRace(t, p, out, nil, func(output string) string {
			return spanID.ReplaceAllString(traceID.ReplaceAllString(output, "TRACE"), "SPAN")
		})
		for _, off := range []string{"OTEL_GO_DISABLED_INSTRUMENTATIONS=gin, " + name + " ,mux", "OTEL_SDK_DISABLED=true"} {
			out, _ := RunWoven(t, woven, []string{off})
			Golden(t, filepath.Join(name, "plain.txt"), out)
			counted, _ := RunWoven(t, woven, []string{off, "COUNT=1"})
			if want := Run(t, plain, []string{"COUNT=1"}); counted != want {
				t.Errorf("%s:\n%s", off, Difference(want, counted))
			}
		}
	})
}

// eachVersion is EachVersion for a module; once and without requirements for "",
// the standard library; once for a module with its version, "example.com/m@v1.2.3".
func eachVersion(t *testing.T, module string, test func(t *testing.T, requires []string)) {
	if module == "" || strings.Contains(module, "@") {
		test(t, strings.Fields(module))
		return
	}
	EachVersion(t, module, func(t *testing.T, _ string, requires []string) { test(t, requires) })
}

var (
	clock = regexp.MustCompile(`(?m)^log \d\d:\d\d:\d\d\.\d{3} `)
	ids   = regexp.MustCompile(`trace=[0-9a-f]{32} span=[0-9a-f]{16}$`)
	long  = regexp.MustCompile(`x{1000,}`)

	traceID = regexp.MustCompile(`\b[0-9a-f]{32}\b`)
	spanID  = regexp.MustCompile(`\b[0-9a-f]{16}\b`)
)

// printedRecords is what OTEL_LOGS_EXPORTER=console prints, without times, ids and
// what is long.
func printedRecords(t *testing.T, executable string) string {
	t.Helper()
	command := exec.Command(executable)
	command.Env = append(os.Environ(), "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none", "OTEL_LOGS_EXPORTER=console")
	var stderr strings.Builder
	command.Stderr = &stderr
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	var records []string
	for _, line := range strings.Split(stderr.String(), "\n") {
		if clock.MatchString(line) {
			line = ids.ReplaceAllString(clock.ReplaceAllString(line, "log "), "IDS")
			records = append(records, long.ReplaceAllString(line, "x…"))
		}
	}
	return strings.Join(records, "\n") + "\n"
}

// checkJSON decodes each line that begins like JSON: one object, and no name in
// it twice.
func checkJSON(t *testing.T, out string) {
	t.Helper()
	for _, line := range strings.Split(out, "\n") {
		if !strings.HasPrefix(line, "{") {
			continue
		}
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
		if strings.Count(line, `"trace_id":`) > 1 {
			t.Errorf("trace_id is there twice: %s", line)
		}
	}
}
