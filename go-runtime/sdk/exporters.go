// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/internal/batch"
	"otel.runtime/internal/setting"
)

// destinations says which exporters OTEL_TRACES_EXPORTER names.
type destinations struct{ otlp, console bool }

// exporters is otlp unless the variable says otherwise. With none, spans are
// still made and propagated, so that logs can name them.
func (s settings) exporters() destinations {
	var to destinations
	names := s.list("OTEL_TRACES_EXPORTER")
	if len(names) == 0 {
		to.otlp = true
	}
	for _, name := range names {
		switch strings.ToLower(name) {
		case "otlp":
			to.otlp = true
		case "console":
			to.console = true
		case "none":
		default:
			s.report(fmt.Sprintf("OTEL_TRACES_EXPORTER: unknown exporter %s; known are otlp, console and none", setting.Quote(name)))
		}
	}
	return to
}

// batching reads the OTEL_BSP_* variables.
func (s settings) batching() batch.Limits {
	return batch.Limits{
		Delay:   s.delay("OTEL_BSP_SCHEDULE_DELAY", sdktrace.DefaultScheduleDelay),
		Timeout: s.milliseconds("OTEL_BSP_EXPORT_TIMEOUT", sdktrace.DefaultExportTimeout),
		Queue:   s.positive("OTEL_BSP_MAX_QUEUE_SIZE", sdktrace.DefaultMaxQueueSize),
		Batch:   s.positive("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", sdktrace.DefaultMaxExportBatchSize),
	}
}

// consoleBatching replaces the batch processor's five seconds where none are
// asked for: someone is waiting in front of a terminal.
func (s settings) consoleBatching(limits batch.Limits) batch.Limits {
	if s.get("OTEL_BSP_SCHEDULE_DELAY") == "" {
		limits.Delay = 200 * time.Millisecond
	}
	return limits
}

func (s settings) positive(name string, otherwise int) int {
	text := s.get(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(text, 10, 31)
	if err != nil || n <= 0 {
		s.report(fmt.Sprintf("%s: %s is not a positive number; %d is used", name, setting.Quote(text), otherwise))
		return otherwise
	}
	return int(n)
}

// delay is milliseconds of which there may be none: then what comes is exported as
// soon as can be.
func (s settings) delay(name string, otherwise int) time.Duration {
	if n, err := strconv.ParseInt(s.get(name), 10, 31); err == nil && n == 0 {
		return time.Millisecond
	}
	return s.milliseconds(name, otherwise)
}

func (s settings) milliseconds(name string, otherwise int) time.Duration {
	return time.Duration(s.positive(name, otherwise)) * time.Millisecond
}
