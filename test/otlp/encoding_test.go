// SPDX-License-Identifier: Apache-2.0

// Package otlp tests the run time's OTLP exporter and the receiver against the
// official protocol buffers, gRPC server and exporters. It is a module of its
// own, so that none of them comes near the run time's dependencies.
package otlp

import (
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/instrumentation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	resourcepb "go.opentelemetry.io/proto/otlp/resource/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"

	"otel.runtime/exporter/otlp"
	"otel.runtime/view/receiver"
)

// spanSource makes random spans; few resources and scopes, so that groups form.
type spanSource struct {
	*rand.Rand
	resources []*resource.Resource
	scopes    []instrumentation.Scope
	noNaN     bool // a scope with a list that has one is not equal to itself
}

func newSpanSource(seed int64) *spanSource {
	s := &spanSource{Rand: rand.New(rand.NewSource(seed))}
	s.noNaN = true
	s.resources = []*resource.Resource{nil, resource.Empty()}
	for i := 0; i < 2; i++ {
		s.resources = append(s.resources, resource.NewWithAttributes(s.text(), s.attributes()...))
	}
	for i := 0; i < 3; i++ {
		s.scopes = append(s.scopes, instrumentation.Scope{Name: s.text(), Version: s.text(), SchemaURL: s.text(), Attributes: attribute.NewSet(s.attributes()...)})
	}
	s.noNaN = false
	return s
}

// text is often empty, sometimes long, sometimes not UTF-8.
func (s *spanSource) text() string {
	switch s.Intn(8) {
	case 0:
		return ""
	case 1:
		b := make([]byte, s.Intn(20))
		s.Read(b)
		return string(b)
	case 2:
		return fmt.Sprintf("%0*d", s.Intn(20000), 1)
	}
	return fmt.Sprintf("é %d", s.Intn(1000))
}

func (s *spanSource) integer() int64 {
	return []int64{0, 1, -1, math.MaxInt64, math.MinInt64, s.Int63()}[s.Intn(6)]
}

func (s *spanSource) float() float64 {
	v := []float64{0, math.Copysign(0, -1), 1.5, math.Inf(1), s.NormFloat64(), math.NaN()}
	if s.noNaN {
		v = v[:5]
	}
	return v[s.Intn(len(v))]
}

func (s *spanSource) value(depth int) attribute.Value {
	n := s.Intn(4)
	kinds := 12
	if depth > 2 {
		kinds = 9
	}
	switch s.Intn(kinds) {
	case 0:
		return attribute.BoolValue(s.Intn(2) == 0)
	case 1:
		return attribute.Int64Value(s.integer())
	case 2:
		return attribute.Float64Value(s.float())
	case 3:
		return attribute.BoolSliceValue(make([]bool, n))
	case 4:
		v := make([]int64, n)
		for i := range v {
			v[i] = s.integer()
		}
		return attribute.Int64SliceValue(v)
	case 5:
		v := make([]float64, n)
		for i := range v {
			v[i] = s.float()
		}
		return attribute.Float64SliceValue(v)
	case 6:
		v := make([]string, n)
		for i := range v {
			v[i] = s.text()
		}
		return attribute.StringSliceValue(v)
	case 7:
		return attribute.Value{}
	case 9:
		return attribute.ByteSliceValue([]byte(s.text()))
	case 10:
		v := make([]attribute.Value, n)
		for i := range v {
			v[i] = s.value(depth + 1)
		}
		return attribute.SliceValue(v...)
	case 11:
		v := make([]attribute.KeyValue, n)
		for i := range v {
			v[i] = attribute.KeyValue{Key: attribute.Key(fmt.Sprint("m", i)), Value: s.value(depth + 1)}
		}
		return attribute.MapValue(v...)
	}
	return attribute.StringValue(s.text())
}

func (s *spanSource) attributes() []attribute.KeyValue {
	var out []attribute.KeyValue
	for i := s.Intn(5); i > 0; i-- {
		out = append(out, attribute.KeyValue{Key: attribute.Key(fmt.Sprint("k", i)), Value: s.value(0)})
	}
	return out
}

func (s *spanSource) context() trace.SpanContext {
	c := trace.SpanContextConfig{TraceFlags: trace.TraceFlags(s.Intn(4)), Remote: s.Intn(2) == 0}
	s.Read(c.TraceID[:])
	s.Read(c.SpanID[:])
	if s.Intn(2) == 0 {
		c.TraceState, _ = trace.ParseTraceState("a=b,c=d")
	}
	return trace.NewSpanContext(c)
}

func (s *spanSource) time() time.Time {
	if s.Intn(6) == 0 {
		return time.Time{}
	}
	return time.Unix(s.Int63n(4e9), s.Int63n(1e9))
}

