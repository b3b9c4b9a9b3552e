// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/hook"

	"otel.runtime/conventions/httpconv"
)

// roundTrip is the woven (*http.Transport).RoundTrip around answer.
func roundTrip(req *http.Request, answer func(*http.Request) (*http.Response, error)) (*http.Response, error) {
	var call hook.Call
	BeforeRoundTrip(&call, nil, &req)
	resp, err := answer(req)
	AfterRoundTrip(&call, resp, err)
	return resp, err
}

// answers responds with a status and a body, nil for none.
func answers(status int, body io.ReadCloser) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Body: body, Request: r, ProtoMajor: 1, ProtoMinor: 1}, nil
	}
}

func get(t testing.TB, url string) *http.Request {
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func text(s string) io.ReadCloser { return io.NopCloser(strings.NewReader(s)) }

func TestClientSpan(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	req := get(t, "http://user:secret@example.com:8080/a?Signature=x&b=c#f")
	req.Header.Set("X", "y")
	before := req.Header.Clone()
	resp, err := roundTrip(req, func(sent *http.Request) (*http.Response, error) {
		if sent == req || sent.Header.Get("X") != "y" || sent.Header.Get("Traceparent") == "" {
			t.Errorf("sent %v", sent.Header)
		}
		return answers(200, http.NoBody)(sent)
	})
	if err != nil || resp.Request != req || resp.Body != http.NoBody || !reflect.DeepEqual(req.Header, before) || trace.SpanContextFromContext(req.Context()).IsValid() {
		t.Error("the caller sees the hook")
	}
	span := only(t, ended)
	has(t, span.Attributes(), map[attribute.Key]string{
		httpconv.RequestMethod: "GET", httpconv.ServerAddress: "example.com", httpconv.ServerPort: "8080", httpconv.ResponseStatusCode: "200", httpconv.NetworkProtocolVersion: "1.1",
		httpconv.URLFull: "http://REDACTED:REDACTED@example.com:8080/a?Signature=REDACTED&b=c#f", httpconv.RequestResendCount: "", httpconv.ErrorType: "",
	})
	if span.Name() != "GET" || span.SpanKind() != trace.SpanKindClient || span.Status().Code != codes.Unset {
		t.Errorf("%q %v %v", span.Name(), span.SpanKind(), span.Status())
	}
}

func TestClientSpanIsTheChildOfTheRequestsContext(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	ctx, parent := start(background, "parent")
	if _, err := roundTrip(get(t, "http://example.com").WithContext(ctx), answers(200, nil)); err != nil {
		t.Fatal(err)
	}
	if got := only(t, ended).Parent().SpanID(); got != parent.SpanContext().SpanID() {
		t.Errorf("parent %v", got)
	}
}

func TestClientErrors(t *testing.T) {
	for name, test := range map[string]struct {
		answer  func(*http.Request) (*http.Response, error)
		errType string
	}{
		"status":   {answers(404, nil), "404"},
		"error":    {func(*http.Request) (*http.Response, error) { return nil, &http.ProtocolError{} }, "*http.ProtocolError"},
		"canceled": {func(*http.Request) (*http.Response, error) { return nil, context.Canceled }, "context.Canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			_, _ = roundTrip(get(t, "https://example.com"), test.answer)
			span := only(t, ended)
			has(t, span.Attributes(), map[attribute.Key]string{httpconv.ErrorType: test.errType, httpconv.ServerPort: "443"})
			if span.Status().Code != codes.Error {
				t.Error(span.Status())
			}
		})
	}
}

// A proxy that can't be understood is quoted by the error, with its password.
func TestClientErrorWithoutPassword(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	proxied := &http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
		_, err := url.Parse("http://user:hunter2@[proxy:3128")
		return nil, err
	}}
	if _, err := roundTrip(get(t, "http://example.com"), proxied.RoundTrip); err == nil {
		t.Fatal("no error")
	}
	if text := only(t, ended).Status().Description; strings.Contains(text, "hunter2") || !strings.Contains(text, "proxy:3128") {
		t.Error(text)
	}
}

