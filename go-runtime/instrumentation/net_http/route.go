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
	path     string
	stripped int // elements taken from the path before its outermost router
	entered  routers
}

// SetRoute says which template the path of a server's request has matched, as
// the router has it: "/users/:id". For hooks of routers; ctx is the request's
// context, or one made from it, and anything else is of no effect. A router
// within another is to be told first.
func SetRoute(ctx context.Context, path string) {
	if s := servingOf(ctx); s != nil && path != "" {
		s.matched.add(path, 0)
	}
}

// SetRouteOf is SetRoute for a router that may get requests from whose paths a
// prefix is stripped: req is as the router got it.
func SetRouteOf(req *http.Request, path string) {
	if s := servingOf(req.Context()); s != nil && path != "" {
		s.matched.add(path, s.stripped(pathSeen(req)))
	}
}

// SetInnerRouteOf is SetRouteOf for a router that knows its route before it
// calls the handler: a router within another is to be told last.
func SetInnerRouteOf(req *http.Request, path string) {
	if s := servingOf(req.Context()); s != nil && path != "" {
		s.matched.addInner(path, s.stripped(pathSeen(req)))
	}
}

func pathSeen(req *http.Request) string {
	if req.URL == nil {
		return ""
	}
	return req.URL.Path
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
		SetInnerRouteOf(req, pathOf(pattern))
	}
}

// pathOf is the path of a mux pattern "[METHOD ][HOST]/[PATH]".
func pathOf(pattern string) string {
	if slash := strings.IndexByte(pattern, '/'); slash >= 0 {
		return pattern[slash:]
	}
	return pattern
}

// add takes the path of a router that has its say after the ones within it.
func (r *route) add(path string, stripped int) {
	r.Lock()
	defer r.Unlock()
	if stripped == r.stripped && r.path != "" && !covers(r.path, path) {
		return
	}
	r.compose(path, stripped)
}

// addInner is add for a router within the ones before.
func (r *route) addInner(path string, stripped int) {
	r.Lock()
	defer r.Unlock()
	if stripped == r.stripped && covers(path, r.path) {
		return
	}
	r.compose(path, stripped)
}

// compose takes the path of a router from whose requests so many elements were
// stripped. Of two routers the one with more of them stripped is within the
// other, whose path begins with a template of these elements.
func (r *route) compose(path string, stripped int) {
	switch {
	case r.path == "" || stripped == r.stripped:
		r.path, r.stripped = path, stripped
	case stripped > r.stripped:
		r.path = beginning(r.path, stripped-r.stripped) + path
	default:
		r.path, r.stripped = beginning(path, r.stripped-stripped)+r.path, stripped
	}
}

// covers reports whether outer, a template for the same path as inner, says
// less about it.
func covers(outer, inner string) bool {
	if catchesAll(outer) != catchesAll(inner) {
		return catchesAll(outer)
	}
	return len(inner) > len(outer) && (strings.HasPrefix(inner, outer) || catchesAll(outer) && elements(inner) > elements(outer))
}

// catchesAll is true of "/api/", "/api/*", "/api/*rest" and "/api/{rest...}".
func catchesAll(path string) bool {
	last := path[strings.LastIndexByte(path, '/')+1:]
	return last == "" || last[0] == '*' || strings.HasSuffix(last, "...}")
}

// elements is how many there are of a path or template, without empty ones.
func elements(path string) (n int) {
	for i := 0; i < len(path); i++ {
		if path[i] != '/' && (i == 0 || path[i-1] == '/') {
			n++
		}
	}
	return n
}

// beginning is the first n elements of a template, at most those that stand for
// one each.
func beginning(path string, n int) string {
	end := 0
	for ; n > 0 && end < len(path); n-- {
		next := strings.IndexByte(path[end+1:], '/')
		if next < 0 {
			next = len(path) - end - 1
		}
		if catchesAll(path[end : end+1+next]) {
			break
		}
		end += 1 + next
	}
	return path[:end]
}

// stripped is how many elements of the request's path something has taken away
// before a router got it, as http.StripPrefix does.
func (s *serving) stripped(seen string) int {
	if len(seen) >= len(s.path) || !strings.HasSuffix(s.path, seen) {
		return 0
	}
	return elements(s.path[:len(s.path)-len(seen)])
}

func (r *route) get() string {
	r.Lock()
	defer r.Unlock()
	return r.path
}
