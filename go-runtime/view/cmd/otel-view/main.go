// SPDX-License-Identifier: Apache-2.0

// otel-view is what `otel view` runs.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"otel.runtime/view"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := view.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}
