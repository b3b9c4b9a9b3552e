// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"context"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
)

// Carriers has the headers of each of several messages; nil if that one can have
// none.
type Carriers func(message int) propagation.TextMapCarrier

// One is the carriers of one message.
func One(headers propagation.TextMapCarrier) Carriers {
	return func(int) propagation.TextMapCarrier { return headers }
}

// Send begins the span of sending count messages, and puts the context by which
// consumers find it into their headers: the span's own for a single one; for each of
// several, that of a span of its creation, to which this one is linked. It is a
// PRODUCER's where some message carries it, else a CLIENT's: messages carry another
// one, or can't carry any. name is what the system calls it: "publish", "send". The
// span isn't the goroutine's until a Push. ctx and describe may be nil.
func (s *System) Send(c *Call, ctx context.Context, name string, at Destination, count int, headers Carriers, describe current.Describe) {
	c.system, c.name, c.kind, c.at, c.count = s, name, send, at, count
	var links []trace.Link
	kind, propagates := trace.SpanKindClient, len(otel.GetTextMapPropagator().Fields()) > 0
	created := 0
	for i := 0; i < count; i++ {
		if of := carriedBy(headers(i)); of.IsValid() { // the program's
			links = append(links, trace.Link{SpanContext: of})
		} else if count > 1 && set.batched {
			if of := s.create(ctx, at, headers(i)); of.IsValid() {
				links = append(links, trace.Link{SpanContext: of})
			}
		} else {
			if propagates && headers(i) != nil {
				kind = trace.SpanKindProducer
			}
			continue
		}
		created++
	}
	c.begin(ctx, kind, time.Time{}, links, count > 1, describe)
	if kind == trace.SpanKindClient || !c.Traced() {
		return
	}
	for i := 0; i < count; i++ {
		if created == 0 || !carriedBy(headers(i)).IsValid() {
			inject(c.Context, headers(i))
		}
	}
}

// SendSome is Send of messages that are only known while they are sent: each is to get
// the context by Carry, and their number is told by Counted.
func (s *System) SendSome(c *Call, ctx context.Context, name string, at Destination, describe current.Describe) {
	c.system, c.name, c.kind, c.at = s, name, send, at
	kind := trace.SpanKindClient
	if len(otel.GetTextMapPropagator().Fields()) > 0 {
		kind = trace.SpanKindProducer
	}
	c.begin(ctx, kind, time.Time{}, nil, false, describe)
}

// Carry puts what ctx has into headers that carry nothing.
func Carry(ctx context.Context, headers propagation.TextMapCarrier) {
	if headers != nil && !carriedBy(headers).IsValid() {
		inject(ctx, headers)
	}
}

// Counted says how many messages SendSome has sent.
func (c *Call) Counted(count int) {
	if c.count = count; count > 1 && c.Recording() {
		c.Set(func(to []attribute.KeyValue) []attribute.KeyValue { return append(to, BatchCount.Int(count)) })
	}
}

// create has the span of one message of a batch begin and end.
func (s *System) create(ctx context.Context, at Destination, headers propagation.TextMapCarrier) trace.SpanContext {
	c := &Call{system: s, name: string(create), kind: create, at: at, count: 1}
	c.begin(ctx, trace.SpanKindProducer, time.Time{}, nil, false, nil)
	if !c.Traced() {
		return trace.SpanContext{}
	}
	inject(c.Context, headers)
	c.Operation.End(instrumentation.Failure{})
	return c.Span().SpanContext()
}

// PassOn is Send where nothing is traced: what is current goes on with messages that
// carry nothing.
func PassOn(ctx context.Context, count int, headers Carriers) {
	if !current.Off() {
		return
	}
	if ctx = current.Context(ctx); ctx == nil {
		return
	}
	for i := 0; i < count; i++ {
		Carry(ctx, headers(i))
	}
}

func inject(ctx context.Context, headers propagation.TextMapCarrier) {
	if headers != nil {
		otel.GetTextMapPropagator().Inject(ctx, unsaid{headers})
	}
}

// unsaid are headers of which the program has set none that carries a span, but may
// have set baggage: that stays its own.
type unsaid struct{ propagation.TextMapCarrier }

func (u unsaid) Set(key, value string) {
	if !isBaggage(key) || u.Get(key) == "" {
		u.TextMapCarrier.Set(key, value)
	}
}

// isBaggage reports whether a propagator (W3C, Jaeger, OT) has baggage in that header.
func isBaggage(key string) bool {
	key = strings.ToLower(key)
	return key == "baggage" || strings.HasPrefix(key, "uberctx-") || strings.HasPrefix(key, "ot-baggage-")
}

// carriedBy is the span whose context headers carry.
func carriedBy(headers propagation.TextMapCarrier) trace.SpanContext {
	if headers == nil {
		return trace.SpanContext{}
	}
	return current.SpanIn(otel.GetTextMapPropagator().Extract(context.Background(), headers)).SpanContext()
}
