// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/spantest"
	"otel.runtime/telemetry/meter"
)

// kafka is a client of the test's own.
var kafka = New("kafka", "otel.runtime/testkafka", "testkafka")

var orders = Destination{Name: "orders", Server: "broker", Port: 9092}

func headersOf(all ...propagation.MapCarrier) Carriers {
	return func(i int) propagation.TextMapCarrier { return all[i] }
}

// processedAs sets OTEL_GO_MESSAGING_PROCESS.
func processedAs(t *testing.T, how string) {
	before := set
	t.Cleanup(func() { set = before })
	set.process = how
}

func kindOf(s sdk.ReadOnlySpan) string { return s.Name() + " " + s.SpanKind().String() }

func TestOneMessage(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	headers := propagation.MapCarrier{}
	var sending, processing, settling Call
	kafka.Send(&sending, nil, "send", orders, 1, One(headers), func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, MessageID.String("7"))
	})
	sending.End(instrumentation.Failure{})
	kafka.Received(nil, time.Now().Add(-time.Minute), "poll", orders, 1, One(headers), instrumentation.Failure{}, nil)
	kafka.process(&processing, nil, "process", orders, 1, One(headers), &Pull{}, nil)
	kafka.Settle(&settling, processing.Context, "commit", orders, 1, nil, nil)
	settling.End(instrumentation.FailureOf(errors.New("gone")))
	processing.End(instrumentation.Failure{})

	spans := ended()
	if len(spans) != 4 {
		t.Fatalf("%d spans", len(spans))
	}
	sent, received, settled, processed := spans[0], spans[1], spans[2], spans[3]
	for i, want := range []string{"send orders producer", "poll orders client", "commit orders client", "process orders consumer"} {
		if kindOf(spans[i]) != want {
			t.Errorf("%s, want %s", kindOf(spans[i]), want)
		}
	}
	spantest.Has(t, sent.Attributes(), map[attribute.Key]string{"messaging.system": "kafka", "messaging.operation.name": "send", "messaging.operation.type": "send",
		"messaging.destination.name": "orders", "server.address": "broker", "server.port": "9092", "messaging.message.id": "7", "messaging.batch.message_count": ""})
	spantest.Has(t, settled.Attributes(), map[attribute.Key]string{"messaging.operation.type": "settle", "error.type": "*errors.errorString"})
	if took := received.EndTime().Sub(received.StartTime()); took < time.Minute {
		t.Errorf("received in %v", took)
	}
	for name, span := range map[string]sdk.ReadOnlySpan{"received": received, "processed": processed} {
		if links := span.Links(); len(links) != 1 || links[0].SpanContext.SpanID() != sent.SpanContext().SpanID() {
			t.Errorf("%s: links %v", name, links)
		}
	}
	if received.Parent().IsValid() || processed.Parent().SpanID() != sent.SpanContext().SpanID() || settled.Parent().SpanID() != processed.SpanContext().SpanID() {
		t.Error("whose children they are")
	}
}

func TestProcessIsAChildOrLinked(t *testing.T) {
	for how, child := range map[string]bool{"": true, "child": true, "link": false} {
		processedAs(t, how)
		ended := spantest.Record(t, sdk.AlwaysSample())
		headers := propagation.MapCarrier{}
		var sending, processing Call
		kafka.Send(&sending, nil, "send", orders, 1, One(headers), nil)
		sending.End(instrumentation.Failure{})
		kafka.Process(&processing, nil, "process", orders, 1, One(headers), nil)
		processing.End(instrumentation.Failure{})
		processed := ended()[1]
		if processed.Parent().IsValid() != child || len(processed.Links()) != 1 || (processed.SpanContext().TraceID() == ended()[0].SpanContext().TraceID()) != child {
			t.Errorf("%q: parent %v, links %v", how, processed.Parent(), processed.Links())
		}
	}
}

