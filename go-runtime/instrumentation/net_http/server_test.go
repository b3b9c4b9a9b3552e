// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unsafe"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/hook"

	"otel.runtime/conventions"
	"otel.runtime/conventions/httpconv"
)

// panickingHook is hook's question to the woven runtime, answered by tests.
//
//go:linkname panickingHook runtime.otelPanicking
var panickingHook func(frame unsafe.Pointer) (any, bool, bool)

// serve is net/http's woven serverHandler.ServeHTTP, whose ResponseWriter is in
// the given state when the handler has returned.
func serve(t testing.TB, req *http.Request, handler http.HandlerFunc, state responseState) {
	serveTo(t, httptest.NewRecorder(), req, handler, state)
}

func serveTo(t testing.TB, w http.ResponseWriter, req *http.Request, handler http.HandlerFunc, state responseState) {
	http1State = func(http.ResponseWriter) (int, int64, bool, bool) {
		return state.status, state.written, state.hijacked, true
	}
	var value any
	panicked := false
	panickingHook = func(unsafe.Pointer) (any, bool, bool) { return value, panicked, false }
	t.Cleanup(func() { http1State, panickingHook = nil, nil })

	var call hook.Call
	BeforeServe(&call, nil, w, req)
	func() {
		defer func() {
			if value = recover(); value != nil {
				panicked = true
				AfterServe(&call)
			}
		}()
		handler(w, req)
	}()
	if !panicked {
		AfterServe(&call)
	}
}

func request(method, target string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func nothing(http.ResponseWriter, *http.Request) {}

func TestServerAttributes(t *testing.T) {
	forwarded := []string{"X-Forwarded-For", "10.1.2.3, 10.0.0.1", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "shop.example:8443"}
	for name, test := range map[string]struct {
		req  *http.Request
		want map[attribute.Key]string
	}{
		"plain": {request("GET", "http://example.com/a/b?q=1", "User-Agent", "curl"), map[attribute.Key]string{
			httpconv.RequestMethod: "GET", httpconv.URLPath: "/a/b", httpconv.URLQuery: "q=1", httpconv.URLScheme: "http",
			httpconv.ServerAddress: "example.com", httpconv.ServerPort: "", httpconv.ClientAddress: "192.0.2.1",
			httpconv.NetworkPeerAddress: "192.0.2.1", httpconv.NetworkPeerPort: "1234", httpconv.NetworkProtocolVersion: "1.1", httpconv.UserAgentOriginal: "curl",
		}},
		"port and TLS": {request("POST", "https://example.com:8080/"), map[attribute.Key]string{
			httpconv.RequestMethod: "POST", httpconv.URLScheme: "https", httpconv.ServerAddress: "example.com", httpconv.ServerPort: "8080", httpconv.URLQuery: "", httpconv.UserAgentOriginal: "",
		}},
		"X-Forwarded": {request("GET", "/", forwarded...), map[attribute.Key]string{
			httpconv.ClientAddress: "10.1.2.3", httpconv.URLScheme: "https", httpconv.ServerAddress: "shop.example", httpconv.ServerPort: "8443", httpconv.NetworkPeerAddress: "192.0.2.1",
		}},
		"Forwarded goes first": {request("GET", "/", append(forwarded, "Forwarded", `For="[2001:db8::1]:4711";Proto=http;host=a.example, for=1.2.3.4`)...), map[attribute.Key]string{
			httpconv.ClientAddress: "2001:db8::1", httpconv.URLScheme: "http", httpconv.ServerAddress: "a.example", httpconv.ServerPort: "",
		}},
		"unknown method": {request("BREW", "/"), map[attribute.Key]string{
			httpconv.RequestMethod: "_OTHER", httpconv.RequestMethodOriginal: "BREW",
		}},
		"secrets": {request("GET", "/?a=b&sig=xyz&X-Goog-Signature=1&%73ig=2&design=kept&Access_Token=x&token&api-key=&password=a=b"), map[attribute.Key]string{
			httpconv.URLQuery: "a=b&sig=REDACTED&X-Goog-Signature=REDACTED&%73ig=REDACTED&design=kept&Access_Token=REDACTED&token&api-key=&password=REDACTED",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			serve(t, test.req, nothing, responseState{})
			has(t, only(t, ended).Attributes(), test.want)
		})
	}
}

func TestUnixSocketHasNoPeer(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	req := request("GET", "/")
	req.RemoteAddr = "@"
	serve(t, req, nothing, responseState{})
	has(t, only(t, ended).Attributes(), map[attribute.Key]string{httpconv.ClientAddress: "", httpconv.NetworkPeerAddress: "", httpconv.NetworkPeerPort: ""})
}

func TestServerResponse(t *testing.T) {
	for name, test := range map[string]struct {
		state  responseState
		status codes.Code
		want   map[attribute.Key]string
	}{
		"implicit 200": {responseState{}, codes.Unset, map[attribute.Key]string{httpconv.ResponseStatusCode: "200", httpconv.ResponseBodySize: "", httpconv.ErrorType: ""}},
		"not found":    {responseState{status: 404, written: 9}, codes.Unset, map[attribute.Key]string{httpconv.ResponseStatusCode: "404", httpconv.ResponseBodySize: "9", httpconv.ErrorType: ""}},
		"unavailable":  {responseState{status: 503}, codes.Error, map[attribute.Key]string{httpconv.ResponseStatusCode: "503", httpconv.ErrorType: "503"}},
		"hijacked":     {responseState{hijacked: true}, codes.Unset, map[attribute.Key]string{httpconv.ResponseStatusCode: ""}},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			serve(t, request("GET", "/"), nothing, test.state)
			span := only(t, ended)
			has(t, span.Attributes(), test.want)
			if span.Status().Code != test.status || span.SpanKind() != trace.SpanKindServer || span.Name() != "GET" {
				t.Errorf("%v %v %q", span.Status(), span.SpanKind(), span.Name())
			}
		})
	}
}

