// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"context"
	"testing"
	"time"

	"go.opentelemetry.io/otel/trace"
)

func TestLogger(t *testing.T) {
	t.Setenv("OTEL_GO_DISABLED_INSTRUMENTATIONS", "example.com/log")
	t.Setenv("OTEL_GO_LOGS_UNREDACTED", "zap, own")
	of := NewLogger("example.com/log", Severities{Lowest: -1, Of: []int{5, 9, 17}}, "own", "example.com/log")
	if !of.Off || !of.Unredacted || of.Name() != "own" {
		t.Errorf("%+v", of)
	}
	for level, want := range map[int]int{-2: 0, -1: 5, 1: 17, 2: 0} {
		at := time.Unix(1, 2)
		if e := of.Entry(context.Background(), at, level, "LEVEL", "said"); e.Severity != want || e.Library != "example.com/log" || e.Level != "LEVEL" || e.Message != "said" || !e.Time.Equal(at) || e.Context == nil {
			t.Errorf("%d: %+v", level, e)
		}
	}
	t.Setenv("OTEL_GO_LOGS_UNREDACTED", "example.com/log")
	if NewLogger("example.com/log", Severities{}, "own", "example.com/log").Unredacted {
		t.Error("unredacted by a name that only switches it off")
	}
	steps := NewLogger("example.com/steps", Severities{Lowest: -9}, "steps")
	if e := steps.Entry(nil, time.Time{}, -4, "", ""); e.Severity != 5 || steps.Off || steps.Unredacted {
		t.Errorf("%+v of %+v", e, steps)
	}
}

func TestSpanOfARecord(t *testing.T) {
	of := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: trace.FlagsSampled})
	traceID, spanID, flags := Span("rule", trace.ContextWithSpanContext(context.Background(), of))
	if traceID != "01000000000000000000000000000000" || spanID != "0200000000000000" || flags != "01" {
		t.Error(traceID, spanID, flags)
	}
	for _, ctx := range []context.Context{nil, context.Background()} {
		if traceID, spanID, flags := Span("rule", ctx); traceID+spanID+flags != "" {
			t.Error(traceID, spanID, flags)
		}
	}
}
