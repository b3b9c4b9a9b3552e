// SPDX-License-Identifier: Apache-2.0

package httpconv

import "context"

// SetRoute says which template the path of a server's request has matched, as
// the router has it: "/users/:id". For hooks of routers; ctx is the request's
// context, or one made from it, and anything else is of no effect. seen is the
// path as the router got it, from which a prefix may have been stripped; a router
// within another is to be told first.
func SetRoute(ctx context.Context, seen, path string) {
	if s := Of(ctx); s != nil && path != "" {
		s.matched.add(path, stripped(s.Request.Path, seen))
	}
}

// SetInnerRoute is SetRoute for a router that knows its route before it calls the
// handler: a router within another is to be told last.
func SetInnerRoute(ctx context.Context, seen, path string) {
	if s := Of(ctx); s != nil && path != "" {
		s.matched.addInner(path, stripped(s.Request.Path, seen))
	}
}

// SetNestedRoute is SetInnerRoute for a router whose path begins where that of the
// router before it does, which was told by SetInnerRoute: whatever has been stripped
// since then, the path is that of both.
func SetNestedRoute(ctx context.Context, path string) {
	if s := Of(ctx); s != nil && path != "" {
		s.matched.addNested(path)
	}
}

// Routed is a request within a router that reports its route when the handler has
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

// EnterRouter is for hooks of routers that report the route by LeaveRouter, when
// the handler has returned. Until then it is in to, for a handler that takes over
// the connection, with which the request's span ends.
func EnterRouter(ctx context.Context, seen string, to Routed) {
	if s := Of(ctx); s != nil {
		s.matched.enter(to, stripped(s.Request.Path, seen))
	}
}

// Stripped is how many elements of its request's path have been taken away before a
// router got what is seen there. A handler may change the path, as httprouter's
// ServeFiles does, so it is asked before that is called.
func Stripped(ctx context.Context, seen string) int {
	if s := Of(ctx); s != nil {
		return stripped(s.Request.Path, seen)
	}
	return 0
}

// LeaveStripped is LeaveRouter with what Stripped said before the handler.
func LeaveStripped(ctx context.Context, stripped int, path string) {
	if s := Of(ctx); s != nil {
		s.matched.leave()
		if path != "" {
			s.matched.add(path, stripped)
		}
	}
}

// LeaveRouter is SetRoute, and ends what EnterRouter has begun. path may be
// empty.
func LeaveRouter(ctx context.Context, seen, path string) {
	if s := Of(ctx); s != nil {
		s.matched.leave()
		SetRoute(ctx, seen, path)
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
