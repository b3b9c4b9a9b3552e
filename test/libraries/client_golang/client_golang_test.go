// SPDX-License-Identifier: Apache-2.0

// Package clientgolang has a program that counts with client_golang.
package clientgolang

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"libraries/libtest"
	"otel.runtime/view/receiver"
)

const scope = "otel.runtime/clientgolang"

// With OTEL_METRICS_PRODUCERS=prometheus what the program's registries have is
// exported too; without it nothing of that is. What it prints stays as it is.
func TestClientGolang(t *testing.T) {
	libtest.EachVersion(t, "github.com/prometheus/client_golang", func(t *testing.T, version string, requires []string) {
		program := libtest.NewProgram(t, "testdata/counters", requires...)
		native := "testdata/native.go.txt"
		if version == "v1.11.0" {
			native = "testdata/no_native.go.txt"
		}
		text, err := os.ReadFile(native)
		if err != nil {
			t.Fatal(err)
		}
		program.Write(t, "native.go", string(text))
		program.Complete(t, requires...)
		plain, woven := program.Plain(t), program.Woven(t)
		libtest.SameModules(t, plain, woven)

		want := libtest.Run(t, plain, nil)
		if !strings.Contains(want, "second 200\n") || !strings.Contains(want, "second_total 1\n") {
			t.Errorf("the program says:\n%s", want)
		}
		for _, test := range []struct {
			env  []string
			want string
		}{
			{[]string{"OTEL_METRICS_EXPORTER=otlp"}, ""},
			{[]string{"OTEL_METRICS_EXPORTER=otlp", "OTEL_METRICS_PRODUCERS=none"}, ""},
			{[]string{"OTEL_METRICS_EXPORTER=otlp", "OTEL_METRICS_PRODUCERS=prometheus", "OTEL_GO_DISABLED_INSTRUMENTATIONS=client_golang"}, ""},
			{[]string{"OTEL_METRICS_EXPORTER=otlp", "OTEL_METRICS_PRODUCERS=prometheus"}, wanted(version, "cumulative")},
			{[]string{"OTEL_METRICS_EXPORTER=otlp", "OTEL_METRICS_PRODUCERS=prometheus", "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=delta"}, wanted(version, "delta")},
		} {
			got, exported := libtest.RunWoven(t, woven, test.env)
			if got != want {
				t.Errorf("plain and woven differ with %s:\n%s", test.env, libtest.Difference(want, got))
			}
			if text := bridged(exported); text != test.want {
				t.Errorf("%s: exported\n%swant\n%s", test.env, text, test.want)
			}
			for _, id := range []string{"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10", "\x11\x12\x03\x04\x05\x06\x07\x08"} {
				if exported.Holds(id) != (test.want != "") {
					t.Errorf("%s: the exemplar of %x is wrong", test.env, id)
				}
			}
		}
		libtest.RunRace(t, program, want, []string{"OTEL_METRICS_EXPORTER=otlp", "OTEL_METRICS_PRODUCERS=prometheus"}, libtest.AsIs)
	})
}

// A program with a bridge of its own exports its registries once, by that.
func TestOwnBridge(t *testing.T) {
	const bridge = "go.opentelemetry.io/contrib/bridges/prometheus@v0.68.0"
	program := libtest.NewProgram(t, "testdata/own_bridge", bridge)
	program.Complete(t, bridge)
	plain, woven := program.Plain(t), program.Woven(t)
	want := libtest.Run(t, plain, nil)
	if !strings.Contains(want, "shop_jobs_total\n") {
		t.Errorf("the program says:\n%s", want)
	}
	for _, args := range [][]string{nil, {"--without"}} {
		want := libtest.Run(t, plain, nil, args...)
		got, exported := libtest.RunWoven(t, woven, []string{"OTEL_METRICS_EXPORTER=otlp", "OTEL_METRICS_PRODUCERS=prometheus"}, args...)
		if got != want {
			t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
		}
		if text := bridged(exported); (text == "") != (args == nil) {
			t.Errorf("%s: exported\n%s", args, text)
		}
	}
}

func wanted(version, temporality string) string {
	native := "native_seconds exponential histogram cumulative: 6 of 103.5, scale 0, zero 1, from -1 [1 1 1 0 0 0 0 1], from 0 [1]: Without bounds.\n"
	if version == "v1.11.0" {
		native = ""
	}
	return strings.ReplaceAll(native+`second_total sum TEMPORALITY: 1: In another registry.
shop_free gauge: 7: What it is.
shop_jobs_total sum TEMPORALITY kind=mail: 4: Jobs done.
shop_jobs_total sum TEMPORALITY kind=print: 1: Jobs done.
shop_latency_seconds histogram TEMPORALITY: 2 of 5.05 [1 0 1]: How long it took.
shop_size_bytes summary: 2 of 40, 0.5=10 1=30: How large it was.
shop_stock gauge: 2.5: Things in stock.
`, "TEMPORALITY", temporality)
}

// bridged is the program's own of the metrics, a line for each point.
func bridged(e libtest.Exported) string {
	var lines []string
	for _, m := range e.Metrics {
		if m.Scope.Name != scope || !strings.HasPrefix(m.Name, "shop_") && !strings.HasPrefix(m.Name, "second_") && !strings.HasPrefix(m.Name, "native_") && !strings.HasPrefix(m.Name, "unserved_") {
			continue
		}
		line := m.Name + " " + string(m.Type)
		switch m.Temporality {
		case receiver.Delta:
			line += " delta"
		case receiver.Cumulative:
			line += " cumulative"
		}
		for _, p := range m.Points {
			lines = append(lines, line+pointText(m.Type, p)+": "+m.Description+"\n")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func pointText(of receiver.MetricType, p receiver.Point) (text string) {
	for _, a := range p.Attributes {
		text += fmt.Sprintf(" %s=%v", a.Key, a.Value)
	}
	switch of {
	case receiver.Histogram:
		return text + fmt.Sprintf(": %d of %v %v", p.Count, p.Sum, p.Buckets)
	case receiver.ExponentialHistogram:
		e := p.Exponential
		return text + fmt.Sprintf(": %d of %v, scale %d, zero %d, from %d %v, from %d %v", p.Count, p.Sum, e.Scale, e.Zero,
			e.Positive.Offset, e.Positive.Counts, e.Negative.Offset, e.Negative.Counts)
	case receiver.Summary:
		text += fmt.Sprintf(": %d of %v,", p.Count, p.Sum)
		for _, q := range p.Quantiles {
			text += fmt.Sprintf(" %v=%v", q.Of, q.Value)
		}
		return text
	}
	return text + fmt.Sprintf(": %v", p.Value)
}
