// SPDX-License-Identifier: Apache-2.0

package fasthttp

import (
	"bufio"
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	api "go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/telemetry/carrier"
)

// requested is a RequestCtx as a server has it.
func requested(target string) *fasthttp.RequestCtx {
	ctx := &fasthttp.RequestCtx{}
	ctx.Init(&fasthttp.Request{}, nil, nil)
	ctx.Request.Header.SetMethod("GET")
	ctx.Request.Header.SetRequestURI(target)
	ctx.Request.Header.SetHost("shop.example:80")
	ctx.Request.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	ctx.Request.Header.SetUserAgent("agent")
	return ctx
}

func recording(t *testing.T) *tracetest.SpanRecorder {
	recorder := tracetest.NewSpanRecorder()
	provider, propagator := otel.GetTracerProvider(), otel.GetTextMapPropagator()
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.TraceContext{})
	t.Cleanup(func() {
		otel.SetTracerProvider(provider)
		otel.SetTextMapPropagator(propagator)
	})
	return recorder
}

// A request is as it was when the handler began, whatever is written to its memory.
func TestSpansKeepCopies(t *testing.T) {
	recorder := recording(t)
	ctx := requested("/users/7?page=1")
	var of answers
	serve(func(ctx *fasthttp.RequestCtx) {
		if span := api.SpanFromContext(of.(context.Context)); !span.SpanContext().IsValid() {
			t.Error("no span in the context")
		}
		h := &ctx.Request.Header
		for _, lent := range [][]byte{h.Method(), h.RequestURI(), h.Host(), h.UserAgent(), h.Peek("Traceparent")} {
			for i := range lent {
				lent[i] = '#'
			}
		}
	}, ctx, &of)
	if of != nil {
		t.Error("ctx answers with a span that has ended")
	}
	spans := recorder.Ended()
	if len(spans) != 1 || spans[0].Name() != "GET" || spans[0].Parent().TraceID().String() != "0af7651916cd43dd8448eb211c80319c" {
		t.Fatal(spans)
	}
	for _, want := range []string{"/users/7", "page=1", "shop.example", "agent"} {
		found := false
		for _, a := range spans[0].Attributes() {
			found = found || a.Value.Emit() == want
		}
		if !found {
			t.Errorf("%s isn't among %v", want, spans[0].Attributes())
		}
	}
}

// The header Cookie is as it was sent, for the program and for who it sends the request
// on to, until the program asks for a cookie.
func TestCookiesAreLeftToTheProgram(t *testing.T) {
	recording(t)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	const sent = "a=1;b=\"2\";  c"
	ctx := &fasthttp.RequestCtx{}
	ctx.Init(&fasthttp.Request{}, nil, nil)
	text := "GET /a HTTP/1.1\r\nHost: shop.example\r\nCookie: " + sent + "\r\nUser-Agent: agent\r\nBaggage: x=y\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n"
	if err := ctx.Request.Header.Read(bufio.NewReader(strings.NewReader(text))); err != nil {
		t.Fatal(err)
	}
	before := ctx.Request.Header.String()
	var of answers
	serve(func(ctx *fasthttp.RequestCtx) {
		if got := string(ctx.Request.Header.Peek("Cookie")); got != sent {
			t.Errorf("%q, want %q", got, sent)
		}
		if after := ctx.Request.Header.String(); after != before {
			t.Errorf("%q, want %q", after, before)
		}
	}, ctx, &of)
}

// Middleware may write another target into the headers before anybody asks for the
// URI, which is parsed once.
func TestTheURIIsLeftToTheProgram(t *testing.T) {
	recording(t)
	ctx := requested("/old")
	var of answers
	serve(func(ctx *fasthttp.RequestCtx) {
		ctx.Request.Header.SetRequestURI("/new")
		if path := string(ctx.Path()); path != "/new" {
			t.Error(path)
		}
	}, ctx, &of)
}

// After a time-out the handler goes on with its ctx, in a goroutine of its own.
func TestATimeOutLeavesTheContext(t *testing.T) {
	recorder := recording(t)
	ctx := requested("/slow")
	var of answers
	serve(func(ctx *fasthttp.RequestCtx) { ctx.TimeoutError("out of time") }, ctx, &of)
	if of == nil {
		t.Error("ctx doesn't answer any more")
	}
	for _, a := range recorder.Ended()[0].Attributes() {
		if a.Key == httpconv.ResponseStatusCode && a.Value.AsInt64() != 408 {
			t.Error(a.Value.AsInt64())
		}
	}
}

