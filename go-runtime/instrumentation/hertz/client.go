// SPDX-License-Identifier: Apache-2.0

package hertz

import (
	"bytes"
	"context"
	"net/url"

	"github.com/cloudwego/hertz/pkg/protocol"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
	"otel.runtime/telemetry/meter"
)

// sending is one request, from the before to the after hook.
type sending struct {
	httpconv.Sending
	headers carrier.Replaced
}

// BeforeDo starts the CLIENT span of a request, with its retries, and puts the trace
// context into its headers. It is the before hook of (*Client).do, which each request
// comes through, behind the client's middlewares. do parses the URI itself.
func BeforeDo(call *hook.Call, _ any, ctx *context.Context, req *protocol.Request, _ any) {
	if library.Off || req == nil || *ctx == nil {
		return
	}
	headers := carrier.Lent{Peeked: &req.Header}
	if current.Suppressed() {
		passOn(call, ctx, req, headers)
		return
	}
	of := current.Context(*ctx)
	if httpconv.TracedByCaller(of, headers) {
		return
	}
	uri := req.URI()
	_, query, _ := bytes.Cut(uri.RequestURI(), []byte("?")) // QueryString lacks what QueryArgs has been given
	all := httpconv.Copies([4][]byte{uri.Scheme(), uri.Host(), uri.Path(), query})
	u := &url.URL{Scheme: all[0], Host: all[1], Path: all[2], RawPath: string(uri.PathOriginal()), RawQuery: all[3]}
	if httpconv.Excludes(u) {
		return
	}
	s := &sending{}
	s.Sent = httpconv.Sent{Method: string(req.Header.Method()), URL: u, Header: headers}
	client.Begin(&s.Sending, of)
	s.Sent.Header = nil
	if !s.Span().SpanContext().IsValid() { // no provider, and nothing to propagate
		if meter.Provided() {
			call.SetData(s)
		}
		return
	}
	s.inject(ctx, req)
	s.Push()
	call.SetData(s)
}

// passOn is BeforeDo where nothing is traced.
func passOn(call *hook.Call, ctx *context.Context, req *protocol.Request, headers carrier.Lent) {
	if !current.Off() || headers.HasAny(propagated()) {
		return
	}
	of := current.Context(*ctx)
	if !current.SpanIn(of).SpanContext().IsValid() && baggage.FromContext(of).Len() == 0 {
		return
	}
	s := &sending{}
	client.PassOn(&s.Sending, of)
	s.inject(ctx, req)
	call.SetData(s)
}

func (s *sending) inject(ctx *context.Context, req *protocol.Request) {
	s.headers.Of = &req.Header
	otel.GetTextMapPropagator().Inject(s.Context, &s.headers)
	*ctx = s.Context
}

// AfterDo ends the span, and has the request's headers as they were before. The body
// of a response may still be read from a stream.
func AfterDo(call *hook.Call, _, _, _ any, resp *protocol.Response, err error) {
	s, ok := call.Data().(*sending)
	if !ok {
		return
	}
	s.Leave()
	if s.headers.Of != nil {
		s.headers.Restore()
	}
	if s.Sent.URL == nil { // passed on
		return
	}
	if value, panicked := call.Panic(); panicked {
		s.EndByPanic(value)
		return
	}
	if err != nil || resp == nil {
		s.Receive(nil, err)
	} else {
		s.Receive(&httpconv.Response{Status: resp.StatusCode(), Version: versionOf(resp), Header: carrier.Lent{Peeked: &resp.Header}}, nil)
	}
	s.Span().End()
}

// versionOf is network.protocol.version of a response, as far as Hertz tells.
func versionOf(resp *protocol.Response) string {
	switch resp.Header.GetProtocol() {
	case "HTTP/1.1":
		return httpconv.Version(1, 1)
	case "HTTP/1.0":
		return httpconv.Version(1, 0)
	}
	return ""
}
