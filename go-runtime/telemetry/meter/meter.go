// SPDX-License-Identifier: Apache-2.0

// Package meter has the instruments that hooks record with. They are made when
// they are first used, from the provider that there is then: the program's own
// if it has set one, else what package sdk provides. Without either nothing is
// recorded, at the cost of one load.
package meter

import (
	"context"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// Provide gives the provider for instruments; nil, or a nil answer, for none.
// Set it before the program's main function runs.
var Provide func() metric.MeterProvider

var used atomic.Bool

// Used reports whether any instrument has recorded a value.
func Used() bool { return used.Load() }

// Provided reports whether there is a provider: what is only measured, and costs
// something, can be left out where there is none.
func Provided() bool { return Provide != nil && Provide() != nil }

// Scope names who records, as the instrumentation scope of the metrics.
type Scope struct{ Name, SchemaURL string }

func (s Scope) meter() metric.Meter {
	if !Provided() {
		return nil
	}
	used.Store(true)
	return Provide().Meter(s.Name, metric.WithSchemaURL(s.SchemaURL))
}

// Histogram is a float64 histogram.
type Histogram struct {
	Scope                   Scope
	Name, Unit, Description string
	Bounds                  []float64 // explicit bucket boundaries

	once sync.Once
	made metric.Float64Histogram
}

// Record is a no-op where metrics aren't collected.
func (h *Histogram) Record(ctx context.Context, v float64, with Attributes) {
	h.once.Do(func() {
		if m := h.Scope.meter(); m != nil {
			h.made, _ = m.Float64Histogram(h.Name, metric.WithUnit(h.Unit), metric.WithDescription(h.Description),
				metric.WithExplicitBucketBoundaries(h.Bounds...))
		}
	})
	if h.made != nil {
		h.made.Record(ctx, v, with.record...)
	}
}

// UpDownCounter is an int64 sum that goes both ways.
type UpDownCounter struct {
	Scope                   Scope
	Name, Unit, Description string

	once sync.Once
	made metric.Int64UpDownCounter
}

// Add is a no-op where metrics aren't collected.
func (c *UpDownCounter) Add(ctx context.Context, n int64, with Attributes) {
	c.once.Do(func() {
		if m := c.Scope.meter(); m != nil {
			c.made, _ = m.Int64UpDownCounter(c.Name, metric.WithUnit(c.Unit), metric.WithDescription(c.Description))
		}
	})
	if c.made != nil {
		c.made.Add(ctx, n, with.add...)
	}
}

// Counter is an int64 sum that only grows.
type Counter struct {
	Scope                   Scope
	Name, Unit, Description string

	once sync.Once
	made metric.Int64Counter
}

// Add is a no-op where metrics aren't collected.
func (c *Counter) Add(ctx context.Context, n int64, with Attributes) {
	c.once.Do(func() {
		if m := c.Scope.meter(); m != nil {
			c.made, _ = m.Int64Counter(c.Name, metric.WithUnit(c.Unit), metric.WithDescription(c.Description))
		}
	})
	if c.made != nil {
		c.made.Add(ctx, n, with.add...)
	}
}

// Attributes are made once for many values: sorting them and finding duplicates
// is most of what recording costs.
type Attributes struct {
	record []metric.RecordOption
	add    []metric.AddOption
}

// NewAttributes takes the last of attributes with the same key.
func NewAttributes(attributes ...attribute.KeyValue) Attributes {
	option := metric.WithAttributeSet(attribute.NewSet(attributes...))
	return Attributes{[]metric.RecordOption{option}, []metric.AddOption{option}}
}

// Observe registers callback for whenever metrics are collected; instruments
// makes what it observes. Called once, when there is something to observe.
func (s Scope) Observe(instruments func(metric.Meter) []metric.Observable, callback metric.Callback) {
	m := s.meter()
	if m == nil {
		return
	}
	_, _ = m.RegisterCallback(callback, instruments(m)...)
}
