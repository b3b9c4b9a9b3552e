// SPDX-License-Identifier: Apache-2.0

//go:build go1.21

// Added to package httprouter: tells otel.runtime/instrumentation/httprouter which route
// has matched, and of recovered panics.

package httprouter

import (
	"net/http"
	_ "unsafe" // for go:linkname
)

// otelMatched, if set, is told the path that a request's handle is registered for.
//
//go:linkname otelMatched
var otelMatched func(req *http.Request, path string)

// otelRecovered, if set, is told of panics, in the deferred function that has
// recovered them.
//
//go:linkname otelRecovered
var otelRecovered func(req *http.Request, value interface{})

// otelHandle makes a handle one that tells its path. One that is nil stays so.
//
//go:linkname otelHandle
//go:noinline
//go:norace
func otelHandle(path string, handle Handle) Handle {
	if handle == nil {
		return nil
	}
	return otelTelling[int](path, handle)
}

// otelTelling is generic as its function literal must be: generic code, which many
// packages may have, is numbered apart as linked names are.
//
//go:noinline
func otelTelling[otel any](path string, handle Handle) Handle {
	return func(w http.ResponseWriter, req *http.Request, ps Params) {
		if f := otelMatched; f != nil {
			f(req, path)
		}
		handle(w, req, ps)
	}
}

// otelRecover stands around the result of recover and gives it back.
//
//go:linkname otelRecover
//go:noinline
//go:norace
func otelRecover(value interface{}, req *http.Request) interface{} {
	if f := otelRecovered; f != nil && value != nil {
		f(req, value)
	}
	return value
}
