// SPDX-License-Identifier: Apache-2.0

package meter

import (
	"context"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

func TestNothingIsRecordedWithoutAProvider(t *testing.T) {
	defer func(f func() metric.MeterProvider) { Provide = f }(Provide)
	for _, provide := range []func() metric.MeterProvider{nil, func() metric.MeterProvider { return nil }} {
		Provide = provide
		h, c := &Histogram{Name: "h"}, &UpDownCounter{Name: "c"}
		h.Record(context.Background(), 1, Attributes{})
		c.Add(context.Background(), 1, Attributes{})
		if Used() {
			t.Error("used")
		}
	}
	provider := sdkmetric.NewMeterProvider()
	Provide = func() metric.MeterProvider { return provider }
	h := &Histogram{Name: "h"}
	h.Record(context.Background(), 1, NewAttributes(attribute.Int("a", 1)))
	if !Used() {
		t.Error("not used")
	}
}

// A cache doesn't grow with what comes from outside, and neither does what is told:
// the rest is one set.
func TestCacheIsBounded(t *testing.T) {
	var c Cache[int]
	built, over := 0, 0
	build := func(n int) []attribute.KeyValue { built++; return []attribute.KeyValue{attribute.Int("n", n)} }
	for round := 0; round < 2; round++ {
		for n := 0; n < 2*cacheLimit; n++ {
			if c.Get(n, build).record[0] == overflow.record[0] {
				over++
			}
		}
	}
	if built != cacheLimit || over != 2*cacheLimit {
		t.Errorf("%d sets built, %d over", built, over)
	}
}

func TestNamesAreBounded(t *testing.T) {
	names := Names{Limit: 2}
	var got []string
	for _, name := range []string{"a", "b", "c", "a", "d", "b"} {
		got = append(got, names.Get(name, "_OTHER"))
	}
	if text := strings.Join(got, " "); text != "a b _OTHER a _OTHER b" {
		t.Error(text)
	}
}