func (s *spanSource) span() tracetest.SpanStub {
	stub := tracetest.SpanStub{
		Name: s.text(), SpanContext: s.context(), SpanKind: trace.SpanKind(s.Intn(8) - 1), StartTime: s.time(), EndTime: s.time(),
		Attributes: s.attributes(), DroppedAttributes: s.Intn(3), DroppedEvents: s.Intn(3), DroppedLinks: s.Intn(300),
		Status:   sdktrace.Status{Code: codes.Code(s.Intn(3)), Description: s.text()},
		Resource: s.resources[s.Intn(len(s.resources))], InstrumentationScope: s.scopes[s.Intn(len(s.scopes))],
	}
	if s.Intn(2) == 0 {
		stub.Parent = s.context()
	}
	for i := s.Intn(3); i > 0; i-- {
		stub.Events = append(stub.Events, sdktrace.Event{Name: s.text(), Time: s.time(), Attributes: s.attributes(), DroppedAttributeCount: s.Intn(2)})
		stub.Links = append(stub.Links, sdktrace.Link{SpanContext: s.context(), Attributes: s.attributes(), DroppedAttributeCount: s.Intn(2)})
	}
	return stub
}

// The official decoder reads from our bytes what the specification wants of the
// spans, and the receiver as many.
func TestEncodingOfRandomSpans(t *testing.T) {
	for seed := int64(1); seed <= 300; seed++ {
		source := newSpanSource(seed)
		stubs := make(tracetest.SpanStubs, source.Intn(12))
		for i := range stubs {
			stubs[i] = source.span()
		}
		spans := stubs.Snapshots()
		encoded := otlp.AppendRequest(nil, spans)
		var got collector.ExportTraceServiceRequest
		if err := proto.Unmarshal(encoded, &got); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want := expected(spans)
		if !proto.Equal(want, &got) {
			t.Fatalf("seed %d: %s", seed, firstDifference(prototext.Format(want), prototext.Format(&got)))
		}
		// No byte is there but what the message needs.
		if size := proto.Size(&got); size != len(encoded) {
			t.Fatalf("seed %d: %d bytes, want %d", seed, len(encoded), size)
		}
		received, err := receiver.Decode(encoded)
		if err != nil || len(received) != len(spans) {
			t.Fatalf("seed %d: the receiver reads %d spans of %d, %v", seed, len(received), len(spans), err)
		}
	}
}

// firstDifference shows the lines from which two texts differ.
func firstDifference(want, got string) string {
	wanted, read := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i, line := range wanted {
		if i == len(read) || read[i] != line {
			return fmt.Sprintf("line %d of %d is\n%.200q\nwant line of %d\n%.200q", i, len(read), read[min(i, len(read)-1)], len(wanted), line)
		}
	}
	return "the texts agree"
}

// expected builds the message with the official types.
func expected(spans []sdktrace.ReadOnlySpan) *collector.ExportTraceServiceRequest {
	request := &collector.ExportTraceServiceRequest{}
	resources := map[string]*tracepb.ResourceSpans{}
	scopes := map[string]*tracepb.ScopeSpans{}
	for _, s := range spans {
		r := s.Resource()
		resourceKey := fmt.Sprint(r.Encoded(attribute.DefaultEncoder()), "|", r.SchemaURL())
		of := resources[resourceKey]
		if of == nil {
			of = &tracepb.ResourceSpans{Resource: &resourcepb.Resource{Attributes: keyValues(r.Attributes())}, SchemaUrl: valid(r.SchemaURL())}
			resources[resourceKey] = of
			request.ResourceSpans = append(request.ResourceSpans, of)
		}
		scope := s.InstrumentationScope()
		scopeKey := fmt.Sprintf("%s|%s|%s|%s|%s", resourceKey, scope.Name, scope.Version, scope.SchemaURL, scope.Attributes.Encoded(attribute.DefaultEncoder()))
		in := scopes[scopeKey]
		if in == nil {
			in = &tracepb.ScopeSpans{
				Scope:     &common.InstrumentationScope{Name: valid(scope.Name), Version: valid(scope.Version), Attributes: keyValues(scope.Attributes.ToSlice())},
				SchemaUrl: valid(scope.SchemaURL),
			}
			scopes[scopeKey] = in
			of.ScopeSpans = append(of.ScopeSpans, in)
		}
		in.Spans = append(in.Spans, expectedSpan(s))
	}
	return request
}