// Each message of a batch has a span of its creation, whose context it carries.
func TestBatch(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	all := []propagation.MapCarrier{{}, {}, {}}
	otel.GetTextMapPropagator().Inject(trace.ContextWithSpanContext(context.Background(), own), all[2]) // the program has done it
	var sending, processing Call
	kafka.Send(&sending, nil, "send", orders, len(all), headersOf(all...), nil)
	sending.End(instrumentation.Failure{})
	kafka.Process(&processing, nil, "process", orders, len(all), headersOf(all...), nil)
	processing.End(instrumentation.Failure{})
	spans := ended()
	if len(spans) != 4 || kindOf(spans[0]) != "create orders producer" || kindOf(spans[2]) != "send orders client" {
		t.Fatalf("%d spans", len(spans))
	}
	for _, batch := range spans[2:] {
		spantest.Has(t, batch.Attributes(), map[attribute.Key]string{"messaging.batch.message_count": "3"})
		if links := batch.Links(); len(links) != 3 || links[0].SpanContext.SpanID() != spans[0].SpanContext().SpanID() || links[2].SpanContext.SpanID() != own.SpanID() {
			t.Errorf("%s: links %v", batch.Name(), links)
		}
	}
	if spans[3].Parent().IsValid() {
		t.Error("a batch has no sender for its parent")
	}
}

var own = trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: trace.FlagsSampled})

// Without spans of creation all messages carry the context of their sending.
func TestBatchWithoutCreation(t *testing.T) {
	defer func(before bool) { set.batched = before }(set.batched)
	set.batched = false
	ended := spantest.Record(t, sdk.AlwaysSample())
	all := []propagation.MapCarrier{{}, {}}
	var sending Call
	kafka.Send(&sending, nil, "send", orders, len(all), headersOf(all...), nil)
	sending.End(instrumentation.Failure{})
	sent := spantest.Only(t, ended)
	for _, headers := range all {
		if carriedBy(headers).SpanID() != sent.SpanContext().SpanID() {
			t.Errorf("carries %v", headers)
		}
	}
	if sent.SpanKind() != trace.SpanKindProducer {
		t.Error(sent.SpanKind())
	}
	mixed := []propagation.MapCarrier{{}, {}}
	otel.GetTextMapPropagator().Inject(trace.ContextWithSpanContext(context.Background(), own), mixed[1])
	var sendingMixed Call
	kafka.Send(&sendingMixed, nil, "send", orders, len(mixed), headersOf(mixed...), nil)
	sendingMixed.End(instrumentation.Failure{})
	if carriedBy(mixed[0]).SpanID() != sendingMixed.Span().SpanContext().SpanID() || carriedBy(mixed[1]).SpanID() != own.SpanID() {
		t.Errorf("they carry %v", mixed)
	}
}

// A pull that has failed is told of; one that has only come back empty isn't.
func TestPullWithoutMessages(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	kafka.Received(nil, time.Now(), "poll", orders, 0, nil, instrumentation.Failure{}, nil)
	kafka.Received(nil, time.Now(), "poll", orders, 0, nil, instrumentation.FailureOf(errors.New("gone")), nil)
	spantest.Has(t, spantest.Only(t, ended).Attributes(), map[attribute.Key]string{"error.type": "*errors.errorString", "messaging.batch.message_count": ""})
}

// What the program has put into a message isn't changed.
func TestCustomContext(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	headers := propagation.MapCarrier{}
	otel.GetTextMapPropagator().Inject(trace.ContextWithSpanContext(context.Background(), own), headers)
	before := headers["traceparent"]
	var sending Call
	kafka.Send(&sending, nil, "send", orders, 1, One(headers), nil)
	sending.End(instrumentation.Failure{})
	sent := spantest.Only(t, ended)
	if headers["traceparent"] != before || sent.SpanKind() != trace.SpanKindClient || len(sent.Links()) != 1 {
		t.Errorf("%v, %s, %v", headers, kindOf(sent), sent.Links())
	}
}

// Baggage that the program has put into a message by hand isn't ours to replace.
func TestBaggageOfTheProgram(t *testing.T) {
	for key, want := range map[string]string{"baggage": "theirs=1", "": "ours=2"} {
		spantest.Record(t, sdk.AlwaysSample())
		member, err := baggage.NewMember("ours", "2")
		if err != nil {
			t.Fatal(err)
		}
		ours, err := baggage.New(member)
		if err != nil {
			t.Fatal(err)
		}
		headers := propagation.MapCarrier{}
		if key != "" {
			headers[key] = "theirs=1"
		}
		var sending Call
		kafka.Send(&sending, baggage.ContextWithBaggage(context.Background(), ours), "send", orders, 1, One(headers), nil)
		sending.End(instrumentation.Failure{})
		if headers["baggage"] != want || carriedBy(headers).SpanID() != sending.Span().SpanContext().SpanID() {
			t.Errorf("%v", headers)
		}
	}
	for key, is := range map[string]bool{"Baggage": true, "uberctx-a": true, "ot-baggage-a": true, "traceparent": false} {
		if isBaggage(key) != is {
			t.Error(key)
		}
	}
}

