// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"otel.runtime/current"
	"otel.runtime/hook"

	"otel.runtime/conventions/httpconv"
)

// ginContext is a request within a router that reports its route afterwards.
type ginContext struct{ path string }

func (c *ginContext) FullPath() string { return c.path }

// hijack is the woven (*response).Hijack of the response to req.
func hijack(t *testing.T, req *http.Request, err error) {
	t.Helper()
	RequestOf = func(any) *http.Request { return req }
	t.Cleanup(func() { RequestOf = nil })
	var call hook.Call
	BeforeHijack(&call, nil)
	AfterHijack(&call, nil, nil, err)
}

func TestHijackEndsTheSpan(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	req := request("GET", "/chat/42", "Upgrade", "websocket")
	serve(t, req, func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if hijack(t, req, errors.New("not now")); len(ended()) != 0 || !current.SpanIn(ctx).SpanContext().IsValid() {
			t.Error("a connection that isn't taken over ends the span")
		}
		hijack(t, req, nil)
		only(t, ended)
		if current.SpanIn(ctx).SpanContext().IsValid() {
			t.Error("the context still has the span")
		}
		hijack(t, req, nil)
	}, responseState{hijacked: true})
	has(t, only(t, ended).Attributes(), map[attribute.Key]string{httpconv.ResponseStatusCode: "101", httpconv.ErrorType: ""})
}

// The route of a connection that is taken over before the routers have returned.
func TestRouteOfAHijackedConnection(t *testing.T) {
	gin := func(path string, within http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			EnterRouter(r, &ginContext{path})
			within(w, r)
			LeaveRouter(r, path)
		}
	}
	copied := func(m *http.ServeMux) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { mux(m, w, r.WithContext(r.Context())) }
	}
	for name, test := range map[string]struct {
		handler func(take http.HandlerFunc) http.HandlerFunc
		route   string
	}{
		"gin": {func(take http.HandlerFunc) http.HandlerFunc { return gin("/a/:b/:c", take) }, "/a/:b/:c"},
		"a mux that got a copy": {func(take http.HandlerFunc) http.HandlerFunc {
			m := http.NewServeMux()
			m.HandleFunc("GET /a/{b}/c", take)
			return copied(m)
		}, "/a/{b}/c"},
		"a mux below gin": {func(take http.HandlerFunc) http.HandlerFunc {
			m := http.NewServeMux()
			m.HandleFunc("/{b}/c", take)
			return gin("/a/*rest", http.StripPrefix("/a", copied(m)).ServeHTTP)
		}, "/a/{b}/c"},
		"a router that was left": {func(take http.HandlerFunc) http.HandlerFunc {
			return gin("/a/*rest", func(w http.ResponseWriter, r *http.Request) {
				m := http.NewServeMux()
				m.HandleFunc("/a/", nothing)
				copied(m)(w, r)
				take(w, r)
			})
		}, "/a/*rest"},
		"more routers than are kept": {func(take http.HandlerFunc) http.HandlerFunc {
			for i := 0; i < 5; i++ {
				take = gin("/a/:b/:c", take)
			}
			return take
		}, "/a/:b/:c"},
		"none": {func(take http.HandlerFunc) http.HandlerFunc { return gin("", take) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ended := record(t, sdk.AlwaysSample())
			req := request("GET", "/a/b/c", "Upgrade", "websocket")
			serve(t, req, test.handler(func(http.ResponseWriter, *http.Request) { hijack(t, req, nil) }), responseState{hijacked: true})
			has(t, only(t, ended).Attributes(), map[attribute.Key]string{httpconv.RouteKey: test.route})
		})
	}
}

// The status of a handshake that was refused on a connection which was taken
// over for it.
func TestRefusedHandshake(t *testing.T) {
	ended := record(t, sdk.AlwaysSample())
	req := request("GET", "/chat", "Upgrade", "websocket")
	serve(t, req, func(w http.ResponseWriter, r *http.Request) {
		AwaitHandshake(r)
		if hijack(t, req, nil); len(ended()) != 0 {
			t.Error("the span has ended before the handshake")
		}
		EndHandshake(r, 403)
		only(t, ended)
	}, responseState{hijacked: true})
	has(t, only(t, ended).Attributes(), map[attribute.Key]string{httpconv.ResponseStatusCode: "403", httpconv.ErrorType: ""})
}

func TestHandshakeWithAHostThatIsExcluded(t *testing.T) {
	configure(t, map[string]string{"OTEL_GO_HTTP_CLIENT_EXCLUDE": "internal.example"})
	ended := record(t, sdk.AlwaysSample())
	var call hook.Call
	at, _ := url.Parse("ws://internal.example/")
	if BeginHandshake(&call, background, at, nil) != nil || len(ended()) != 0 {
		t.Error("it is traced")
	}
}
