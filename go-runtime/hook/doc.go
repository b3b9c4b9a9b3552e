// SPDX-License-Identifier: Apache-2.0

// Package hook is what the author of a hook needs: the call that a hook is
// told about, and the containment of a hook that panics. Generated glue uses
// it too. It knows neither rules nor OpenTelemetry.
//
// # What a hook looks like
//
// A hook is an exported function of an ordinary package. A rule names it as
// the before or the after hook of a target function. Its signature says what
// the woven function passes; nothing else is computed or allocated.
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
// change it. A parameter written "_ any" isn't passed (the hook gets nil): for
// types that the hook can't name. A variadic ...T of the target is a []T.
//
//	// target: func (t *Transport) RoundTrip(req *Request) (*Response, error)
//	func BeforeRoundTrip(call *hook.Call, t *http.Transport, req **http.Request)
//	func AfterRoundTrip(call *hook.Call, resp *http.Response, err error)
//
// A hook has no results. It may panic without harm to the program (see
// Contain), but may not call runtime.Goexit.
package hook
