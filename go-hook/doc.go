// SPDX-License-Identifier: Apache-2.0

// Package hook is what the author of a hook imports: the call that a hook is
// told about.
//
// A hook is an exported function of an ordinary package. A rule file names it
// as the before or the after hook of a target function, and "otel go build"
// weaves calls of it into the target. The package needs nothing but Go: hooks
// are compiled, vetted and tested with the go command like any other code (see
// package hooktest). In a program that plain go builds, nothing calls them.
//
// # What a hook looks like
//
// The signature of a hook says what the woven function passes to it; nothing
// else is computed or allocated.
//
//   - An optional first parameter of type *Call.
//   - A before hook then has either nothing, or one parameter for the
//     receiver (if the target has one) and each parameter of the target, in
//     order; these may be followed by one pointer for each result, to be set
//     by a hook that skips the call.
//   - An after hook then has nothing, or one parameter for each result, or
//     receiver and parameters followed by results.
//
// Where the target has a T, the hook has a T to read the value or a *T to
// change it; any takes the value in an interface. A parameter written "_ any"
// isn't passed (the hook gets nil): for types that the hook can't name. A
// variadic ...T of the target is a []T.
//
//	// target: func (t *Transport) RoundTrip(req *Request) (*Response, error)
//	func BeforeRoundTrip(call *hook.Call, t *http.Transport, req **http.Request)
//	func AfterRoundTrip(call *hook.Call, resp *http.Response, err error)
//
// A hook has no results. If it panics, the panic is contained: it is counted
// and reported once on stderr, and the program continues. A hook must not call
// runtime.Goexit.
//
// # Versions
//
// A woven program has the copy of this module that is part of otel, whatever
// version its go.mod requires. [APILevel] says which API that is.
package hook
