// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"

	"go.opentelemetry.io/otel/sdk/resource"
)

// LogExporter delivers log records.
type LogExporter struct {
	*delivery
	of *resource.Resource
}

// NewLogs makes an exporter of log records of one resource. Nothing is dialled
// before the first export. Trouble with an endpoint that beside has told of
// isn't told again.
func NewLogs(c Config, of *resource.Resource, beside *Exporter) *LogExporter {
	c.Signal = Logs
	e := &LogExporter{newDelivery(c), of}
	if beside != nil && beside.target == e.target {
		e.notice = beside.notice
	}
	return e
}

// ExportLogs delivers records. Its error is a *DeliveryError.
func (e *LogExporter) ExportLogs(ctx context.Context, records []LogRecord) error {
	return e.run(ctx, content{len(records), func(b []byte, from, to int) []byte {
		return AppendLogsRequest(b, e.of, records[from:to])
	}})
}
