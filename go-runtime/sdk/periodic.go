// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"time"

	"go.opentelemetry.io/otel"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/internal/apart"
	"otel.runtime/internal/schedule"
)

// periodicReader collects and exports as the SDK's PeriodicReader does, but has
// no goroutine between two exports.
type periodicReader struct {
	*sdkmetric.ManualReader
	to      sdkmetric.Exporter
	timeout time.Duration
	turn    chan struct{} // holds a token while nobody exports
	when    *schedule.Schedule
}

var _ sdkmetric.Reader = (*periodicReader)(nil)

// newPeriodicReader takes producers of cumulative metrics beside what is recorded.
func newPeriodicReader(to sdkmetric.Exporter, every, timeout time.Duration, producers ...sdkmetric.Producer) *periodicReader {
	options := []sdkmetric.ManualReaderOption{sdkmetric.WithTemporalitySelector(to.Temporality), sdkmetric.WithAggregationSelector(to.Aggregation)}
	for _, producer := range producers {
		options = append(options, sdkmetric.WithProducer(preferring(to.Temporality, producer)))
	}
	r := &periodicReader{ManualReader: sdkmetric.NewManualReader(options...), to: to, timeout: timeout, turn: make(chan struct{}, 1)}
	r.turn <- struct{}{}
	r.when = schedule.Start(every, r.collect)
	return r
}

// collect has the program's callbacks called here, and returns what exports what
// they told. A flush under way does both itself.
func (r *periodicReader) collect() (send func()) {
	select {
	case <-r.turn:
	default:
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.timeout)
	end := func(err error) {
		cancel()
		r.turn <- struct{}{}
		if err != nil {
			apart.Outside(func() { otel.Handle(err) })
		}
	}
	all := new(metricdata.ResourceMetrics)
	if err := r.Collect(ctx, all); err != nil {
		end(err)
		return nil
	}
	return func() { end(r.to.Export(ctx, all)) }
}

func (r *periodicReader) export(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	select {
	case <-r.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { r.turn <- struct{}{} }()
	var all metricdata.ResourceMetrics
	var err error
	if apart.Outside(func() { err = r.Collect(ctx, &all) }); err != nil {
		return err
	}
	return r.to.Export(ctx, &all)
}

// ForceFlush exports what has been recorded, until ctx ends.
func (r *periodicReader) ForceFlush(ctx context.Context) error {
	if err := r.export(ctx); err != nil {
		return err
	}
	return r.to.ForceFlush(ctx)
}

// Shutdown is ForceFlush, after which nothing is collected.
func (r *periodicReader) Shutdown(ctx context.Context) error {
	r.when.Stop()
	err := r.export(ctx)
	if closed := r.ManualReader.Shutdown(ctx); err == nil {
		err = closed
	}
	if closed := r.to.Shutdown(ctx); err == nil {
		err = closed
	}
	return err
}
