// SPDX-License-Identifier: Apache-2.0

// Package bridge stands between the set-up of metrics and hooks of other metrics
// libraries: a library that isn't linked isn't there.
package bridge

import (
	"context"
	"sync/atomic"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

// Prometheus, if set, produces what client_golang has gathered. Set it before the
// program's main function runs.
var Prometheus sdkmetric.Producer

// state is 0 until it is decided whether anybody wants what is produced.
var state atomic.Int32

const (
	unwanted = 1
	wanted   = 2
)

// Decide is called once by the set-up.
func Decide(want bool) {
	if want {
		state.Store(wanted)
	} else {
		state.Store(unwanted)
	}
}

// Unwanted reports whether nobody will ever ask.
func Unwanted() bool { return state.Load() == unwanted }

// Producer is a metric.Producer of Prometheus' metrics, if there are any.
type Producer struct{}

func (Producer) Produce(ctx context.Context) ([]metricdata.ScopeMetrics, error) {
	if Prometheus == nil {
		return nil, nil
	}
	return Prometheus.Produce(ctx)
}
