// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"time"

	"go.opentelemetry.io/otel/codes"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/exporter/otlp/wire"
)

// Bits of Span.flags and Span.Link.flags above the eight W3C trace flags: the
// first says that the second is known.
const (
	flagHasIsRemote = 0x100
	flagIsRemote    = 0x200
)

// AppendRequest appends the ExportTraceServiceRequest that carries spans, in
// groups of one resource and one instrumentation scope. Within a group the
// spans keep their order.
func AppendRequest(b []byte, spans []sdktrace.ReadOnlySpan) []byte {
	var g grouping
	for _, of := range g.group(spans) {
		var inResource, inScope wire.Mark
		b, inResource = wire.Open(b, 1, 3)
		b = appendResource(b, of.resource)
		for _, in := range of.scopes {
			b, inScope = wire.Open(b, 2, 3)
			b = appendScope(b, in.scope)
			for _, i := range in.spans {
				b = appendSpan(b, spans[i])
			}
			b = wire.AppendString(b, 3, in.scope.SchemaURL)
			b = wire.Close(b, inScope)
		}
		b = wire.AppendString(b, 3, of.resource.SchemaURL())
		b = wire.Close(b, inResource)
	}
	return b
}

func appendSpan(b []byte, s sdktrace.ReadOnlySpan) []byte {
	b, span := wire.Open(b, 2, 2)
	own, parent := s.SpanContext(), s.Parent()
	b = appendIDs(b, own)
	if parent.SpanID().IsValid() {
		id := parent.SpanID()
		b = wire.AppendBytes(b, 4, id[:])
	}
	b = wire.AppendString(b, 5, s.Name())
	b = wire.AppendUint(b, 6, spanKind(s.SpanKind()))
	b = wire.AppendFixed64(b, 7, unixNano(s.StartTime()))
	b = wire.AppendFixed64(b, 8, unixNano(s.EndTime()))
	b = appendAttributes(b, 9, s.Attributes())
	b = wire.AppendUint(b, 10, count(s.DroppedAttributes()))
	for _, e := range s.Events() {
		b = appendEvent(b, e)
	}
	b = wire.AppendUint(b, 12, count(s.DroppedEvents()))
	for _, l := range s.Links() {
		b = appendLink(b, l)
	}
	b = wire.AppendUint(b, 14, count(s.DroppedLinks()))
	b = appendStatus(b, s.Status())
	b = wire.AppendFixed32(b, 16, flags(own.TraceFlags(), parent.IsRemote()))
	return wire.Close(b, span)
}

// appendIDs writes fields 1 to 3, which Span and Span.Link have in common.
func appendIDs(b []byte, sc trace.SpanContext) []byte {
	traceID, spanID := sc.TraceID(), sc.SpanID()
	b = wire.AppendBytes(b, 1, traceID[:])
	b = wire.AppendBytes(b, 2, spanID[:])
	if sc.TraceState().Len() > 0 {
		b = wire.AppendString(b, 3, sc.TraceState().String())
	}
	return b
}

func appendEvent(b []byte, e sdktrace.Event) []byte {
	b, event := wire.Open(b, 11, 1)
	b = wire.AppendFixed64(b, 1, unixNano(e.Time))
	b = wire.AppendString(b, 2, e.Name)
	b = appendAttributes(b, 3, e.Attributes)
	b = wire.AppendUint(b, 4, count(e.DroppedAttributeCount))
	return wire.Close(b, event)
}

func appendLink(b []byte, l sdktrace.Link) []byte {
	b, link := wire.Open(b, 13, 1)
	b = appendIDs(b, l.SpanContext)
	b = appendAttributes(b, 4, l.Attributes)
	b = wire.AppendUint(b, 5, count(l.DroppedAttributeCount))
	b = wire.AppendFixed32(b, 6, flags(l.SpanContext.TraceFlags(), l.SpanContext.IsRemote()))
	return wire.Close(b, link)
}

func appendStatus(b []byte, s sdktrace.Status) []byte {
	if s.Code == codes.Unset && s.Description == "" {
		return b
	}
	b, status := wire.Open(b, 15, 1)
	b = wire.AppendString(b, 2, s.Description)
	switch s.Code { // the Go API numbers the codes otherwise than OTLP does
	case codes.Ok:
		b = wire.AppendUint(b, 3, 1)
	case codes.Error:
		b = wire.AppendUint(b, 3, 2)
	}
	return wire.Close(b, status)
}

// spanKind is the kind's number in OTLP, which agrees with the Go API's for
// every kind that both know.
func spanKind(k trace.SpanKind) uint64 {
	if k < trace.SpanKindInternal || k > trace.SpanKindConsumer {
		return 0
	}
	return uint64(k)
}

func flags(f trace.TraceFlags, remote bool) uint32 {
	bits := uint32(f) | flagHasIsRemote
	if remote {
		bits |= flagIsRemote
	}
	return bits
}

// unixNano is 0, "not known", for a time that OTLP has no number for.
func unixNano(t time.Time) uint64 {
	if t.Unix() <= 0 {
		return 0
	}
	return uint64(t.UnixNano())
}

func count(n int) uint64 {
	if n < 0 {
		return 0
	}
	return uint64(n)
}
