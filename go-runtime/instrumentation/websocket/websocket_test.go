// SPDX-License-Identifier: Apache-2.0

package websocket

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation/net_http"
	"otel.runtime/internal/spantest"
)

// dialed is gorilla's woven (*Dialer).DialContext, which the server answers with
// a status, or not at all; and what was sent.
func dialed(ctx context.Context, rawURL string, header http.Header, status int) (sent http.Header, resp *http.Response) {
	var call hook.Call
	if with, other := beforeDial(ctx, rawURL, header); with != nil {
		ctx, header = with, other
	}
	err := errors.New("no answer")
	if status != 0 {
		r := (&http.Request{Header: header.Clone()}).WithContext(ctx)
		resp = &http.Response{StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Request: r}
		if err = nil; status != 101 {
			err = errors.New("bad handshake")
		}
	}
	AfterDialContext(&call, nil, ctx, rawURL, nil, nil, resp, err)
	return header, resp
}

func TestDialOfAWebSocket(t *testing.T) {
	for name, test := range map[string]struct {
		url    string
		status int
		want   map[attribute.Key]string
	}{
		"upgraded":  {"ws://example.com/chat?token=secret", 101, map[attribute.Key]string{"http.response.status_code": "101", "error.type": "", "server.port": "80", "url.full": "http://example.com/chat?token=REDACTED"}},
		"TLS":       {"wss://example.com/chat", 101, map[attribute.Key]string{"server.address": "example.com", "server.port": "443", "url.full": "https://example.com/chat"}},
		"refused":   {"ws://example.com:81/", 403, map[attribute.Key]string{"http.response.status_code": "403", "error.type": "403", "server.port": "81"}},
		"mistaken":  {"ws://example.com/", 200, map[attribute.Key]string{"http.response.status_code": "200", "error.type": "*errors.errorString"}},
		"no answer": {"ws://example.com/", 0, map[attribute.Key]string{"http.response.status_code": "", "error.type": "*errors.errorString"}},
	} {
		t.Run(name, func(t *testing.T) {
			ended := spantest.Record(t, sdk.AlwaysSample())
			ctx, parent := otel.GetTracerProvider().Tracer("otel.runtime/nethttp").Start(context.Background(), "parent")
			mine := http.Header{"X-Mine": {"1"}}
			sent, resp := dialed(ctx, test.url, mine, test.status)
			span := spantest.Only(t, ended)
			spantest.Has(t, span.Attributes(), test.want)
			if span.SpanKind() != trace.SpanKindClient || span.Parent().SpanID() != parent.SpanContext().SpanID() {
				t.Errorf("%v span, child of %v", span.SpanKind(), span.Parent())
			}
			if sent.Get("traceparent") == "" || sent.Get("X-Mine") != "1" {
				t.Errorf("sent %v", sent)
			}
			if len(mine) != 1 {
				t.Errorf("the caller's header has become %v", mine)
			}
			if resp != nil && (len(resp.Request.Header) != 1 || resp.Request.Context() != ctx) {
				t.Errorf("the response's request has %v", resp.Request.Header)
			}
		})
	}
}

// gorilla sends names as they are spelled: there are no two of one, and the caller
// finds its own in the response's request.
func TestDialOfAProxy(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	for _, name := range []string{"traceparent", "Traceparent"} {
		mine := http.Header{name: {"00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"}}
		sent, resp := dialed(context.Background(), "ws://example.com/", mine, 101)
		if len(sent) != 1 || len(sent["Traceparent"]) != 1 || sent.Get("Traceparent") == mine[name][0] {
			t.Errorf("sent %v", sent)
		}
		if len(mine) != 1 || name == "Traceparent" && resp.Request.Header.Get(name) != mine[name][0] {
			t.Errorf("the caller's is %v, the response's %v", mine, resp.Request.Header)
		}
	}
}

// A proxy may be dialed in the context of what is dialed through it.
func TestDialWithinADial(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	outer, _ := beforeDial(context.Background(), "ws://example.com/", nil)
	var inner, call hook.Call
	AfterDialContext(&inner, nil, outer, "ws://proxy.example/", nil, nil, nil, errors.New("refused"))
	if len(ended()) != 0 {
		t.Error("another dial has ended the span")
	}
	AfterDialContext(&call, nil, outer, "ws://example.com/", nil, nil, nil, errors.New("no answer"))
	if len(ended()) != 1 {
		t.Error("the span has not ended")
	}
}

func TestDialThatIsNotTraced(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	for _, url := range []string{"://", "ws://user:password@example.com/", "ftp://example.com/"} {
		if sent, _ := dialed(context.Background(), url, nil, 101); sent != nil {
			t.Errorf("%s: sent %v", url, sent)
		}
	}
	if sent, _ := dialed(nil, "ws://example.com/", nil, 0); sent != nil {
		t.Errorf("without a context: sent %v", sent)
	}
	if len(ended()) != 0 {
		t.Error("something was traced")
	}
}

// A provider that only propagates has one span id for several dials; the header of
// one goes to no other.
func TestDialsOfOneSpan(t *testing.T) {
	spantest.Record(t, sdk.AlwaysSample())
	at, _ := url.Parse("ws://example.com/chat")
	mine, other := http.Header{"Authorization": {"mine"}}, http.Header{"Authorization": {"other"}}
	var call hook.Call
	h := nethttp.BeginHandshake(&call, context.Background(), at, mine)
	defer nethttp.AfterRoundTrip(&call, nil, errors.New("no answer"))
	id := current.SpanContext().SpanID() // what the handshake's goroutine looks for
	handshakes.Store(id, h)
	defer handshakes.Delete(id)
	if sent := handshakeHeader(mine); sent.Get("Authorization") != "mine" || sent.Get("traceparent") == "" {
		t.Errorf("sent %v", sent)
	}
	if sent := handshakeHeader(other); sent.Get("Authorization") != "other" || len(sent) != 1 {
		t.Errorf("the other dial sends %v", sent)
	}
	if sent := handshakeHeader(nil); sent != nil {
		t.Errorf("a dial without a header sends %v", sent)
	}
}

// golang.org/x/net/websocket reads the header where the handshake is written.
func TestDialConfig(t *testing.T) {
	ended := spantest.Record(t, sdk.AlwaysSample())
	at, _ := url.Parse("ws://example.com/chat")
	mine := http.Header{"X-Mine": {"1"}}
	WebSocketConfig = func(config any) (*url.URL, http.Header) {
		if config == nil {
			return nil, nil
		}
		return at, mine
	}
	t.Cleanup(func() { WebSocketConfig = nil })
	var call hook.Call
	BeforeDialConfig(&call, nil)
	AfterDialConfig(&call, nil, nil)
	BeforeDialConfig(&call, at)
	if handshakeHeader(mine).Get("X-Mine") != "1" || len(mine) != 1 {
		t.Errorf("the program's header is %v", mine)
	}
	AfterDialConfig(&call, nil, errors.New("no answer"))
	handshakes.Range(func(any, any) bool { t.Error("a handshake is kept"); return false })
	if current.SpanContext().IsValid() {
		t.Error("the dial's span is current")
	}
	if all := ended(); len(all) > 1 {
		t.Errorf("%d spans", len(all))
	}
}