func TestPanickingHandler(t *testing.T) {
	for name, test := range map[string]struct {
		value   any
		errType string
		events  int
	}{
		"error":  {errors.New("boom"), "*errors.errorString", 1},
		"string": {"boom", "string", 1},
		"abort":  {http.ErrAbortHandler, "http.ErrAbortHandler", 0},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			serve(t, request("GET", "/"), func(http.ResponseWriter, *http.Request) { panic(test.value) }, responseState{})
			span := only(t, ended)
			has(t, span.Attributes(), map[attribute.Key]string{httpconv.ErrorType: test.errType, httpconv.ResponseStatusCode: ""})
			if span.Status().Code != codes.Error || len(span.Events()) != test.events {
				t.Fatalf("%v, %d events", span.Status(), len(span.Events()))
			}
			if test.events == 0 {
				return
			}
			event := span.Events()[0]
			has(t, event.Attributes, map[attribute.Key]string{conventions.ExceptionType: test.errType, conventions.ExceptionMessage: "boom"})
			for _, a := range event.Attributes {
				if a.Key == conventions.ExceptionStacktrace && (!strings.Contains(a.Value.AsString(), "TestPanickingHandler") || strings.Contains(a.Value.AsString(), "endedByPanic")) {
					t.Errorf("stack:\n%s", a.Value.AsString())
				}
			}
		})
	}
}

