// SPDX-License-Identifier: Apache-2.0

package clientgolang

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// started is since when what has no time of its own is counted.
var started = time.Now()

// producer is a metric.Producer of the registries.
type producer struct {
	registries *registries
	busy       atomic.Bool // a collection is under way
}

var errBusy = errors.New("client_golang: a collector doesn't answer; its metrics are missing")

// Produce gathers as a scrape does: it runs the program's collectors. As these may
// block, they are waited for no longer than ctx, and not started again before they
// have ended.
func (p *producer) Produce(ctx context.Context) ([]metricdata.ScopeMetrics, error) {
	all := p.registries.all()
	if len(all) == 0 {
		return nil, nil
	}
	if !p.busy.CompareAndSwap(false, true) {
		return nil, errBusy
	}
	done := make(chan []metricdata.Metrics, 1)
	go func() {
		defer p.busy.Store(false)
		done <- gathered(all)
	}()
	select {
	case metrics := <-done:
		if len(metrics) == 0 {
			return nil, nil
		}
		return []metricdata.ScopeMetrics{{Scope: instrumentation.Scope{Name: library.Scope.Name}, Metrics: metrics}}, nil
	case <-ctx.Done():
		return nil, errBusy
	}
}

// gathered is what all registries have. An error of a collector's is the scraper's
// to see; what was gathered in spite of it is used.
func gathered(all []any) []metricdata.Metrics {
	var found collection
	now := time.Now()
	for _, registry := range all {
		_ = gather(registry, func(encoded []byte) { found.add(encoded, now) })
	}
	return found.metrics()
}