// failing is a body that breaks off.
type failing struct{ io.ReadCloser }

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// writingTo is a body that has WriteTo.
type writingTo struct {
	io.ReadCloser
	called *bool
}

func (w writingTo) WriteTo(io.Writer) (int64, error) { *w.called = true; return 0, nil }

func TestSpanEndsWithTheBody(t *testing.T) {
	called := false
	for name, test := range map[string]struct {
		body    io.ReadCloser
		finish  func(io.ReadCloser)
		errType string
	}{
		"end of file": {text("abc"), func(b io.ReadCloser) { _, _ = io.ReadAll(struct{ io.Reader }{b}) }, ""},
		"close":       {text("abc"), func(b io.ReadCloser) { _ = b.Close(); _ = b.Close() }, ""},
		"error":       {failing{text("")}, func(b io.ReadCloser) { _, _ = b.Read(make([]byte, 1)); _ = b.Close() }, "*errors.errorString"},
		"WriteTo": {writingTo{text("abc"), &called}, func(b io.ReadCloser) {
			if _, err := io.Copy(struct{ io.Writer }{io.Discard}, b); err != nil || !called {
				t.Error("WriteTo is lost")
			}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			resp, err := roundTrip(get(t, "http://example.com"), answers(200, test.body))
			if err != nil || len(ended()) != 0 {
				t.Fatalf("%v, %d spans ended with the headers", err, len(ended()))
			}
			test.finish(resp.Body)
			has(t, only(t, ended).Attributes(), map[attribute.Key]string{httpconv.ErrorType: test.errType})
		})
	}
}

func TestUpgradedConnectionIsTheCallersOwn(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	conn := struct {
		io.ReadCloser
		io.Writer
	}{text(""), io.Discard}
	resp, err := roundTrip(get(t, "http://example.com"), answers(101, conn))
	if err != nil || resp.Body != io.ReadCloser(conn) {
		t.Error("the body of a 101 was replaced")
	}
	only(t, ended)
}

func TestRedirectCountsResends(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	first := get(t, "http://example.com/1")
	second := get(t, "http://example.com/2")
	second.Response = &http.Response{Request: first}
	third := get(t, "http://example.com/3")
	third.Response = &http.Response{Request: second}
	if _, err := roundTrip(third, answers(200, nil)); err != nil {
		t.Fatal(err)
	}
	has(t, only(t, ended).Attributes(), map[attribute.Key]string{httpconv.RequestResendCount: "2"})
}

// The program's own instrumentation, as otelhttp.Transport does it.
func TestCallersOwnClientSpanIsEnough(t *testing.T) {
	for kind, want := range map[trace.SpanKind]int{trace.SpanKindClient: 0, trace.SpanKindServer: 1} {
		ended := record(t, sdk.AlwaysSample())
		ctx, span := start(background, "own", trace.WithSpanKind(kind))
		req := get(t, "http://example.com").WithContext(ctx)
		otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(req.Header))
		if _, err := roundTrip(req, answers(200, nil)); err != nil {
			t.Fatal(err)
		}
		if len(ended()) != want {
			t.Errorf("beneath a span of kind %v there are %d more", kind, len(ended()))
		}
		span.End()
	}
}

func TestSampledOutRequestStillPropagates(t *testing.T) {
	ended := record(t, sdk.NeverSample())
	body := text("abc")
	resp, err := roundTrip(get(t, "http://example.com"), func(sent *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(sent.Header.Get("Traceparent"), "-00") {
			t.Errorf("traceparent %q", sent.Header.Get("Traceparent"))
		}
		return answers(200, body)(sent)
	})
	if err != nil || resp.Body != body || len(ended()) != 0 {
		t.Error("a sampled-out response was wrapped or recorded")
	}
}

