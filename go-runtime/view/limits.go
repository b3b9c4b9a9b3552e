// SPDX-License-Identifier: Apache-2.0

package view

import "otel.runtime/view/receiver"

// Limits bound what is kept. What is over them goes out, the oldest first.
type Limits struct {
	Spans  int `json:"spans"`
	Logs   int `json:"logs"`
	Series int `json:"series"` // of metrics
	Points int `json:"points"` // of one series
	Bytes  int `json:"bytes"`  // roughly, of spans, of logs and of metrics each
}

// DefaultLimits are those of the command.
func DefaultLimits() Limits {
	return Limits{Spans: 50_000, Logs: 20_000, Series: 2_000, Points: 360, Bytes: 256 << 20}
}

// The sizes below are estimates of memory: text counts in full, and so much for
// whatever holds it.
const (
	spanSize      = 500
	logSize       = 300
	pointSize     = 200
	attributeSize = 50
)

func sizeOfSpan(s *receiver.Span) int {
	n := spanSize + len(s.Name) + len(s.Status.Message) + len(s.TraceState) + sizeOf(s.Attributes)
	for _, e := range s.Events {
		n += attributeSize + len(e.Name) + sizeOf(e.Attributes)
	}
	for _, l := range s.Links {
		n += spanSize + len(l.TraceState) + sizeOf(l.Attributes)
	}
	return n
}

func sizeOfLog(l *receiver.LogRecord) int {
	return logSize + len(l.SeverityText) + len(l.EventName) + sizeOf(l.Body) + sizeOf(l.Attributes)
}

func sizeOfPoint(p *receiver.Point) int {
	n := pointSize + 8*(len(p.Bounds)+len(p.Buckets)) + 16*len(p.Quantiles)
	if p.Exponential != nil {
		n += 8 * (len(p.Exponential.Positive.Counts) + len(p.Exponential.Negative.Counts))
	}
	return n
}

func sizeOf(value any) int {
	switch v := value.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	case []any:
		n := 0
		for _, element := range v {
			n += attributeSize + sizeOf(element)
		}
		return n
	case receiver.Attributes:
		n := 0
		for _, kv := range v {
			n += attributeSize + len(kv.Key) + sizeOf(kv.Value)
		}
		return n
	}
	return 0
}
