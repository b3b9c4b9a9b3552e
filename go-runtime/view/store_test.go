// SPDX-License-Identifier: Apache-2.0

package view

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"otel.runtime/view/receiver"
)

func service(name string) receiver.Attributes {
	return receiver.Attributes{{Key: "service.name", Value: name}}
}

// spanOf makes a span that is named after its ID.
func spanOf(trace, id, parent string, start, end uint64) receiver.Span {
	return receiver.Span{TraceID: trace, SpanID: id, ParentSpanID: parent, Name: "span " + id, Kind: "INTERNAL", Start: start, End: end, Resource: service("shop"), Status: receiver.Status{Code: "UNSET"}}
}

// storeOf has the given spans, each received for itself.
func storeOf(limits Limits, spans ...receiver.Span) *Store {
	s := NewStore(limits)
	for _, one := range spans {
		s.Signals().Spans([]receiver.Span{one})
	}
	return s
}

// outline is the waterfall of a trace as text.
func outline(s *Store, id string) string {
	v, _ := s.Trace(id)
	var lines []string
	for _, row := range v.Rows {
		line := strings.Repeat(" ", row.Depth) + row.ID
		if row.Below > 0 {
			line += fmt.Sprint(" +", row.Below)
		}
		if row.Orphan {
			line += " orphan"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestNesting(t *testing.T) {
	for name, c := range map[string]struct {
		spans []receiver.Span
		want  string
	}{
		"children before their parents": {[]receiver.Span{spanOf("t", "d", "b", 4, 5), spanOf("t", "c", "a", 3, 9), spanOf("t", "b", "a", 2, 6), spanOf("t", "a", "", 1, 9)}, "a +3\n b +1\n  d\n c"},
		"parent missing":                {[]receiver.Span{spanOf("t", "b", "x", 2, 3), spanOf("t", "a", "", 1, 9)}, "a\nb orphan"},
		"its own parent":                {[]receiver.Span{spanOf("t", "a", "a", 1, 9)}, "a"},
		"a circle":                      {[]receiver.Span{spanOf("t", "a", "b", 1, 9), spanOf("t", "b", "a", 2, 9), spanOf("t", "c", "", 3, 9)}, "c\na +1\n b"},
		"sent twice":                    {[]receiver.Span{spanOf("t", "a", "", 1, 9), spanOf("t", "a", "", 1, 9)}, "a"},
	} {
		if got := outline(storeOf(DefaultLimits(), c.spans...), "t"); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// A chain as long as a trace may be needs no stack of that depth.
func TestLongChain(t *testing.T) {
	s := NewStore(DefaultLimits())
	var spans []receiver.Span
	for i := range 50_000 {
		spans = append(spans, spanOf("t", fmt.Sprint(i), fmt.Sprint(i-1), uint64(i), 60_000))
	}
	s.Signals().Spans(spans)
	v, _ := s.Trace("t")
	if last := v.Rows[len(v.Rows)-1]; len(v.Rows) != 50_000 || last.Depth != 49_999 || v.Rows[0].Below != 49_999 {
		t.Errorf("%d rows, the last %+v", len(v.Rows), last)
	}
}

func TestOldestTracesGoFirst(t *testing.T) {
	limits := DefaultLimits()
	limits.Spans = 5
	s := storeOf(limits, spanOf("t1", "a", "", 1, 2), spanOf("t2", "a", "", 1, 2), spanOf("t3", "a", "", 1, 2), spanOf("t1", "b", "a", 1, 2), spanOf("t3", "b", "a", 1, 2))
	s.Signals().Spans([]receiver.Span{spanOf("t4", "a", "", 1, 2)}) // t1 goes, which came first
	traces, total := s.Traces(TraceQuery{Limit: 10})
	var ids []string
	for _, one := range traces {
		ids = append(ids, one.ID)
	}
	if !reflect.DeepEqual(ids, []string{"t4", "t3", "t2"}) || total != 3 {
		t.Errorf("%v of %d", ids, total)
	}
	if got := s.Status(); got.Spans != 4 || got.Traces != 3 || got.DroppedSpans != 2 || got.DroppedTraces != 1 {
		t.Errorf("%+v", got)
	}
	// A trace that grows beyond all limits drives out the others, then loses its own.
	for i := range 10 {
		s.Signals().Spans([]receiver.Span{spanOf("t2", fmt.Sprint(i), "", 1, 2)})
	}
	if got := s.Status(); got.Spans != 5 || got.Traces != 1 || got.DroppedSpans != 2+3+6 || got.DroppedTraces != 3 {
		t.Errorf("%+v", got)
	}
	s.Clear()
	if got := s.Status(); got.Spans != 0 || got.DroppedSpans != 0 || got.Limits != limits {
		t.Errorf("%+v", got)
	}
}

// Memory is bounded too, whatever a span carries.
func TestBytesAreBounded(t *testing.T) {
	limits := DefaultLimits()
	limits.Bytes = 10_000
	large := spanOf("t1", "a", "", 1, 2)
	large.Attributes = receiver.Attributes{{Key: "body", Value: []any{strings.Repeat("x", 6000), receiver.Attributes{{Key: "k", Value: []byte("yy")}}}}}
	other := large
	other.TraceID = "t2"
	huge := large
	huge.TraceID, huge.Name = "t3", strings.Repeat("x", 20_000)
	s := storeOf(limits, large, other, huge)
	if got := s.Status(); got.Spans != 0 || got.DroppedSpans != 3 {
		t.Errorf("%+v", got)
	}
	record := receiver.LogRecord{Body: strings.Repeat("x", 4000)}
	s.Signals().Logs([]receiver.LogRecord{record, record, record})
	if got := s.Status(); got.Logs != 2 || got.DroppedLogs != 1 {
		t.Errorf("%+v", got)
	}
	point := receiver.Point{Attributes: receiver.Attributes{{Key: "k", Value: strings.Repeat("x", 6000)}}}
	s.Signals().Metrics([]receiver.Metric{{Name: "a", Points: []receiver.Point{point}}})
	s.Signals().Metrics([]receiver.Metric{{Name: "b", Points: []receiver.Point{point}}})
	if metrics, _ := s.Metrics("", ""); len(metrics) != 1 || metrics[0].Name != "b" || s.Status().DroppedSeries != 1 {
		t.Errorf("%+v", metrics)
	}
}

func TestSummaryAndFilters(t *testing.T) {
	client := spanOf("t1", "b", "a", 2e6, 5e6)
	client.Attributes = receiver.Attributes{{Key: "http.route", Value: "/Orders"}}
	back := spanOf("t1", "c", "b", 3e6, 12e6) // ends after its parents
	back.Resource, back.Status = service("back"), receiver.Status{Code: "ERROR"}
	s := storeOf(DefaultLimits(), back, client, spanOf("t1", "a", "", 1e6, 6e6), spanOf("t2", "x", "gone", 9e6, 8e6))
	traces, _ := s.Traces(TraceQuery{Limit: 10})
	want := []TraceSummary{
		{ID: "t2", Name: "span x", Kind: "INTERNAL", Service: "shop", Services: []string{"shop"}, Start: 9, Duration: 0, Spans: 1},
		{ID: "t1", Name: "span a", Kind: "INTERNAL", Service: "shop", Services: []string{"back", "shop"}, Start: 1, Duration: 11e6, Spans: 3, Errors: 1, Complete: true},
	}
	if !reflect.DeepEqual(traces, want) {
		t.Errorf("got %+v", traces)
	}
	for _, c := range []struct {
		query TraceQuery
		want  int
	}{
		{TraceQuery{}, 2}, {TraceQuery{Errors: true}, 1}, {TraceQuery{Service: "back"}, 1}, {TraceQuery{Service: "none"}, 0}, {TraceQuery{Longer: 10e6}, 1}, {TraceQuery{Longer: 12e6}, 0},
		{TraceQuery{Text: "SPAN"}, 2}, {TraceQuery{Text: "route=/orders"}, 1}, {TraceQuery{Text: "t2"}, 1}, {TraceQuery{Text: "nowhere"}, 0},
	} {
		if _, total := s.Traces(c.query); total != c.want {
			t.Errorf("%+v finds %d, want %d", c.query, total, c.want)
		}
	}
}

func TestSpanDetails(t *testing.T) {
	one := spanOf("t1", "a", "", 1000, 5000)
	one.Attributes = receiver.Attributes{{Key: "n", Value: int64(9007199254740993)}, {Key: "s", Value: "<b>"}, {Key: "l", Value: []any{true}}, {Key: "m", Value: receiver.Attributes{{Key: "k", Value: 0.5}}}, {Key: "b", Value: []byte{1}}, {Key: "none"}}
	one.Events = []receiver.Event{{Name: "early", Time: 500}, {Name: "exception", Time: 2000}}
	one.Links = []receiver.Link{{TraceID: "t2", SpanID: "x"}, {TraceID: "t3", SpanID: "y"}}
	one.Scope, one.DroppedEvents = receiver.Scope{Name: "lib", Version: "1.2"}, 3
	s := storeOf(DefaultLimits(), one, spanOf("t1", "b", "a", 2000, 3000), spanOf("t2", "x", "", 1, 2))
	s.Signals().Logs([]receiver.LogRecord{{TraceID: "t1", SpanID: "a", Time: 20, Body: "second"}, {TraceID: "t1", SpanID: "a", Observed: 10, EventName: "first", Severity: 18}, {TraceID: "t2"}})
	v, _ := s.Trace("t1")
	row := v.Rows[0]
	if want := []Value{{"n", "9007199254740993", "int"}, {"s", "<b>", "string"}, {"l", "[true]", "array"}, {"m", `{"k":0.5}`, "map"}, {"b", `"AQ=="`, "bytes"}, {"none", "", "empty"}}; !reflect.DeepEqual(row.Attributes, want) {
		t.Errorf("attributes %q", row.Attributes)
	}
	if row.Events[0].At != -500 || row.Events[1].At != 1000 || !row.Links[0].Known || row.Links[1].Known || row.Scope != "lib 1.2" || row.Dropped != 3 || row.Duration != 4000 || v.Rows[1].Start != 1000 {
		t.Errorf("%+v", row)
	}
	if len(v.Logs) != 2 || v.Logs[0].Body != "first" || v.Logs[0].Severity != "ERROR2" || v.Logs[1].Body != "second" || row.Logs != 2 {
		t.Errorf("logs %+v", v.Logs)
	}
	if _, found := s.Trace("t9"); found {
		t.Error("a trace that never came is found")
	}
}

func TestLogFilters(t *testing.T) {
	limits := DefaultLimits()
	limits.Logs = 3
	s := NewStore(limits)
	for i, body := range []string{"gone", "Disk full", "started", "stopped"} {
		s.Signals().Logs([]receiver.LogRecord{{Body: body, Severity: 9 + 4*(i%3), Resource: service(fmt.Sprint("s", i%2)), Attributes: receiver.Attributes{{Key: "key", Value: "Value"}}}})
	}
	for _, c := range []struct {
		query LogQuery
		want  string
	}{
		{LogQuery{Limit: 9}, "stopped started Disk full 3"}, {LogQuery{Limit: 1}, "stopped 3"}, {LogQuery{Text: "DISK", Limit: 9}, "Disk full 1"}, {LogQuery{Text: "value", Limit: 9}, "stopped started Disk full 3"},
		{LogQuery{Service: "s0", Limit: 9}, "started 1"}, {LogQuery{Level: 13, Limit: 9}, "started Disk full 2"},
	} {
		found, total := s.Logs(c.query)
		got := ""
		for _, one := range found {
			got += one.Body + " "
		}
		if got += fmt.Sprint(total); got != c.want {
			t.Errorf("%+v: %s, want %s", c.query, got, c.want)
		}
	}
	if s.Status().DroppedLogs != 1 {
		t.Errorf("%+v", s.Status())
	}
}
