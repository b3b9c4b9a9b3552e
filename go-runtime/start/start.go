// SPDX-License-Identifier: Apache-2.0

// Package start puts the run time together when a woven program starts. The
// generated otel.runtime.go of each main package imports it, and so does glue:
// the SDK is set up before any hook can be called.
package start

import (
	"otel.runtime/current"
	"otel.runtime/jaegerremote"
	"otel.runtime/life"
	"otel.runtime/meter"
	"otel.runtime/otlp"
	"otel.runtime/prometheus"
	"otel.runtime/sdk"
)

func init() {
	otlp.Suppress = current.Suppress
	prometheus.Suppress = current.Suppress
	jaegerremote.Suppress = current.Suppress
	meter.Provide = sdk.MeterProvider
	sdk.Start()
	if sdk.Enabled() {
		life.Start(sdk.Flush)
	}
}
