// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"net/http"
	"strings"
	"sync"
	_ "unsafe" // for go:linkname

	"otel.runtime/hook"
)

// route is the template of the path that a request has matched. Guarded: with
// http.TimeoutHandler a handler may still run when its request is over.
type route struct {
	sync.Mutex
	path string
}

// SetRoute says which template the path of a server's request has matched, as
// the router has it: "/users/:id". For hooks of routers; ctx is the request's
// context, or one made from it, and anything else is of no effect. A router
// within another is to be told first.
func SetRoute(ctx context.Context, path string) {
	if s := servingOf(ctx); s != nil && path != "" {
		s.matched.add(path)
	}
}

// SetInnerRoute is SetRoute for a router that knows its route before it calls
// the handler: a router within another is to be told last.
func SetInnerRoute(ctx context.Context, path string) {
	if s := servingOf(ctx); s != nil && path != "" {
		s.matched.addInner(path)
	}
}

// AfterServeMux takes the pattern from the request that the mux itself got,
// which a middleware may have copied, and a panic that a middleware around the
// mux may recover. It is the after hook of (*http.ServeMux).ServeHTTP.
func AfterServeMux(call *hook.Call, _ *http.ServeMux, _ http.ResponseWriter, req *http.Request) {
	if pattern := req.Pattern; pattern != "" {
		SetRoute(req.Context(), pathOf(pattern))
	}
	if value, panicked := call.Panic(); panicked {
		RecordPanic(req.Context(), value)
	}
}

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
		SetInnerRoute(req.Context(), pathOf(pattern))
	}
}

// pathOf is the path of a mux pattern "[METHOD ][HOST]/[PATH]".
func pathOf(pattern string) string {
	if slash := strings.IndexByte(pattern, '/'); slash >= 0 {
		return pattern[slash:]
	}
	return pattern
}

// add takes the path of a router that stands around the ones before. It adds
// nothing, unless the inner router saw a path from which http.StripPrefix had
// taken the outer one: then it is the beginning.
func (r *route) add(path string) {
	r.Lock()
	defer r.Unlock()
	switch {
	case r.path == "":
		r.path = path
	case strings.HasSuffix(path, "/") && !strings.HasPrefix(r.path, path):
		r.path = path + strings.TrimPrefix(r.path, "/")
	}
}

// addInner is add for a router within the ones before.
func (r *route) addInner(path string) {
	r.Lock()
	defer r.Unlock()
	switch {
	case strings.HasPrefix(path, r.path):
		r.path = path
	case strings.HasSuffix(r.path, "/"):
		r.path += strings.TrimPrefix(path, "/")
	}
}

func (r *route) get() string {
	r.Lock()
	defer r.Unlock()
	return r.path
}
