// SPDX-License-Identifier: Apache-2.0

package receiver

// LogRecord is a received log record with what it came in.
type LogRecord struct {
	TraceID      string // empty: written outside of any span
	SpanID       string
	Time         uint64 // Unix nanoseconds; 0: not known
	Observed     uint64
	Severity     int    // SeverityNumber, 1 (TRACE) to 24 (FATAL4); 0: not known
	SeverityText string // as the program's library calls it
	EventName    string
	Body         any // as in Attribute
	Attributes   Attributes
	Scope        Scope
	Resource     Attributes
}