func expectedSpan(s sdktrace.ReadOnlySpan) *tracepb.Span {
	traceID, spanID, parentID := s.SpanContext().TraceID(), s.SpanContext().SpanID(), s.Parent().SpanID()
	out := &tracepb.Span{
		TraceId: traceID[:], SpanId: spanID[:], TraceState: s.SpanContext().TraceState().String(), Name: valid(s.Name()),
		StartTimeUnixNano: nanoseconds(s.StartTime()), EndTimeUnixNano: nanoseconds(s.EndTime()), Attributes: keyValues(s.Attributes()),
		DroppedAttributesCount: uint32(s.DroppedAttributes()), DroppedEventsCount: uint32(s.DroppedEvents()), DroppedLinksCount: uint32(s.DroppedLinks()),
		Flags: expectedFlags(s.SpanContext().TraceFlags(), s.Parent().IsRemote()),
	}
	if parentID.IsValid() {
		out.ParentSpanId = parentID[:]
	}
	out.Kind = map[trace.SpanKind]tracepb.Span_SpanKind{
		trace.SpanKindInternal: tracepb.Span_SPAN_KIND_INTERNAL, trace.SpanKindServer: tracepb.Span_SPAN_KIND_SERVER, trace.SpanKindClient: tracepb.Span_SPAN_KIND_CLIENT,
		trace.SpanKindProducer: tracepb.Span_SPAN_KIND_PRODUCER, trace.SpanKindConsumer: tracepb.Span_SPAN_KIND_CONSUMER,
	}[s.SpanKind()]
	for _, e := range s.Events() {
		out.Events = append(out.Events, &tracepb.Span_Event{Name: valid(e.Name), TimeUnixNano: nanoseconds(e.Time), Attributes: keyValues(e.Attributes), DroppedAttributesCount: uint32(e.DroppedAttributeCount)})
	}
	for _, l := range s.Links() {
		traceID, spanID := l.SpanContext.TraceID(), l.SpanContext.SpanID()
		out.Links = append(out.Links, &tracepb.Span_Link{
			TraceId: traceID[:], SpanId: spanID[:], TraceState: l.SpanContext.TraceState().String(), Attributes: keyValues(l.Attributes),
			DroppedAttributesCount: uint32(l.DroppedAttributeCount), Flags: expectedFlags(l.SpanContext.TraceFlags(), l.SpanContext.IsRemote()),
		})
	}
	if status := s.Status(); status.Code != codes.Unset || status.Description != "" {
		out.Status = &tracepb.Status{Message: valid(status.Description), Code: map[codes.Code]tracepb.Status_StatusCode{
			codes.Ok: tracepb.Status_STATUS_CODE_OK, codes.Error: tracepb.Status_STATUS_CODE_ERROR}[status.Code]}
	}
	return out
}

func expectedFlags(f trace.TraceFlags, remote bool) uint32 {
	flags := uint32(f) | uint32(tracepb.SpanFlags_SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK)
	if remote {
		flags |= uint32(tracepb.SpanFlags_SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK)
	}
	return flags
}

func nanoseconds(t time.Time) uint64 {
	if t.IsZero() {
		return 0
	}
	return uint64(t.UnixNano())
}

func keyValues(attributes []attribute.KeyValue) []*common.KeyValue {
	var out []*common.KeyValue
	for _, kv := range attributes {
		out = append(out, &common.KeyValue{Key: valid(string(kv.Key)), Value: anyValue(kv.Value)})
	}
	return out
}

func anyValue(v attribute.Value) *common.AnyValue {
	switch v.Type() {
	case attribute.BOOL:
		return &common.AnyValue{Value: &common.AnyValue_BoolValue{BoolValue: v.AsBool()}}
	case attribute.INT64:
		return &common.AnyValue{Value: &common.AnyValue_IntValue{IntValue: v.AsInt64()}}
	case attribute.FLOAT64:
		return &common.AnyValue{Value: &common.AnyValue_DoubleValue{DoubleValue: v.AsFloat64()}}
	case attribute.STRING:
		return &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: valid(v.AsString())}}
	case attribute.BOOLSLICE:
		return list(v.AsBoolSlice(), attribute.BoolValue)
	case attribute.INT64SLICE:
		return list(v.AsInt64Slice(), attribute.Int64Value)
	case attribute.FLOAT64SLICE:
		return list(v.AsFloat64Slice(), attribute.Float64Value)
	case attribute.STRINGSLICE:
		return list(v.AsStringSlice(), attribute.StringValue)
	case attribute.BYTESLICE:
		return &common.AnyValue{Value: &common.AnyValue_BytesValue{BytesValue: v.AsByteSlice()}}
	case attribute.SLICE:
		return list(v.AsSlice(), func(v attribute.Value) attribute.Value { return v })
	case attribute.MAP:
		return &common.AnyValue{Value: &common.AnyValue_KvlistValue{KvlistValue: &common.KeyValueList{Values: keyValues(v.AsMap())}}}
	}
	return &common.AnyValue{}
}

func list[T any](elements []T, box func(T) attribute.Value) *common.AnyValue {
	array := &common.ArrayValue{}
	for _, e := range elements {
		array.Values = append(array.Values, anyValue(box(e)))
	}
	return &common.AnyValue{Value: &common.AnyValue_ArrayValue{ArrayValue: array}}
}

// valid is what protocol buffers can carry of a string: U+FFFD stands for each
// run of bytes that are no UTF-8.
func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	out, bad := "", false
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if wrong := r == utf8.RuneError && size == 1; !wrong {
			out, bad = out+s[:size], false
		} else if !bad {
			out, bad = out+"\uFFFD", true
		}
		s = s[size:]
	}
	return out
}
