// SPDX-License-Identifier: Apache-2.0

// Package clientgolang produces the metrics that a program counts with
// github.com/prometheus/client_golang, for OTEL_METRICS_PRODUCERS=prometheus: those
// of the default registry and of what promhttp serves. rulesets/client_golang
// says where it gets them. Nothing here imports client_golang: the program's version
// of it stays the program's.
package clientgolang

import (
	"reflect"
	"sync"
	"unsafe"

	"otel.runtime/instrumentation"
	"otel.runtime/internal/bridge"
)

// gather and parts are in the files that are added to package prometheus; nil
// without them.
//
//go:linkname gather github.com/prometheus/client_golang/prometheus.otelGather
var gather func(gatherer any, family func(encoded []byte)) error

//go:linkname parts github.com/prometheus/client_golang/prometheus.otelParts
var parts func(gatherer any) (parts []any, known bool)

// DefaultGatherer is prometheus.DefaultGatherer. The rule prometheus_default sets
// it.
var DefaultGatherer func() any

// served is called by the file that is added to promhttp.
//
//go:linkname served github.com/prometheus/client_golang/prometheus/promhttp.otelServed
var served func(registry any)

// bridged is called by the file that is added to the program's own bridge.
//
//go:linkname bridged go.opentelemetry.io/contrib/bridges/prometheus.otelBridged
var bridged func()

var library = instrumentation.New("otel.runtime/clientgolang", "client_golang", "github.com/prometheus/client_golang")

func init() {
	if library.Off {
		return
	}
	var all registries
	served, bridged = all.add, all.yield
	bridge.Prometheus = &producer{registries: &all}
}

// registryLimit bounds what is remembered: programs that make a registry for each
// request serve it by a handler that is made for it.
const registryLimit = 64

// registries are those that the program serves.
type registries struct {
	mu      sync.Mutex
	known   []any
	yielded bool // the program exports them itself
}

func (r *registries) yield() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.yielded = true
}

// add remembers a registry, by what it is made of.
func (r *registries) add(registry any) {
	if bridge.Unwanted() || parts == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, part := range flat(registry, nil, 0) {
		if len(r.known) < registryLimit {
			r.known = added(r.known, part)
		}
	}
}

// all are the default registry and those that were served; none where the program
// exports them itself.
func (r *registries) all() []any {
	if parts == nil || gather == nil || DefaultGatherer == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.yielded {
		return nil
	}
	var all []any
	for _, part := range flat(DefaultGatherer(), nil, 0) {
		all = added(all, part)
	}
	for _, part := range r.known {
		all = added(all, part)
	}
	return all
}

// flat are the gatherers that a gatherer passes on, or itself.
func flat(gatherer any, to []any, depth int) []any {
	inner, several := listed(gatherer)
	if !several {
		known := false
		if inner, known = parts(gatherer); !known {
			return to
		}
	}
	if depth > 8 {
		return to
	}
	if len(inner) == 0 && !several {
		return append(to, gatherer)
	}
	for _, part := range inner {
		to = flat(part, to, depth+1)
	}
	return to
}

// listed are the gatherers of a prometheus.Gatherers or a prometheus.MultiTRegistry.
func listed(gatherer any) (inner []any, several bool) {
	list := reflect.ValueOf(gatherer)
	if list.Kind() == reflect.Pointer && isOf(list.Type().Elem(), "MultiTRegistry") && !list.IsNil() {
		list = list.Elem().FieldByName("tGatherers")
		if !list.IsValid() || list.Kind() != reflect.Slice {
			return nil, false
		}
		list = reflect.NewAt(list.Type(), unsafe.Pointer(list.UnsafeAddr())).Elem() // as the field isn't exported
	} else if list.Kind() != reflect.Slice || !isOf(list.Type(), "Gatherers") {
		return nil, false
	}
	for i := 0; i < list.Len(); i++ {
		inner = append(inner, list.Index(i).Interface())
	}
	return inner, true
}

func isOf(t reflect.Type, name string) bool {
	return t.Name() == name && t.PkgPath() == "github.com/prometheus/client_golang/prometheus"
}

// added is all with one more, unless that is among them. What can't be compared is
// another each time.
func added(all []any, one any) []any {
	if reflect.TypeOf(one).Comparable() {
		for _, known := range all {
			if same(known, one) {
				return all
			}
		}
	}
	return append(all, one)
}

// same is false for what turns out not to be comparable.
func same(a, b any) (same bool) {
	defer func() { _ = recover() }()
	return a == b
}
