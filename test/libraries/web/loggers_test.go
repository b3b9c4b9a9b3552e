// SPDX-License-Identifier: Apache-2.0

package web

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A logger's program writes lines before, in and after a request. plain.txt is
// what the plain build prints, woven.txt the woven one, with the ids of the
// server's span replaced; a woven program whose logger is switched off, or that
// has no SDK, prints what the plain one does.
func TestLoggers(t *testing.T) {
	for name, module := range map[string]string{
		"slog":   "std",
		"zap":    "go.uber.org/zap",
		"logrus": "github.com/sirupsen/logrus",
	} {
		t.Run(name, func(t *testing.T) {
			eachVersion(t, module, func(t *testing.T, requirements []string) {
				p := newProgram(t, name, requirements...)
				compare(t, output(t, p.plain(t)), filepath.Join(name, "plain.txt"))
				woven := p.woven(t)
				out, spans := traced(t, woven)
				checkJSON(t, out)
				for _, span := range spans {
					if span.Kind == "SERVER" {
						out = strings.ReplaceAll(out, span.TraceID, "TRACE")
						out = strings.ReplaceAll(out, span.SpanID, "SPAN")
					}
				}
				compare(t, out, filepath.Join(name, "woven.txt"))
				compare(t, exported(t, woven), filepath.Join(name, "exported.txt"))
				for _, off := range []string{"OTEL_GO_DISABLED_INSTRUMENTATIONS=slog, zap ,logrus", "OTEL_SDK_DISABLED=true"} {
					out, _ := traced(t, woven, off)
					compare(t, out, filepath.Join(name, "plain.txt"))
				}
			})
		})
	}
}

var (
	clock = regexp.MustCompile(`(?m)^log \d\d:\d\d:\d\d\.\d{3} `)
	ids   = regexp.MustCompile(`trace=[0-9a-f]{32} span=[0-9a-f]{16}$`)
)

// exported is what OTEL_LOGS_EXPORTER=console prints, without times and ids.
func exported(t *testing.T, executable string) string {
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
			records = append(records, ids.ReplaceAllString(clock.ReplaceAllString(line, "log "), "IDS"))
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