func TestServerContinuesTheCallersTrace(t *testing.T) {
	ended := record(t, sdk.ParentBased(sdk.NeverSample()))
	req := request("GET", "/", "Traceparent", "00-0102030405060708090a0b0c0d0e0f10-0102030405060708-01", "Baggage", "tenant=a")
	same := req
	serve(t, req, func(_ http.ResponseWriter, r *http.Request) {
		if r != same || baggage.FromContext(r.Context()).Member("tenant").Value() != "a" {
			t.Error("another request, or no baggage in it")
		}
		if !trace.SpanContextFromContext(r.Context()).IsSampled() {
			t.Error("the request's context has no sampled span")
		}
	}, responseState{})
	span := only(t, ended)
	if span.SpanContext().TraceID().String() != "0102030405060708090a0b0c0d0e0f10" || span.Parent().SpanID().String() != "0102030405060708" {
		t.Errorf("trace %v, parent %v", span.SpanContext().TraceID(), span.Parent().SpanID())
	}
}

func TestRoute(t *testing.T) {
	inner := http.NewServeMux()
	inner.HandleFunc("/users/{id}", nothing)
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		path    string
		name    string
	}{
		"pattern of the request": {func(_ http.ResponseWriter, r *http.Request) { r.Pattern = "GET example.com/items/{id}" }, "/items/1", "GET /items/{id}"},
		"copied request":         {func(w http.ResponseWriter, r *http.Request) { mux(inner, w, r.WithContext(r.Context())) }, "/users/1", "GET /users/{id}"},
		"no match":               {func(w http.ResponseWriter, r *http.Request) { mux(inner, w, r) }, "/none", "GET"},
		"stripped prefix": {func(w http.ResponseWriter, r *http.Request) {
			outer := http.NewServeMux()
			outer.Handle("/api/", http.StripPrefix("/api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { mux(inner, w, r) })))
			mux(outer, w, r)
		}, "/api/users/1", "GET /api/users/{id}"},
		"router that serves files": {func(w http.ResponseWriter, r *http.Request) {
			outer := http.NewServeMux()
			outer.HandleFunc("/static/", func(_ http.ResponseWriter, r *http.Request) {
				SetInnerRoute(r, "/static/*filepath")
				r.URL.Path = "/a.js" // as httprouter's ServeFiles does
			})
			mux(outer, w, r)
		}, "/static/a.js", "GET /static/*filepath"},
		"router mounted at the root": {func(_ http.ResponseWriter, r *http.Request) {
			SetInnerRoute(r, "/*")
			SetNestedRoute(r, "/")
		}, "/", "GET /"},
		"router within a mux": {func(w http.ResponseWriter, r *http.Request) {
			outer := http.NewServeMux()
			outer.HandleFunc("/", func(_ http.ResponseWriter, r *http.Request) {
				httpconv.SetRoute(r.Context(), pathSeen(r), "/users/:id")
			})
			mux(outer, w, r)
		}, "/users/1", "GET /users/:id"},
		"muxes of Go 1.21": {func(_ http.ResponseWriter, r *http.Request) {
			noteOldRoute(r, "example.com/api/")
			noteOldRoute(r, "/api/users/")
			noteOldRoute(r, "")
		}, "/api/users/1", "GET /api/users/"},
		"stripped prefix with muxes of Go 1.21": {func(_ http.ResponseWriter, r *http.Request) {
			noteOldRoute(r, "/api/")
			http.StripPrefix("/api", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { noteOldRoute(r, "/users/") })).ServeHTTP(nil, r)
		}, "/api/users/1", "GET /api/users/"},
		"copied request within a pattern of another name": {func(w http.ResponseWriter, r *http.Request) {
			outer, tenant := http.NewServeMux(), http.NewServeMux()
			tenant.HandleFunc("/{tenant}/users", nothing)
			outer.HandleFunc("/{t}/", func(w http.ResponseWriter, r *http.Request) { mux(tenant, w, r.WithContext(r.Context())) })
			mux(outer, w, r)
		}, "/a/users", "GET /{tenant}/users"},
		"stripped prefix below a wildcard": {func(w http.ResponseWriter, r *http.Request) {
			outer := http.NewServeMux()
			outer.HandleFunc("/t/{tenant}/{rest...}", func(w http.ResponseWriter, r *http.Request) {
				http.StripPrefix("/t/"+r.PathValue("tenant"), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { mux(inner, w, r) })).ServeHTTP(w, r)
			})
			mux(outer, w, r)
		}, "/t/a/users/1", "GET /t/{tenant}/users/{id}"},
		"stripped prefix, copied twice": {func(w http.ResponseWriter, r *http.Request) {
			outer := http.NewServeMux()
			outer.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
				http.StripPrefix("/api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					mux(inner, w, r.Clone(r.Context()))
				})).ServeHTTP(w, r.WithContext(r.Context()))
			})
			mux(outer, w, r)
		}, "/api/users/1", "GET /api/users/{id}"},
		"mux below gin's wildcard": {func(w http.ResponseWriter, r *http.Request) {
			http.StripPrefix("/api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { mux(inner, w, r) })).ServeHTTP(w, r)
			httpconv.SetRoute(r.Context(), pathSeen(r), "/api/*any")
		}, "/api/users/1", "GET /api/users/{id}"},
		"mux below echo's wildcard": {func(w http.ResponseWriter, r *http.Request) {
			SetInnerRoute(r, "/api/*")
			http.StripPrefix("/api", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { mux(inner, w, r) })).ServeHTTP(w, r)
		}, "/api/users/1", "GET /api/users/{id}"},
		"nested routers of one kind, whose routes are whole": {func(_ http.ResponseWriter, r *http.Request) {
			SetInnerRoute(r, "/old/*")
			http.StripPrefix("/old", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { SetNestedRoute(r, "/old/users/{id}") })).ServeHTTP(nil, r)
		}, "/old/users/1", "GET /old/users/{id}"},
		"the same below a stripped prefix": {func(_ http.ResponseWriter, r *http.Request) {
			SetInnerRoute(r, "/api/*")
			http.StripPrefix("/api", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				SetInnerRoute(r, "/old/*")
				http.StripPrefix("/old", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { SetNestedRoute(r, "/old/users/{id}") })).ServeHTTP(nil, r)
			})).ServeHTTP(nil, r)
		}, "/api/old/users/1", "GET /api/old/users/{id}"},
		"inner mux has nothing but a root": {func(w http.ResponseWriter, r *http.Request) {
			outer, root := http.NewServeMux(), http.NewServeMux()
			root.HandleFunc("/", nothing)
			outer.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { mux(root, w, r.WithContext(r.Context())) })
			mux(outer, w, r)
		}, "/api/users/1", "GET /api/"},
		"detached context": {func(_ http.ResponseWriter, r *http.Request) {
			httpconv.SetRoute(context.Background(), "/", "/x")
			httpconv.SetRoute(nil, "/", "/x")
		}, "/", "GET"},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			serve(t, request("GET", test.path), test.handler, responseState{})
			span := only(t, ended)
			if span.Name() != test.name {
				t.Errorf("name %q, want %q", span.Name(), test.name)
			}
			_, path, _ := strings.Cut(test.name, " ")
			has(t, span.Attributes(), map[attribute.Key]string{httpconv.RouteKey: path})
		})
	}
}

