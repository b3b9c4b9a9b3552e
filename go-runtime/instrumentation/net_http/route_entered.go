// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"path"
	"strings"

	"otel.runtime/hook"
)

// Routed is a request within a router that tells its route when the handler has
// returned. FullPath is the template that has matched, "" as long as there is
// none: a *gin.Context is one.
type Routed interface{ FullPath() string }

// routers are those in which a request is that may take over its connection,
// outermost first. Of more than fit the innermost aren't kept.
type routers struct {
	in [3]struct {
		to       Routed
		stripped int
	}
	depth int
}

// EnterRouter is for hooks of routers that tell the route by LeaveRouter, when
// the handler has returned. Until then it is in to, for a handler that takes over
// the connection, with which the request's span ends.
func EnterRouter(req *http.Request, to Routed) {
	if len(req.Header["Upgrade"]) == 0 {
		return
	}
	if s := servingOf(req.Context()); s != nil {
		s.matched.enter(to, s.stripped(pathSeen(req)))
	}
}

// LeaveRouter is SetRouteOf, and ends what EnterRouter has begun. path may be
// empty.
func LeaveRouter(req *http.Request, path string) {
	if s := servingOf(req.Context()); s != nil {
		s.matched.leave()
		SetRouteOf(req, path)
	}
}

func (r *route) enter(to Routed, stripped int) {
	r.Lock()
	defer r.Unlock()
	if e := &r.entered; e.depth < len(e.in) {
		e.in[e.depth].to, e.in[e.depth].stripped = to, stripped
	}
	r.entered.depth++
}

func (r *route) leave() {
	r.Lock()
	defer r.Unlock()
	e := &r.entered
	if e.depth == 0 {
		return
	}
	if e.depth--; e.depth < len(e.in) {
		e.in[e.depth].to = nil
	}
}

// settle takes the routes of the routers that haven't returned.
func (r *route) settle() {
	r.Lock()
	all := r.entered
	r.Unlock()
	for i := 0; i < all.depth && i < len(all.in); i++ {
		if path := all.in[i].to.FullPath(); path != "" {
			r.addInner(path, all.in[i].stripped)
		}
	}
}

// muxed is a request that a ServeMux has got, and matches.
type muxed http.Request

func (m *muxed) FullPath() string { return pathOf(m.Pattern) }

// BeforeServeMux is the before hook of (*http.ServeMux).ServeHTTP.
func BeforeServeMux(_ *hook.Call, _ *http.ServeMux, _ http.ResponseWriter, req *http.Request) {
	EnterRouter(req, (*muxed)(req))
}

// AfterServeMux takes the pattern from the request that the mux itself got,
// which a middleware may have copied, and a panic that a middleware around the
// mux may recover. It is the after hook of (*http.ServeMux).ServeHTTP.
func AfterServeMux(call *hook.Call, _ *http.ServeMux, _ http.ResponseWriter, req *http.Request) {
	route := ""
	if pattern := req.Pattern; pattern != "" && !redirects(req, pattern) {
		route = pathOf(pattern)
	}
	LeaveRouter(req, route)
	if value, panicked := call.Panic(); panicked {
		RecordPanic(req.Context(), value)
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
