// SPDX-License-Identifier: Apache-2.0

// plain is the service as it is built with go and with otel.
package main

import (
	"net/http"

	"otel.test/requests/load"
)

func main() { load.Print(load.Handler(), http.DefaultTransport) }
