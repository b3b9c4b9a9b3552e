// SPDX-License-Identifier: Apache-2.0

package view

import (
	"sort"
	"strings"

	"otel.runtime/view/receiver"
)

// logs are kept as they came.
type logs struct {
	limits  Limits
	records []receiver.LogRecord // oldest first
	bytes   int
	dropped int
}

func (l *logs) add(records []receiver.LogRecord) {
	for i := range records {
		l.bytes += sizeOfLog(&records[i])
	}
	l.records = append(l.records, records...)
	gone := 0
	for gone < len(l.records) && (len(l.records)-gone > l.limits.Logs || l.bytes > l.limits.Bytes) {
		l.bytes -= sizeOfLog(&l.records[gone])
		l.records[gone] = receiver.LogRecord{}
		gone++
	}
	l.records = l.records[gone:]
	l.dropped += gone
}

// LogView is a log record as the page shows it.
type LogView struct {
	Trace      string  `json:"trace,omitempty"`
	Span       string  `json:"span,omitempty"`
	Time       float64 `json:"time_ms"` // Unix milliseconds
	Severity   string  `json:"severity"`
	Level      int     `json:"level"` // SeverityNumber
	Service    string  `json:"service"`
	Scope      string  `json:"scope"`
	Body       string  `json:"body"`
	Attributes []Value `json:"attributes"`
}

func viewOf(l *receiver.LogRecord) LogView {
	v := LogView{
		Trace: l.TraceID, Span: l.SpanID, Time: milliseconds(timeOf(l)), Severity: l.SeverityText, Level: l.Severity,
		Service: serviceOf(l.Resource), Scope: l.Scope.Name, Body: receiver.Text(l.Body), Attributes: values(l.Attributes),
	}
	if v.Severity == "" {
		v.Severity = severityName(l.Severity)
	}
	if v.Body == "" {
		v.Body = l.EventName
	}
	return v
}

// timeOf is when it was written or, if that isn't known, seen.
func timeOf(l *receiver.LogRecord) uint64 {
	if l.Time == 0 {
		return l.Observed
	}
	return l.Time
}

// severityName is the specification's short name of a number.
func severityName(number int) string {
	if number < 1 || number > 24 {
		return ""
	}
	name := []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}[(number-1)/4]
	if of := (number - 1) % 4; of > 0 {
		name += string(rune('1' + of))
	}
	return name
}

// of are a trace's records in the order of their times.
func (l *logs) of(trace string) []LogView {
	var found []*receiver.LogRecord
	for i := range l.records {
		if l.records[i].TraceID == trace {
			found = append(found, &l.records[i])
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return timeOf(found[i]) < timeOf(found[j]) })
	views := make([]LogView, len(found))
	for i, record := range found {
		views[i] = viewOf(record)
	}
	return views
}

// LogQuery picks records; what is zero picks all.
type LogQuery struct {
	Service string
	Text    string // in the body or an attribute, in any case of letters
	Level   int    // at least
	Limit   int
}

// Logs are those that fit, the last to come first, and how many fit in all.
func (s *Store) Logs(q LogQuery) (fit []LogView, total int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	fit = []LogView{}
	text := strings.ToLower(q.Text)
	for i := len(s.logs.records) - 1; i >= 0; i-- {
		l := &s.logs.records[i]
		if l.Severity < q.Level || q.Service != "" && serviceOf(l.Resource) != q.Service {
			continue
		}
		if text != "" && !strings.Contains(strings.ToLower(receiver.Text(l.Body)+" "+receiver.Text(l.Attributes)), text) {
			continue
		}
		if total++; len(fit) < q.Limit {
			fit = append(fit, viewOf(l))
		}
	}
	return fit, total
}
