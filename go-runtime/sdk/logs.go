// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/console"
	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/batch"
	"otel.runtime/internal/setting"
	"otel.runtime/telemetry/logs"
)

// startLogs exports the program's log records to what OTEL_LOGS_EXPORTER names.
// Nothing is exported unless it is set: records stay in the program's own output
// all the same.
func (s settings) startLogs(of *resource.Resource, spans *otlp.Exporter) (all []*otlp.LogExporter) {
	var pipelines []logs.Pipeline
	for _, one := range s.pipelines("LOGS") {
		to, delivered := one.logExporters(of, spans)
		if len(to) == 0 {
			continue
		}
		all = append(all, delivered...)
		limits := batch.Limits{
			Delay:   one.delay("OTEL_BLRP_SCHEDULE_DELAY", 1000),
			Timeout: one.milliseconds("OTEL_BLRP_EXPORT_TIMEOUT", int(30*time.Second/time.Millisecond)),
			Queue:   one.positive("OTEL_BLRP_MAX_QUEUE_SIZE", 2048),
			Batch:   one.positive("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", 512),
		}
		failing := func() bool { return len(delivered) > 0 && delivered[0].Failing() }
		pipelines = append(pipelines, logs.Pipeline{Limits: limits, Full: one.fullQueue("log records", "OTEL_BLRP_MAX_QUEUE_SIZE", limits.Queue, failing), To: to})
	}
	if len(pipelines) > 0 {
		logs.SetLimits(s.limit(128, "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"),
			s.limit(-1, "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"))
		logs.Start(pipelines...)
	}
	return all
}

// logExporters are those of one pipeline, and which of them are OTLP's.
func (s settings) logExporters(of *resource.Resource, spans *otlp.Exporter) (to []logs.Exporter, delivered []*otlp.LogExporter) {
	for _, name := range s.list("OTEL_LOGS_EXPORTER") {
		switch strings.ToLower(name) {
		case "otlp":
			exporter := otlp.NewLogs(otlp.ConfigFromEnv(otlp.Logs, s.getenv, s.report), of, spans)
			to, delivered = append(to, exporter), append(delivered, exporter)
		case "console":
			to = append(to, console.NewLogs(nil))
		case "none":
		default:
			s.report(fmt.Sprintf("OTEL_LOGS_EXPORTER: unknown exporter %s; known are otlp, console and none", setting.Quote(name)))
		}
	}
	return to, delivered
}

func (s *setup) flushLogs(ctx context.Context) error {
	defer hurry(s.logs)()
	return logs.Flush(ctx)
}
