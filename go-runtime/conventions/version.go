// SPDX-License-Identifier: Apache-2.0

// Package conventions says which version of the OpenTelemetry semantic
// conventions the names, units and values of all hooks follow, and reads what
// OTEL_SEMCONV_STABILITY_OPT_IN says of older ones.
package conventions

// Version is the one version that is followed, and that test/libraries compares
// with what is exported.
const Version = "1.43.0"

// SchemaURL names it in instrumentation scopes.
const SchemaURL = "https://opentelemetry.io/schemas/" + Version
