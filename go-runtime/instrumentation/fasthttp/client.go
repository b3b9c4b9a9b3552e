// SPDX-License-Identifier: Apache-2.0

package fasthttp

import (
	"bytes"
	"context"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
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
	unseen  *fasthttp.Response // a copy of the head of a response that the caller doesn't want
}

// Requests whose callers don't want a response, with their *sending. There are as
// many as wanting says.
var (
	unwanted sync.Map
	wanting  atomic.Int64
)

// BeforeDo starts the CLIENT span of a request, with its retries, and puts the trace
// context into its headers. It is the before hook of (*HostClient).Do, which each
// request of a Client, a HostClient and an LBClient comes through. Do parses the URI
// itself.
func BeforeDo(call *hook.Call, _ any, req *fasthttp.Request, resp *fasthttp.Response) {
	if library.Off || req == nil {
		return
	}
	send(call, req, func() *url.URL {
		uri := req.URI()
		_, query, _ := bytes.Cut(uri.RequestURI(), []byte("?")) // QueryString lacks what QueryArgs has been given
		all := httpconv.Copies([4][]byte{uri.Scheme(), uri.Host(), uri.Path(), query})
		return &url.URL{Scheme: all[0], Host: all[1], Path: all[2], RawPath: string(uri.PathOriginal()), RawQuery: all[3]}
	})
	if s, ok := call.Data().(*sending); ok && resp == nil && s.Sent.URL != nil {
		unwanted.Store(req, s)
		wanting.Add(1)
	}
}

// AfterAttempt takes the status of a response that Do's caller doesn't want. It is
// the after hook of (*HostClient).doNonNilReqResp, which has one in any case.
func AfterAttempt(_ *hook.Call, _ any, req *fasthttp.Request, resp *fasthttp.Response, _ any, err error) {
	if wanting.Load() == 0 || err != nil || resp == nil {
		return
	}
	if s, ok := unwanted.Load(req); ok {
		of := &fasthttp.Response{}
		resp.Header.CopyTo(&of.Header)
		s.(*sending).unseen = of
	}
}

// BeforePipeline is BeforeDo for a PipelineClient, which sends what the headers say
// where nobody has parsed it.
func BeforePipeline(call *hook.Call, c *fasthttp.PipelineClient, req *fasthttp.Request, _ any) {
	if library.Off || req == nil || c == nil {
		return
	}
	send(call, req, func() *url.URL {
		host, path, query := httpconv.SplitTarget(req.Header.RequestURI())
		if len(host) == 0 {
			host = req.Header.Host()
		}
		if len(host) == 0 {
			host = []byte(c.Addr)
		}
		all := httpconv.Copies([4][]byte{host, path, query})
		u := &url.URL{Scheme: "http", Host: all[0], Path: all[1], RawPath: all[1], RawQuery: all[2]}
		if c.IsTLS {
			u.Scheme = "https"
		}
		if plain, err := url.PathUnescape(u.Path); err == nil {
			u.Path = plain
		}
		return u
	})
}

// BeforePipelineDeadline is BeforePipeline for a request with a deadline.
func BeforePipelineDeadline(call *hook.Call, c *fasthttp.PipelineClient, req *fasthttp.Request, _ any, deadline time.Time) {
	BeforePipeline(call, c, req, nil)
}

func send(call *hook.Call, req *fasthttp.Request, target func() *url.URL) {
	if current.Suppressed() {
		passOn(call, req)
		return
	}
	ctx := current.Context(context.Background())
	if httpconv.TracedByCaller(ctx, carrier.Lent{Peeked: &req.Header}) {
		return
	}
	u := target()
	if httpconv.Excludes(u) {
		return
	}
	s := &sending{}
	s.Sent = httpconv.Sent{Method: string(req.Header.Method()), URL: u, Header: carrier.Lent{Peeked: &req.Header}}
	client.Begin(&s.Sending, ctx)
	s.Sent.Header = nil
	if !s.Span().SpanContext().IsValid() { // no provider, and nothing to propagate
		if meter.Provided() {
			call.SetData(s)
		}
		return
	}
	s.inject(req)
	s.Push()
	call.SetData(s)
}

// passOn is send where nothing is traced.
func passOn(call *hook.Call, req *fasthttp.Request) {
	if !current.Off() || (carrier.Lent{Peeked: &req.Header}).HasAny(propagated()) {
		return
	}
	ctx := current.Context(context.Background())
	if !current.SpanIn(ctx).SpanContext().IsValid() && baggage.FromContext(ctx).Len() == 0 {
		return
	}
	s := &sending{}
	client.PassOn(&s.Sending, ctx)
	s.inject(req)
	call.SetData(s)
}

func (s *sending) inject(req *fasthttp.Request) {
	s.headers.Of = &req.Header
	otel.GetTextMapPropagator().Inject(s.Context, &s.headers)
}

// AfterDo ends the span, and has the request's headers as they were before. The
// body of a response may still be read from a stream.
func AfterDo(call *hook.Call, _ any, req *fasthttp.Request, resp *fasthttp.Response, err error) {
	s, ok := call.Data().(*sending)
	if !ok {
		return
	}
	if resp == nil {
		if _, ok := unwanted.LoadAndDelete(req); ok {
			wanting.Add(-1)
		}
		resp = s.unseen
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
		r := &httpconv.Response{Status: resp.StatusCode(), Version: httpconv.Version(1, 0), Header: carrier.Lent{Peeked: &resp.Header}}
		if resp.Header.IsHTTP11() {
			r.Version = httpconv.Version(1, 1)
		}
		s.Receive(r, nil)
	}
	s.Span().End()
}

// AfterDoDeadline is AfterDo for a request with a deadline.
func AfterDoDeadline(call *hook.Call, _ any, req *fasthttp.Request, resp *fasthttp.Response, _ any, err error) {
	AfterDo(call, nil, req, resp, err)
}