func TestHeadersAreRestored(t *testing.T) {
	recording(t)
	for _, normalized := range []bool{true, false} {
		for name, value := range map[string]string{"Traceparent": "own", "traceparent": "own", "X-Other": "x"} {
			req := &fasthttp.Request{}
			if !normalized {
				req.Header.DisableNormalizing()
			}
			req.SetRequestURI("http://shop.example/a")
			req.Header.Set(name, value)
			before := req.Header.String()
			call := &hook.Call{}
			BeforeDo(call, nil, req, nil)
			sent := carrier.Lent{Peeked: &req.Header}.Values("traceparent")
			if len(sent) != 1 || sent[0] == "own" {
				t.Errorf("%s: sent %q", name, sent)
			}
			AfterDo(call, nil, req, nil, nil)
			if after := req.Header.String(); after != before {
				t.Errorf("%s: %q, want %q", name, after, before)
			}
		}
	}
}

func TestAStatusThatNobodyWants(t *testing.T) {
	recorder := recording(t)
	req, resp, call := &fasthttp.Request{}, &fasthttp.Response{}, &hook.Call{}
	req.SetRequestURI("http://shop.example/a")
	resp.SetStatusCode(503)
	BeforeDo(call, nil, req, nil)
	AfterAttempt(nil, nil, req, resp, nil, nil)
	AfterDo(call, nil, req, nil, nil)
	found := false
	for _, a := range recorder.Ended()[0].Attributes() {
		found = found || a.Key == httpconv.ResponseStatusCode && a.Value.AsInt64() == 503
	}
	if _, kept := unwanted.Load(req); !found || kept || wanting.Load() != 0 {
		t.Error(found, kept, wanting.Load())
	}
}

func TestTheQueryIsTheOneThatIsSent(t *testing.T) {
	recorder := recording(t)
	req, call := &fasthttp.Request{}, &hook.Call{}
	req.SetRequestURI("http://shop.example/a")
	req.URI().QueryArgs().Set("page", "2")
	BeforeDo(call, nil, req, nil)
	AfterDo(call, nil, req, &fasthttp.Response{}, nil)
	for _, a := range recorder.Ended()[0].Attributes() {
		if a.Key == httpconv.URLFull && a.Value.AsString() != "http://shop.example/a?page=2" {
			t.Error(a.Value.AsString())
		}
	}
}

func TestPipelinesAreAskedByTheirHeaders(t *testing.T) {
	recorder := recording(t)
	c := &fasthttp.PipelineClient{Addr: "shop.example:8080", IsTLS: true}
	req, call := &fasthttp.Request{}, &hook.Call{}
	req.Header.SetRequestURI("/a%2Fb?x=1")
	BeforePipeline(call, c, req, nil)
	AfterDo(call, c, req, &fasthttp.Response{}, nil)
	want := (&url.URL{Scheme: "https", Host: "shop.example:8080", Path: "/a/b", RawPath: "/a%2Fb", RawQuery: "x=1"}).String()
	for _, a := range recorder.Ended()[0].Attributes() {
		if a.Key == httpconv.URLFull && a.Value.AsString() != want {
			t.Error(a.Value.AsString())
		}
	}
}

// What isn't traced costs no memory.
func TestNothingIsAllocatedWhenOff(t *testing.T) {
	before := library.Off
	library.Off = true
	defer func() { library.Off = before }()
	req, call := &fasthttp.Request{}, &hook.Call{}
	if n := testing.AllocsPerRun(100, func() { BeforeDo(call, nil, req, nil) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// With the SDK disabled what has come with a request is in its context, and there is
// no span.
func TestWhatIsPassedOn(t *testing.T) {
	recorder := recording(t)
	current.TurnOff()
	ctx := requested("/a")
	var of answers
	serve(func(*fasthttp.RequestCtx) {
		if sc := api.SpanContextFromContext(of.(context.Context)); sc.SpanID().String() != "b7ad6b7169203331" || !sc.IsRemote() {
			t.Error(sc)
		}
	}, ctx, &of)
	ctx.Request.Header.Del("Traceparent")
	serve(func(*fasthttp.RequestCtx) {
		if of != nil {
			t.Error("a request that carries nothing has a context")
		}
	}, ctx, &of)
	if len(recorder.Ended()) != 0 {
		t.Error(recorder.Ended())
	}
}
