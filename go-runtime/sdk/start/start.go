// SPDX-License-Identifier: Apache-2.0

// Package start puts the support module together when a woven program starts. The
// generated otel.runtime.go of each main package imports it, and so does glue:
// the SDK is set up before any hook can be called.
package start

import (
	"otel.runtime/current"
	"otel.runtime/exporter/otlp"
	"otel.runtime/exporter/prometheus"
	"otel.runtime/exporter/pyroscope"
	"otel.runtime/sdk"
	"otel.runtime/sdk/jaegerremote"
	"otel.runtime/sdk/life"
	"otel.runtime/telemetry/meter"
)

func init() {
	otlp.Suppress = current.Suppress
	prometheus.Suppress = current.Suppress
	pyroscope.Suppress = current.Suppress
	jaegerremote.Suppress = current.Suppress
	meter.Provide = sdk.MeterProvider
	sdk.Start()
	if sdk.Enabled() {
		life.Start(sdk.Flush)
	}
}
