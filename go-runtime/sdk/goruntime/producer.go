// SPDX-License-Identifier: Apache-2.0

// Package goruntime has metrics of the Go run time and of the process, by the
// semantic conventions where they name one; what they don't name begins with
// "otel.". They are read when somebody collects, never in between.
//
// https://opentelemetry.io/docs/specs/semconv/runtime/go-metrics/
// https://opentelemetry.io/docs/specs/semconv/system/process-metrics/
package goruntime

import (
	"context"
	"math"
	"runtime/metrics"
	"sync"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/conventions"
)

// started is close enough to the process's start: package variables of the run
// time are among the first that a program initialises.
var started = time.Now()

// Samples of package runtime/metrics, in the order of names below.
const (
	memoryTotal = iota
	memoryReleased
	memoryStacks
	memoryLimit
	allocatedBytes
	allocatedObjects
	goal
	goroutines
	processors
	gogc
	cycles
	latencies
	pauses
)

var names = []string{
	memoryTotal:      "/memory/classes/total:bytes",
	memoryReleased:   "/memory/classes/heap/released:bytes",
	memoryStacks:     "/memory/classes/heap/stacks:bytes",
	memoryLimit:      "/gc/gomemlimit:bytes",
	allocatedBytes:   "/gc/heap/allocs:bytes",
	allocatedObjects: "/gc/heap/allocs:objects",
	goal:             "/gc/heap/goal:bytes",
	goroutines:       "/sched/goroutines:goroutines",
	processors:       "/sched/gomaxprocs:threads",
	gogc:             "/gc/gogc:percent",
	cycles:           "/gc/cycles/total:gc-cycles",
	latencies:        "/sched/latencies:seconds",
	pauses:           "/sched/pauses/total/gc:seconds",
}

// Producer is a metric.Producer: give it to each reader by metric.WithProducer.
type Producer struct {
	mu      sync.Mutex
	samples []metrics.Sample
}

var _ metric.Producer = (*Producer)(nil)

// NewProducer reads nothing yet.
func NewProducer() *Producer {
	p := &Producer{samples: make([]metrics.Sample, len(names))}
	for i, name := range names {
		p.samples[i].Name = name
	}
	return p
}

// Produce is one collection. Everything is cumulative from the process's start.
func (p *Producer) Produce(context.Context) ([]metricdata.ScopeMetrics, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	metrics.Read(p.samples)
	now := time.Now()
	all := append(p.memory(now), p.scheduler(now)...)
	return []metricdata.ScopeMetrics{{
		Scope:   instrumentation.Scope{Name: "otel.runtime/goruntime", SchemaURL: conventions.SchemaURL},
		Metrics: append(all, process(now)...),
	}}, nil
}

func (p *Producer) memory(now time.Time) []metricdata.Metrics {
	kind := attribute.Key("go.memory.type")
	stacks := p.number(memoryStacks)
	others := p.number(memoryTotal) - p.number(memoryReleased) - stacks
	all := []metricdata.Metrics{
		sum("go.memory.used", "By", "Memory used by the Go runtime.", false,
			point(now, stacks, kind.String("stack")), point(now, others, kind.String("other"))),
		sum("go.memory.allocated", "By", "Memory allocated to the heap by the application.", true, point(now, p.number(allocatedBytes))),
		sum("go.memory.allocations", "{allocation}", "Count of allocations to the heap by the application.", true, point(now, p.number(allocatedObjects))),
		sum("go.memory.gc.goal", "By", "Heap size target for the end of the GC cycle.", false, point(now, p.number(goal))),
		sum("otel.go.gc.cycles", "{gc_cycle}", "Count of completed GC cycles.", true, point(now, p.number(cycles))),
	}
	if limit := p.number(memoryLimit); limit != math.MaxInt64 {
		all = append(all, sum("go.memory.limit", "By", "Go runtime memory limit configured by the user, if a limit exists.", false, point(now, limit)))
	}
	return p.histogram(all, pauses, now, "otel.go.gc.pause.duration", "Duration of the pauses for GC.")
}

func (p *Producer) scheduler(now time.Time) []metricdata.Metrics {
	all := []metricdata.Metrics{
		sum("go.goroutine.count", "{goroutine}", "Count of live goroutines.", false, point(now, p.number(goroutines))),
		sum("go.processor.limit", "{thread}", "The number of OS threads that can execute user-level Go code simultaneously.", false, point(now, p.number(processors))),
		sum("go.config.gogc", "%", "Heap size target percentage configured by the user, otherwise 100.", false, point(now, p.number(gogc))),
	}
	return p.histogram(all, latencies, now, "go.schedule.duration", "The time goroutines have spent in the scheduler in a runnable state before actually running.")
}

// number is 0 for a metric that this Go release doesn't have.
func (p *Producer) number(i int) int64 {
	if v := p.samples[i].Value; v.Kind() == metrics.KindUint64 {
		if n := v.Uint64(); n <= math.MaxInt64 {
			return int64(n)
		}
		return math.MaxInt64
	}
	return 0
}

func (p *Producer) histogram(to []metricdata.Metrics, i int, now time.Time, name, description string) []metricdata.Metrics {
	v := p.samples[i].Value
	if v.Kind() != metrics.KindFloat64Histogram {
		return to
	}
	return append(to, metricdata.Metrics{Name: name, Unit: "s", Description: description, Data: metricdata.Histogram[float64]{
		Temporality: metricdata.CumulativeTemporality,
		DataPoints:  []metricdata.HistogramDataPoint[float64]{condense(v.Float64Histogram(), now)},
	}})
}

func sum(name, unit, description string, monotonic bool, points ...metricdata.DataPoint[int64]) metricdata.Metrics {
	return metricdata.Metrics{Name: name, Unit: unit, Description: description, Data: metricdata.Sum[int64]{
		Temporality: metricdata.CumulativeTemporality, IsMonotonic: monotonic, DataPoints: points,
	}}
}

func point(now time.Time, v int64, attributes ...attribute.KeyValue) metricdata.DataPoint[int64] {
	return metricdata.DataPoint[int64]{Attributes: attribute.NewSet(attributes...), StartTime: started, Time: now, Value: v}
}
