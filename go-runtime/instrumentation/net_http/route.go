// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"path"
	"strings"
	_ "unsafe" // for go:linkname

	"otel.runtime/conventions/httpconv"
	"otel.runtime/hook"
)

func pathSeen(req *http.Request) string {
	if req.URL == nil {
		return ""
	}
	return req.URL.Path
}

// EnterRouter is httpconv's, for a request that may take over its connection.
func EnterRouter(req *http.Request, to httpconv.Routed) {
	if len(req.Header["Upgrade"]) > 0 {
		httpconv.EnterRouter(req.Context(), pathSeen(req), to)
	}
}

// LeaveRouter ends what EnterRouter has begun. path may be empty.
func LeaveRouter(req *http.Request, path string) {
	httpconv.LeaveRouter(req.Context(), pathSeen(req), path)
}

// SetInnerRoute tells the route of a router that knows it before it calls the
// handler: a router within another is to be told last. req is as the router got it.
func SetInnerRoute(req *http.Request, path string) {
	httpconv.SetInnerRoute(req.Context(), pathSeen(req), path)
}

// SetNestedRoute is SetInnerRoute for a router whose route begins where that of the
// router before it does.
func SetNestedRoute(req *http.Request, path string) { httpconv.SetNestedRoute(req.Context(), path) }

// routed is called by the file that is added to net/http; it exists where that
// is woven.
//
//go:linkname routed net/http.otelRouted
var routed func(req *http.Request, pattern string)

func init() { routed = noteOldRoute }

// noteOldRoute is the same for the mux of Go 1.21, which is used by
// GODEBUG=httpmuxgo121=1 and tells the request nothing. It comes before the
// handler, so an outer mux before an inner one.
func noteOldRoute(req *http.Request, pattern string) {
	defer hook.Contain("http_route_121", "noteOldRoute")
	if pattern != "" {
		SetInnerRoute(req, pathOf(pattern))
	}
}

// pathOf is the path of a mux pattern "[METHOD ][HOST]/[PATH]".
func pathOf(pattern string) string {
	if slash := strings.IndexByte(pattern, '/'); slash >= 0 {
		return pattern[slash:]
	}
	return pattern
}

// muxed is a request that a ServeMux has got, and matches.
type muxed http.Request

func (m *muxed) FullPath() string { return pathOf(m.Pattern) }

// BeforeServeMux is the before hook of (*http.ServeMux).ServeHTTP. A program that calls
// that by itself may have no request.
func BeforeServeMux(call *hook.Call, _ *http.ServeMux, _ http.ResponseWriter, req *http.Request) {
	if req == nil {
		return
	}
	call.SetData(httpconv.Stripped(req.Context(), pathSeen(req)))
	EnterRouter(req, (*muxed)(req))
}

// AfterServeMux takes the pattern from the request that the mux itself got,
// which a middleware may have copied, and a panic that a middleware around the
// mux may recover. It is the after hook of (*http.ServeMux).ServeHTTP.
func AfterServeMux(call *hook.Call, _ *http.ServeMux, _ http.ResponseWriter, req *http.Request) {
	if req == nil {
		return
	}
	route := ""
	if pattern := req.Pattern; pattern != "" && !redirects(req, pattern) {
		route = pathOf(pattern)
	}
	stripped, _ := call.Data().(int)
	httpconv.LeaveStripped(req.Context(), stripped, route)
	if value, panicked := call.Panic(); panicked {
		httpconv.RecordPanic(req.Context(), value)
	}
}

// redirects reports whether the mux has sent a CONNECT to the same path with a slash
// at its end. The mux then says that this path, which the client has made up, is the
// pattern. No pattern with a slash at its end fits a path without it.
func redirects(req *http.Request, pattern string) bool {
	if req.Method != http.MethodConnect || !strings.HasSuffix(pattern, "/") || req.URL == nil || strings.HasSuffix(req.URL.Path, "/") {
		return false
	}
	return pattern == path.Clean(req.URL.Path)+"/"
}
