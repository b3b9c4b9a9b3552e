// SPDX-License-Identifier: Apache-2.0

package meter

import (
	"context"
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

// A cache doesn't grow with what comes from outside.
func TestCacheIsBounded(t *testing.T) {
	var c Cache[int]
	built := 0
	build := func(n int) []attribute.KeyValue { built++; return []attribute.KeyValue{attribute.Int("n", n)} }
	for round := 0; round < 2; round++ {
		for n := 0; n < 2*cacheLimit; n++ {
			c.Get(n, build)
		}
	}
	if built != 3*cacheLimit {
		t.Errorf("%d sets built", built)
	}
	size := 0
	c.known.Range(func(any, any) bool { size++; return true })
	if size != cacheLimit {
		t.Errorf("%d sets kept", size)
	}
}
