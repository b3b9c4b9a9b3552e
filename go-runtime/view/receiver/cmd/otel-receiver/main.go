// SPDX-License-Identifier: Apache-2.0

// otel-receiver takes spans over OTLP and prints them.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"otel.runtime/view/receiver"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := receiver.Run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}
