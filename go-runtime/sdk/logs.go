// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/console"
	"otel.runtime/internal/batch"
	"otel.runtime/internal/setting"
	"otel.runtime/logs"
	"otel.runtime/otlp"
)

// startLogs exports the program's log records to what OTEL_LOGS_EXPORTER names.
// Nothing is exported unless it is set: records stay in the program's own output
// all the same.
func (s settings) startLogs(of *resource.Resource, spans *otlp.Exporter) *otlp.LogExporter {
	var to []logs.Exporter
	var delivered *otlp.LogExporter
	for _, name := range s.list("OTEL_LOGS_EXPORTER") {
		switch strings.ToLower(name) {
		case "otlp":
			delivered = otlp.NewLogs(otlp.ConfigFromEnv(otlp.Logs, s.getenv, s.tell), of, spans)
			to = append(to, delivered)
		case "console":
			to = append(to, console.NewLogs(nil))
		case "none":
		default:
			s.tell(fmt.Sprintf("OTEL_LOGS_EXPORTER: unknown exporter %s; known are otlp, console and none", setting.Quote(name)))
		}
	}
	if len(to) == 0 {
		return nil
	}
	limits := batch.Limits{
		Delay:   s.delay("OTEL_BLRP_SCHEDULE_DELAY", 1000),
		Timeout: s.milliseconds("OTEL_BLRP_EXPORT_TIMEOUT", int(30*time.Second/time.Millisecond)),
		Queue:   s.positive("OTEL_BLRP_MAX_QUEUE_SIZE", 2048),
		Batch:   s.positive("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", 512),
	}
	logs.SetLimits(s.limit(128, "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"),
		s.limit(-1, "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"))
	failing := func() bool { return delivered != nil && delivered.Failing() }
	logs.Start(limits, s.fullQueue("log records", "OTEL_BLRP_MAX_QUEUE_SIZE", limits.Queue, failing), to...)
	return delivered
}

func (s *setup) flushLogs(ctx context.Context) error {
	if s.logs != nil {
		defer s.logs.Hurry()()
	}
	return logs.Flush(ctx)
}
