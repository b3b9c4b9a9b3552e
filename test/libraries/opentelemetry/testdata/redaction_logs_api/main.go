// SPDX-License-Identifier: Apache-2.0

// Records of the Logs API, by itself and through bridges.
package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/log"
	"go.opentelemetry.io/otel/log/global"
)

type both struct {
	slog.Handler
	second slog.Handler
}

func (h both) Handle(ctx context.Context, r slog.Record) error {
	h.Handler.Handle(ctx, r)
	return h.second.Handle(ctx, r)
}

func main() {
	var record log.Record
	record.SetBody(attribute.StringValue("through the Logs API"))
	record.SetEventName("my.event")
	record.AddAttributes(attribute.Int("n", 1), attribute.StringSlice("list", []string{"a", "b"}))
	global.Logger("app").Emit(context.Background(), record)
	otelslog.NewLogger("bridge").With("a", "b").Info("bridged", "n", 1)
	slog.New(both{slog.NewJSONHandler(os.Stdout, nil), otelslog.NewHandler("bridge")}).Info("both", "n", 2)
	time.Sleep(1100 * time.Millisecond)
}