// Where nothing carries the context of the sending, its span is no PRODUCER's.
func TestSendThatNothingCarries(t *testing.T) {
	for _, test := range []struct {
		headers    []propagation.TextMapCarrier
		propagator propagation.TextMapPropagator
		kind       trace.SpanKind
	}{
		{[]propagation.TextMapCarrier{nil}, propagation.TraceContext{}, trace.SpanKindClient},
		{[]propagation.TextMapCarrier{propagation.MapCarrier{}}, propagation.NewCompositeTextMapPropagator(), trace.SpanKindClient},
		{[]propagation.TextMapCarrier{propagation.MapCarrier{}}, propagation.TraceContext{}, trace.SpanKindProducer},
		{nil, propagation.TraceContext{}, trace.SpanKindClient},
	} {
		ended := spantest.Record(t, sdk.AlwaysSample())
		otel.SetTextMapPropagator(test.propagator)
		var sending Call
		kafka.Send(&sending, nil, "send", orders, len(test.headers), func(i int) propagation.TextMapCarrier { return test.headers[i] }, nil)
		sending.End(instrumentation.Failure{})
		if got := spantest.Only(t, ended); got.SpanKind() != test.kind {
			t.Errorf("%v: %v", test.headers, got.SpanKind())
		}
	}
}

// Messages that are only known while they are sent carry the context of the sending.
func TestSendSome(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	headers, carries := propagation.MapCarrier{}, propagation.MapCarrier{}
	inject(trace.ContextWithSpanContext(context.Background(), own), carries)
	var sending Call
	kafka.SendSome(&sending, nil, "send", orders, nil)
	Carry(sending.Context, headers)
	Carry(sending.Context, carries)
	Carry(sending.Context, nil)
	sending.Counted(2)
	sending.End(instrumentation.Failure{})
	sent := spantest.Only(t, ended)
	if carriedBy(headers).SpanID() != sent.SpanContext().SpanID() || carriedBy(carries).SpanID() != own.SpanID() || sent.SpanKind() != trace.SpanKindProducer {
		t.Errorf("%v, %v, %v", headers, carries, sent.SpanKind())
	}
	spantest.Has(t, sent.Attributes(), map[attribute.Key]string{"messaging.batch.message_count": "2"})
}

func TestServers(t *testing.T) {
	for _, test := range []struct {
		addresses []string
		host      string
		port      int
	}{
		{[]string{"h:1"}, "h", 1}, {[]string{"[::1]:2"}, "::1", 2}, {[]string{"h"}, "h", 0}, {[]string{"h:1", "i:1"}, "", 0}, {[]string{"h:1,i:1"}, "", 0}, {nil, "", 0},
	} {
		var d Destination
		if d.At(test.addresses...); d.Server != test.host || d.Port != test.port {
			t.Errorf("%v: %+v", test.addresses, d)
		}
	}
}

func TestDestinationInNames(t *testing.T) {
	for want, d := range map[string]Destination{
		"": {}, "a": {Name: "a"}, "a.*": {Name: "a.1", Template: "a.*"}, "h:1": {Server: "h", Port: 1},
	} {
		if got := d.text(); got != want {
			t.Errorf("%+v: %q", d, got)
		}
	}
	for _, d := range []Destination{{Name: "_INBOX.1", Temporary: true, Server: "h", Port: 1}, {Name: "amq.gen-1", Anonymous: true}} {
		if got := d.text(); got != "" {
			t.Errorf("%+v: %q", d, got)
		}
	}
}

// An instrument has the provider that it was first used with, and reader what was
// recorded since it was last asked.
var (
	reader = sdkmetric.NewManualReader(sdkmetric.WithTemporalitySelector(func(sdkmetric.InstrumentKind) metricdata.Temporality {
		return metricdata.DeltaTemporality
	}))
	measuring = sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
)