// mux is the woven (*http.ServeMux).ServeHTTP.
func mux(m *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	call := new(hook.Call)
	BeforeServeMux(call, m, w, r)
	defer AfterServeMux(call, m, w, r)
	m.ServeHTTP(w, r)
}

func TestServerSettings(t *testing.T) {
	configure(t, map[string]string{
		"OTEL_GO_HTTP_SERVER_EXCLUDE":                               "/healthz, /debug/*",
		"OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS":                   "GET,BREW",
		"OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_REQUEST_HEADERS":  "x-tenant",
		"OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS": "X-Cache",
	})
	for _, path := range []string{"/healthz", "/debug/pprof/"} {
		ended := record(t, sdk.ParentBased(sdk.AlwaysSample()))
		serve(t, request("GET", path), func(_ http.ResponseWriter, r *http.Request) {
			_, child := start(r.Context(), "database")
			if child.IsRecording() || !child.SpanContext().IsValid() {
				t.Errorf("%s: a span beneath an excluded request records", path)
			}
			child.End()
		}, responseState{})
		if len(ended()) != 0 {
			t.Errorf("%s is traced", path)
		}
	}
	ended := record(t, sdk.AlwaysSample())
	serve(t, request("BREW", "/healthz/pot", "X-Tenant", "a", "X-Tenant", "b"), func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("x-cache", "hit")
	}, responseState{status: 200})
	has(t, only(t, ended).Attributes(), map[attribute.Key]string{
		httpconv.RequestMethod: "BREW", "http.request.header.x-tenant": `["a","b"]`, "http.response.header.x-cache": `["hit"]`,
	})
}

