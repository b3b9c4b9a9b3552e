// SPDX-License-Identifier: Apache-2.0

// Package meters gives a program that uses the metrics API, but has no SDK for
// it, ours. A program that links a metrics SDK of its own isn't given this
// package: its instruments would follow our provider rather than the one that it
// sets.
package meters

import (
	"otel.runtime/sdk"
	_ "otel.runtime/sdk/start" // is initialised before
)

func init() { sdk.SetGlobalMeterProvider() }
