// SPDX-License-Identifier: Apache-2.0

// by_hand is the same service instrumented in the usual way, with otelhttp and the official exporters.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"otel.test/requests/load"
	"otel.test/requests_by_hand/setup"
)

func main() {
	setup.Start(context.Background())
	load.Print(otelhttp.NewHandler(load.Handler(), "load"), otelhttp.NewTransport(http.DefaultTransport))
}
