// SPDX-License-Identifier: Apache-2.0

// Package hooks is what package start is in a build with --no-sdk: what hooks
// tell goes to the tracer and meter providers that the program sets up
// itself, and nowhere without them.
package hooks

import (
	"go.opentelemetry.io/otel"

	"otel.runtime/telemetry/meter"
)

func init() { meter.Provide = otel.GetMeterProvider }