func TestInvalidRequestsAreLeftToTheTransport(t *testing.T) {
	record(t, sdk.AlwaysSample())
	for name, req := range map[string]*http.Request{
		"nil": nil, "no URL": {Header: http.Header{}}, "no header": {URL: get(t, "http://a").URL},
	} {
		var call hook.Call
		sent := req
		BeforeRoundTrip(&call, nil, &sent)
		AfterRoundTrip(&call, nil, errors.New("refused"))
		if sent != req || call.Data() != nil {
			t.Errorf("%s: changed", name)
		}
	}
}

func BenchmarkClient(b *testing.B) {
	for name, sampler := range map[string]sdk.Sampler{"sampled out": sdk.NeverSample(), "sampled": sdk.AlwaysSample()} {
		b.Run(name, func(b *testing.B) {
			record(b, sampler)
			b.ReportAllocs()
			req, resp := get(b, "http://example.com/a"), &http.Response{StatusCode: 200}
			for i := 0; i < b.N; i++ {
				var call hook.Call
				sent := req
				BeforeRoundTrip(&call, nil, &sent)
				AfterRoundTrip(&call, resp, nil)
			}
		})
	}
}

// byAttributes is a sampler that keeps what has none of them missing.
type byAttributes []attribute.Key

func (byAttributes) Description() string { return "by attributes" }
func (keys byAttributes) ShouldSample(p sdk.SamplingParameters) (result sdk.SamplingResult) {
	seen := attribute.NewSet(p.Attributes...)
	for _, key := range keys {
		if !seen.HasValue(key) {
			return result
		}
	}
	result.Decision = sdk.RecordAndSample
	return result
}

// https://opentelemetry.io/docs/specs/semconv/http/http-spans/ names what is
// there when a span is created.
func TestSamplerOfTheProgramSeesAttributes(t *testing.T) {
	ended := record(t, byAttributes{httpconv.RequestMethod, httpconv.ServerAddress, httpconv.ServerPort, httpconv.URLFull})
	if _, err := roundTrip(get(t, "http://example.com:8080/a"), answers(200, nil)); err != nil {
		t.Fatal(err)
	}
	if len(ended()) != 1 {
		t.Errorf("%d client spans", len(ended()))
	}
}

// (*http.Transport).RegisterProtocol takes file: and the like.
func TestOtherSchemesAreNoHTTP(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	for _, url := range []string{"file:///etc/motd", "memory://shop/a"} {
		req := get(t, url)
		_, _ = roundTrip(req, func(sent *http.Request) (*http.Response, error) {
			if sent != req {
				t.Errorf("%s: sent a copy with %v", url, sent.Header)
			}
			return answers(200, nil)(sent)
		})
	}
	if n := len(ended()); n != 0 {
		t.Errorf("%d spans", n)
	}
}

func TestDumpedRequestIsNotSent(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	req := asDumped(get(t, "http://example.com"))
	_, _ = roundTrip(req, func(sent *http.Request) (*http.Response, error) {
		if sent != req {
			t.Errorf("dumped %v", sent.Header)
		}
		return answers(204, nil)(sent)
	})
	if n := len(ended()); n != 0 {
		t.Errorf("%d spans", n)
	}
}

func TestTransportKnowsTheCallersRequest(t *testing.T) {
	record(t, sdk.AlwaysSample())
	req := get(t, "http://example.com")
	_, _ = roundTrip(req, func(sent *http.Request) (*http.Response, error) {
		if sent == req || originalOf(sent) != req || originalOf(req) != req {
			t.Error("the caller's request isn't found")
		}
		return answers(200, nil)(sent)
	})
}

// As (*http.Transport).roundTrip has it, for the sake of a second attempt.
func TestResponseOfACopyHasNothingOfOurs(t *testing.T) {
	record(t, sdk.AlwaysSample())
	req := get(t, "http://example.com")
	resp, _ := roundTrip(req, func(sent *http.Request) (*http.Response, error) {
		again := *sent
		again.Body = text("body")
		return answers(200, nil)(&again)
	})
	if r := resp.Request; r.Body == nil || r.Header.Get("Traceparent") != "" || r.Context() != req.Context() {
		t.Errorf("resp.Request has %v", r.Header)
	}
}
