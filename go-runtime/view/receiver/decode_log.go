// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"bytes"

	"otel.runtime/exporter/otlp/wire"
)

// DecodeLogs reads an ExportLogsServiceRequest.
func DecodeLogs(request []byte) ([]LogRecord, error) {
	return decodeGrouped(request, "log record", func(message []byte, resource Attributes, scope Scope) (LogRecord, error) {
		record, err := decodeLogRecord(message)
		record.Resource, record.Scope = resource, scope
		return record, err
	})
}

func decodeLogRecord(message []byte) (LogRecord, error) {
	l := LogRecord{Attributes: Attributes{}}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 1:
			l.Time = r.Fixed64()
		case 2:
			l.Severity = int(min(r.Uint(), 24))
		case 3:
			l.SeverityText = r.Text()
		case 5:
			l.Body, err = decodeValue(r.Bytes(), 0)
		case 6:
			err = l.Attributes.add(r.Bytes())
		case 9:
			l.TraceID, err = idIfAny(r.Bytes(), 16)
		case 10:
			l.SpanID, err = idIfAny(r.Bytes(), 8)
		case 11:
			l.Observed = r.Fixed64()
		case 12:
			l.EventName = r.Text()
		}
		if err != nil {
			return l, err
		}
	}
	return l, r.Err()
}

// idIfAny takes zeros for none: they are how some senders say that.
func idIfAny(b []byte, size int) (string, error) {
	if len(b) == 0 || bytes.Equal(b, make([]byte, size)) {
		return "", nil
	}
	return id(b, size)
}