// collect reads the metrics that f records, each as "name{attributes} count".
func collect(t *testing.T, f func()) string {
	defer func(before func() metric.MeterProvider) { meter.Provide = before }(meter.Provide)
	meter.Provide = func() metric.MeterProvider { return measuring }
	f()
	var all metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	var lines []string
	add := func(name string, set attribute.Set, n int64) {
		text := ""
		for _, a := range set.ToSlice() {
			text += fmt.Sprintf(" %s=%s", strings.TrimPrefix(string(a.Key), "messaging."), a.Value.Emit())
		}
		lines = append(lines, fmt.Sprintf("%s:%s: %d", strings.TrimPrefix(name, "messaging."), text, n))
	}
	for _, m := range all.ScopeMetrics[0].Metrics {
		switch data := m.Data.(type) {
		case metricdata.Histogram[float64]:
			for _, p := range data.DataPoints {
				add(m.Name, p.Attributes, int64(p.Count))
			}
		case metricdata.Sum[int64]:
			for _, p := range data.DataPoints {
				add(m.Name, p.Attributes, p.Value)
			}
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

func TestMetrics(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	group := Destination{Name: "orders", Group: "g"}
	got := collect(t, func() {
		var sending, failing, pushed, pulled, settling Call
		kafka.Send(&sending, nil, "send", orders, 3, headersOf(propagation.MapCarrier{}, propagation.MapCarrier{}, propagation.MapCarrier{}), nil)
		sending.End(instrumentation.Failure{})
		kafka.Send(&failing, nil, "send", Destination{Name: "_INBOX.7", Temporary: true}, 1, One(propagation.MapCarrier{}), nil)
		failing.End(instrumentation.FailureOf(context.Canceled))
		kafka.Received(nil, time.Now(), "poll", group, 2, headersOf(propagation.MapCarrier{}, propagation.MapCarrier{}), instrumentation.Failure{}, nil)
		kafka.Received(nil, time.Now(), "poll", group, 0, nil, instrumentation.Failure{}, nil)
		kafka.process(&pulled, nil, "process", group, 2, headersOf(propagation.MapCarrier{}, propagation.MapCarrier{}), &Pull{}, nil)
		pulled.End(instrumentation.Failure{})
		kafka.Process(&pushed, nil, "process", group, 1, One(propagation.MapCarrier{}), nil)
		pushed.End(instrumentation.Failure{})
		kafka.Settle(&settling, nil, "commit", group, 2, nil, nil)
		settling.End(instrumentation.Failure{})
	})
	want := strings.Join([]string{
		"client.consumed.messages: consumer.group.name=g destination.name=orders operation.name=poll system=kafka: 2",
		"client.consumed.messages: consumer.group.name=g destination.name=orders operation.name=process system=kafka: 1",
		"client.operation.duration: consumer.group.name=g destination.name=orders operation.name=commit operation.type=settle system=kafka: 1",
		"client.operation.duration: consumer.group.name=g destination.name=orders operation.name=poll operation.type=receive system=kafka: 1",
		"client.operation.duration: destination.name=orders operation.name=send operation.type=send system=kafka server.address=broker server.port=9092: 1",
		"client.operation.duration: error.type=context.Canceled operation.name=send operation.type=send system=kafka: 1",
		"client.sent.messages: destination.name=orders operation.name=send system=kafka server.address=broker server.port=9092: 3",
		"client.sent.messages: error.type=context.Canceled operation.name=send system=kafka: 1",
		"process.duration: consumer.group.name=g destination.name=orders operation.name=process system=kafka: 2",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Where telemetry itself is sent, nothing goes on with it; without an SDK, what is
// current does.
func TestPassOn(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	ctx, headers := trace.ContextWithSpanContext(context.Background(), own), propagation.MapCarrier{}
	if PassOn(ctx, 1, One(headers)); len(headers) != 0 {
		t.Errorf("passed on %v", headers)
	}
	current.TurnOff()
	for i := 0; i < 2; i++ {
		if PassOn(ctx, 1, One(headers)); carriedBy(headers).SpanID() != own.SpanID() {
			t.Errorf("passed on %v", headers)
		}
		ctx = trace.ContextWithSpanContext(ctx, own.WithSpanID(trace.SpanID{9})) // it carries one already
	}
	PassOn(nil, 1, One(nil))
}
