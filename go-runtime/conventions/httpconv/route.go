// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"strings"
	"sync"
)

// route is the template of the path that a request has matched. Guarded: with
// http.TimeoutHandler a handler may still run when its request is over.
type route struct {
	sync.Mutex
	path     string
	stripped int // elements taken from the path before its outermost router
	last     int // likewise before the router that addInner was called for
	entered  routers
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
	r.last = stripped
	r.inner(path, stripped)
}

// addNested is addInner for a router from whose path as much is missing as from that
// of the one before, and whose path is the whole one: it says more.
func (r *route) addNested(path string) {
	r.Lock()
	defer r.Unlock()
	r.compose(path, r.last)
}

func (r *route) inner(path string, stripped int) {
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

// stripped is how many elements of a request's path something has taken away
// before a router got it, as http.StripPrefix does.
func stripped(path, seen string) int {
	if len(seen) >= len(path) || !strings.HasSuffix(path, seen) {
		return 0
	}
	return elements(path[:len(path)-len(seen)])
}

func (r *route) get() string {
	r.Lock()
	defer r.Unlock()
	return r.path
}