type headerCounter struct {
	http.ResponseWriter
	asked int
}

func (w *headerCounter) Header() http.Header {
	w.asked++
	return w.ResponseWriter.Header()
}

// net/http copies all headers when it is asked for them after the response.
func TestHeadersOfResponsesThatAreNotRecorded(t *testing.T) {
	configure(t, map[string]string{"OTEL_INSTRUMENTATION_HTTP_SERVER_CAPTURE_RESPONSE_HEADERS": "X-Cache"})
	for sampler, want := range map[sdk.Sampler]int{sdk.AlwaysSample(): 1, sdk.NeverSample(): 0} {
		record(t, sampler)
		w := &headerCounter{ResponseWriter: httptest.NewRecorder()}
		serveTo(t, w, request("GET", "/"), nothing, responseState{status: 200})
		if w.asked != want {
			t.Errorf("%s: asked %d times", sampler.Description(), w.asked)
		}
	}
}

func TestDisabledInstrumentationDoesNothing(t *testing.T) {
	configure(t, map[string]string{"OTEL_GO_DISABLED_INSTRUMENTATIONS": "gin, net/http"})
	ended := record(t, sdk.AlwaysSample())
	req := request("GET", "/")
	ctx := req.Context()
	serve(t, req, nothing, responseState{})
	var call hook.Call
	BeforeRoundTrip(&call, nil, &req)
	if len(ended()) != 0 || req.Context() != ctx || call.Data() != nil {
		t.Error("something was done")
	}
}

func TestHTTP2StateIsFoundByItsFields(t *testing.T) {
	type state struct {
		status     int
		wroteBytes int64
	}
	type shape struct {
		http.ResponseWriter
		rws *state
	}
	type embedding struct{ *shape }
	for name, w := range map[string]http.ResponseWriter{
		"pointer":   &shape{rws: &state{404, 12}},
		"embedding": embedding{&shape{rws: &state{404, 12}}},
	} {
		if got, known := http2State(w); !known || got != (responseState{status: 404, written: 12}) {
			t.Errorf("%s: %+v, %v", name, got, known)
		}
	}
	for name, w := range map[string]http.ResponseWriter{
		"over":    &shape{},
		"no one":  embedding{},
		"another": httptest.NewRecorder(),
	} {
		if _, known := http2State(w); known {
			t.Errorf("%s: known", name)
		}
	}
}

func BenchmarkServer(b *testing.B) {
	for name, sampler := range map[string]sdk.Sampler{"sampled out": sdk.NeverSample(), "sampled": sdk.AlwaysSample()} {
		b.Run(name, func(b *testing.B) {
			record(b, sampler)
			b.ReportAllocs()
			req := request("GET", "http://example.com/a/b?q=1", "User-Agent", "curl")
			fresh, w := *req, httptest.NewRecorder()
			for i := 0; i < b.N; i++ {
				var call hook.Call
				BeforeServe(&call, nil, w, req)
				req.Pattern = ""
				AfterServe(&call)
				*req = fresh
			}
		})
	}
}
