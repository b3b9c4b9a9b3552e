// SPDX-License-Identifier: Apache-2.0

package rediscall

import (
	"context"
	"runtime"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"otel.runtime/hook"
)

type client struct{ _ [4]int }

// What one client hands to another is one operation, which goes where the last one
// says.
func TestOneOperationHasOneSpan(t *testing.T) {
	recorder := tracetest.NewSpanRecorder()
	before := otel.GetTracerProvider()
	defer otel.SetTracerProvider(before)
	otel.SetTracerProvider(sdk.NewTracerProvider(sdk.WithSpanProcessor(recorder)))
	s, third := New("redis", "test", "test"), &client{}
	s.Opened(third, 3)
	ctx, call := context.Background(), &hook.Call{}
	if s.Skips(ctx) || s.Within(ctx) || !s.Skips(nil) {
		t.Fatal("nothing has begun")
	}
	Pipeline(s, call, &ctx, Client{Of: third, Address: "a:1"}, [][]string{{"GET", "k"}, {"get", "l"}}, func(words []string) []string { return words })
	if !s.Skips(ctx) || !s.Within(ctx) || New("redis", "other", "other").Within(ctx) {
		t.Error("what is done within it isn't known")
	}
	s.Goes(ctx, "b:2")
	End(call, nil)
	if len(recorder.Ended()) != 1 {
		t.Fatalf("%d spans", len(recorder.Ended()))
	}
	span := recorder.Ended()[0]
	want := attribute.NewSet(attribute.String("db.system.name", "redis"), attribute.String("db.namespace", "3"), attribute.String("server.address", "b"), attribute.Int("server.port", 2),
		attribute.String("db.operation.name", "PIPELINE GET"), attribute.String("db.query.text", "GET k; GET l"), attribute.Int("db.operation.batch.size", 2))
	if got := attribute.NewSet(span.Attributes()...); got != want || span.Name() != "PIPELINE GET" {
		t.Errorf("%s with %v", span.Name(), span.Attributes())
	}
	runtime.KeepAlive(third)
}

func TestDatabaseOfAClient(t *testing.T) {
	s, first, third := New("redis", "test", "test"), &client{}, &client{}
	if got := s.selected.of(first, true); got != "0" {
		t.Errorf("%q", got)
	}
	s.Opened(third, 3)
	for of, want := range map[*client]string{first: "0", third: "3"} {
		if got := s.selected.of(of, false); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := s.selected.of(of, true); got != "" {
			t.Errorf("%q of a client that another has made", got)
		}
	}
	for range 20 {
		for range 50 {
			s.Opened(&client{}, 1)
		}
		runtime.GC()
	}
	if n := len(s.selected.all); n > 300 {
		t.Errorf("%d clients are remembered", n)
	}
	runtime.KeepAlive(first)
	runtime.KeepAlive(third)
}
