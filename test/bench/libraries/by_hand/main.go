// SPDX-License-Identifier: Apache-2.0

// by_hand is the same program instrumented in the usual way: otelgin, otelsql, redisotel, and the span's ids as fields.
package main

import (
	"context"
	"database/sql"
	"log"

	"github.com/XSAM/otelsql"
	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/extra/redisotel/v9"
	"github.com/redis/go-redis/v9"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"

	"otel.test/libraries/calls"
	"otel.test/requests_by_hand/setup"
)

func main() {
	setup.Start(context.Background())
	calls.Print(calls.Instrumentation{
		Routes: func(engine *gin.Engine) { engine.Use(otelgin.Middleware("load")) },
		Open:   func(driver, name string) (*sql.DB, error) { return otelsql.Open(driver, name) },
		Client: func(client *redis.Client) {
			if err := redisotel.InstrumentTracing(client); err != nil {
				log.Fatal(err)
			}
			if err := redisotel.InstrumentMetrics(client); err != nil {
				log.Fatal(err)
			}
		},
		InSpan: func(ctx context.Context) (context.Context, func()) {
			ctx, span := otel.Tracer("load").Start(ctx, "lines")
			return ctx, func() { span.End() }
		},
		OfSpan: func(ctx context.Context) []zap.Field {
			of := trace.SpanContextFromContext(ctx)
			return []zap.Field{zap.String("trace_id", of.TraceID().String()), zap.String("span_id", of.SpanID().String()),
				zap.String("trace_flags", of.TraceFlags().String())}
		},
	})
}
