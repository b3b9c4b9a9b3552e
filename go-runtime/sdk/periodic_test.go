// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// counting is an exporter of metrics that counts what it is asked for.
type counting struct {
	exports, flushes, shutdowns, metrics atomic.Int64
}

func (*counting) Temporality(sdkmetric.InstrumentKind) metricdata.Temporality {
	return metricdata.DeltaTemporality
}
func (*counting) Aggregation(k sdkmetric.InstrumentKind) sdkmetric.Aggregation {
	return sdkmetric.DefaultAggregationSelector(k)
}
func (c *counting) Export(_ context.Context, all *metricdata.ResourceMetrics) error {
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			if sum, ok := m.Data.(metricdata.Sum[int64]); ok && sum.Temporality == metricdata.DeltaTemporality {
				c.metrics.Add(1)
			}
		}
	}
	c.exports.Add(1)
	return nil
}
func (c *counting) ForceFlush(context.Context) error { c.flushes.Add(1); return nil }
func (c *counting) Shutdown(context.Context) error   { c.shutdowns.Add(1); return nil }

func TestMetricsAreExportedPeriodicallyAndWithoutAGoroutine(t *testing.T) {
	ctx, to := context.Background(), &counting{}
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(newPeriodicReader(to, time.Millisecond, time.Minute)))
	counter, _ := provider.Meter("m").Int64Counter("c")
	counter.Add(ctx, 1)
	for deadline := time.Now().Add(10 * time.Second); to.exports.Load() < 3 || to.metrics.Load() < 1; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not exported")
		}
	}
	if err := provider.Shutdown(ctx); err != nil || to.shutdowns.Load() != 1 {
		t.Error(err, to.shutdowns.Load())
	}
	if err := provider.ForceFlush(ctx); !errors.Is(err, sdkmetric.ErrReaderShutdown) {
		t.Error(err)
	}

	idle := &counting{}
	provider = sdkmetric.NewMeterProvider(sdkmetric.WithReader(newPeriodicReader(idle, time.Hour, time.Minute)))
	counter, _ = provider.Meter("m").Int64Counter("c")
	counter.Add(ctx, 1)
	if err := provider.ForceFlush(ctx); err != nil || idle.exports.Load() != 1 || idle.flushes.Load() != 1 || idle.metrics.Load() != 1 {
		t.Error(err, idle.exports.Load(), idle.flushes.Load())
	}
	b := make([]byte, 1<<20)
	if all := string(b[:runtime.Stack(b, true)]); strings.Contains(all, "eriodicReader") {
		t.Error(all)
	}
	if err := provider.Shutdown(ctx); err != nil || idle.exports.Load() != 2 {
		t.Error(err, idle.exports.Load())
	}
}
