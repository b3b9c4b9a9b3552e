// SPDX-License-Identifier: Apache-2.0

package hertz

import (
	"context"
	"testing"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/common/errors"
	"github.com/cloudwego/hertz/pkg/protocol"
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

func requested(target string) *app.RequestContext {
	ctx := app.NewContext(0)
	ctx.Request.SetMethod("GET")
	ctx.Request.Header.SetRequestURI(target)
	ctx.Request.Header.SetHost("shop.example:80")
	ctx.Request.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	ctx.Request.Header.SetUserAgentBytes([]byte("agent"))
	return ctx
}

// A request is as it was when the handlers began, whatever is written to its memory.
func TestSpansKeepCopies(t *testing.T) {
	recorder := recording(t)
	ctx, call, c := requested("/users/7?page=1"), &hook.Call{}, context.Background()
	BeforeServe(call, nil, &c, ctx)
	if !api.SpanFromContext(c).SpanContext().IsValid() {
		t.Error("no span in the context")
	}
	nested := &hook.Call{}
	BeforeServe(nested, nil, &c, ctx)
	AfterServe(nested, nil, nil, ctx)
	h := &ctx.Request.Header
	for _, lent := range [][]byte{h.Method(), h.RequestURI(), h.Host(), h.UserAgent(), h.Peek("Traceparent")} {
		for i := range lent {
			lent[i] = '#'
		}
	}
	ctx.SetFullPath("/users/:id")
	ctx.Errors = errors.ErrorChain{{Err: errors.NewPrivate("no database")}}
	ctx.SetStatusCode(500)
	AfterServe(call, nil, nil, ctx)
	spans := recorder.Ended()
	if len(spans) != 1 || spans[0].Name() != "GET /users/:id" || spans[0].Parent().TraceID().String() != "0af7651916cd43dd8448eb211c80319c" || len(spans[0].Events()) != 1 {
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

// The header Cookie is as it was sent until the program asks for a cookie.
func TestCookiesAreLeftToTheProgram(t *testing.T) {
	recording(t)
	ctx, call, c := requested("/a"), &hook.Call{}, context.Background()
	const sent = "a=1;b=2"
	ctx.Request.Header.Set("X-Forwarded-For", "10.0.0.1")
	ctx.Request.Header.SetArgBytes([]byte("Cookie"), []byte(sent), false)
	BeforeServe(call, nil, &c, ctx)
	if got := string(ctx.Request.Header.Peek("Cookie")); got != sent {
		t.Errorf("%q, want %q", got, sent)
	}
	AfterServe(call, nil, nil, ctx)
}

func TestPanicsOfEnginesThatRecover(t *testing.T) {
	recorder := recording(t)
	RecoversPanics = func(engine any) bool { return engine == "recovers" }
	defer func() { RecoversPanics = nil }()
	ctx, call, c := requested("/panic"), &hook.Call{}, context.Background()
	BeforeServe(call, "recovers", &c, ctx)
	if _, kept := recoverable.Load(ctx); !kept {
		t.Error("the panic handler won't find the request")
	}
	AfterServe(call, "recovers", nil, ctx)
	if _, kept := recoverable.Load(ctx); kept || len(recorder.Ended()) != 1 {
		t.Error("the request is kept")
	}
}

func TestHeadersAreRestored(t *testing.T) {
	recorder := recording(t)
	for name, value := range map[string]string{"Traceparent": "own", "X-Other": "x"} {
		req, call, ctx := &protocol.Request{}, &hook.Call{}, context.Background()
		req.SetRequestURI("http://shop.example/a?password=secret")
		req.Header.Set(name, value)
		before := req.Header.String()
		BeforeDo(call, nil, &ctx, req, nil)
		sent := carrier.Lent{Peeked: &req.Header}.Values("traceparent")
		if len(sent) != 1 || sent[0] == "own" || !api.SpanFromContext(ctx).SpanContext().IsValid() {
			t.Errorf("%s: sent %q", name, sent)
		}
		AfterDo(call, nil, nil, nil, &protocol.Response{}, nil)
		if after := req.Header.String(); after != before {
			t.Errorf("%s: %q, want %q", name, after, before)
		}
	}
	if len(recorder.Ended()) != 2 {
		t.Error(recorder.Ended())
	}
}

func TestTheQueryIsTheOneThatIsSent(t *testing.T) {
	recorder := recording(t)
	req, call, ctx := &protocol.Request{}, &hook.Call{}, context.Background()
	req.SetRequestURI("http://shop.example/a")
	req.URI().QueryArgs().Set("page", "2")
	BeforeDo(call, nil, &ctx, req, nil)
	AfterDo(call, nil, nil, nil, &protocol.Response{}, nil)
	for _, a := range recorder.Ended()[0].Attributes() {
		if a.Key == httpconv.URLFull && a.Value.AsString() != "http://shop.example/a?page=2" {
			t.Error(a.Value.AsString())
		}
	}
}

// What isn't traced costs no memory.
func TestNothingIsAllocatedWhenOff(t *testing.T) {
	before := library.Off
	library.Off = true
	defer func() { library.Off = before }()
	ctx, req, call, c := requested("/a"), &protocol.Request{}, &hook.Call{}, context.Background()
	if n := testing.AllocsPerRun(100, func() {
		BeforeServe(call, nil, &c, ctx)
		AfterServe(call, nil, nil, ctx)
		BeforeDo(call, nil, &c, req, nil)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// With the SDK disabled what has come with a request goes on with those that are sent
// for it.
func TestWhatIsPassedOn(t *testing.T) {
	recorder := recording(t)
	current.TurnOff()
	ctx, call, c := requested("/a"), &hook.Call{}, context.Background()
	want := ctx.Request.Header.Get("Traceparent")
	BeforeServe(call, nil, &c, ctx)
	req, sending := &protocol.Request{}, &hook.Call{}
	req.SetRequestURI("http://shop.example/b")
	BeforeDo(sending, nil, &c, req, nil)
	if got := req.Header.Get("Traceparent"); got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	AfterDo(sending, nil, nil, nil, &protocol.Response{}, nil)
	if got := req.Header.Get("Traceparent"); got != "" {
		t.Errorf("%q is left in the headers", got)
	}
	AfterServe(call, nil, nil, ctx)
	if len(recorder.Ended()) != 0 {
		t.Error(recorder.Ended())
	}
}
