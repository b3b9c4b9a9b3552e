// SPDX-License-Identifier: Apache-2.0

package goruntime

import (
	"context"
	"math"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

func TestProducedMetrics(t *testing.T) {
	runtime.GC()
	scopes, err := NewProducer().Produce(context.Background())
	if err != nil || len(scopes) != 1 {
		t.Fatal(scopes, err)
	}
	values := map[string]int64{}
	for _, m := range scopes[0].Metrics {
		switch data := m.Data.(type) {
		case metricdata.Sum[int64]:
			for _, p := range data.DataPoints {
				values[m.Name] += p.Value
			}
		case metricdata.Histogram[float64]:
			values[m.Name] = int64(data.DataPoints[0].Count)
		case metricdata.Sum[float64]:
			values[m.Name] = int64(len(data.DataPoints))
		case metricdata.Gauge[float64]:
			values[m.Name] = 1
		}
	}
	for _, name := range []string{"go.memory.used", "go.memory.allocated", "go.memory.allocations", "go.memory.gc.goal", "go.goroutine.count",
		"go.processor.limit", "go.config.gogc", "go.schedule.duration", "otel.go.gc.cycles", "otel.go.gc.pause.duration", "process.uptime"} {
		if values[name] <= 0 {
			t.Errorf("%s is %d", name, values[name])
		}
	}
	if values["go.processor.limit"] != int64(runtime.GOMAXPROCS(0)) {
		t.Errorf("go.processor.limit is %d", values["go.processor.limit"])
	}
	if runtime.GOOS == "linux" && (values["process.memory.usage"] < 1<<20 || values["process.memory.virtual"] < values["process.memory.usage"] || values["process.cpu.time"] != 2 ||
		values["process.unix.file_descriptor.count"] < 3) {
		t.Errorf("process: %v", values)
	}
	if _, set := values["go.memory.limit"]; set {
		t.Error("a memory limit that nobody set")
	}
}

// Every name that is read exists in this Go release, or its metric would be 0.
func TestRunTimeHasTheMetrics(t *testing.T) {
	known := map[string]bool{}
	for _, d := range metrics.All() {
		known[d.Name] = true
	}
	for _, name := range names {
		if !known[name] {
			t.Errorf("no %s", name)
		}
	}
}

func TestCondense(t *testing.T) {
	from := &metrics.Float64Histogram{
		Counts:  []uint64{1, 2, 3, 4},
		Buckets: []float64{math.Inf(-1), 1e-6, 5e-4, 0.5, math.Inf(1)},
	}
	p := condense(from, time.Now())
	want := []uint64{1, 0, 0, 2, 0, 0, 3, 4}
	for i := range want {
		if p.BucketCounts[i] != want[i] {
			t.Fatalf("%v, want %v", p.BucketCounts, want)
		}
	}
	if p.Count != 10 || math.Abs(p.Sum-(0.5e-6+2*(1e-6+5e-4)/2+3*(5e-4+0.5)/2+4*0.5)) > 1e-12 {
		t.Errorf("%+v", p)
	}
}
