// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"net/http"
	"reflect"
	"sync"
	_ "unsafe" // for go:linkname
)

// responseState is what the server knows of a response that it is writing.
type responseState struct {
	status   int   // 0 if none was set
	written  int64 // of the body, -1 if not known
	hijacked bool
}

// http1State is in the file that is added to net/http; nil where that isn't
// woven.
//
//go:linkname http1State net/http.otelResponseState
var http1State func(w http.ResponseWriter) (status int, written int64, hijacked, known bool)

// stateOf asks the server's own ResponseWriter. To be called on the handler's
// goroutine, before the handler has returned to the server.
func stateOf(w http.ResponseWriter) (state responseState, known bool) {
	if http1State != nil {
		state.status, state.written, state.hijacked, known = http1State(w)
	}
	if !known {
		state, known = http2State(w)
	}
	return state, known
}

// http2Fields is where an HTTP/2 ResponseWriter type has its state: net/http's
// own (in the package until Go 1.26, in a package below it from Go 1.27 on, or
// left out by a build tag, so that no added file can name it) and that of
// golang.org/x/net/http2, which have the same fields.
type http2Fields struct {
	rws             []int // the pointer to the state
	status, written []int // in the state
	declared        []int // likewise: Content-Length, 0 if there is none; nil if unknown
}

var http2Types sync.Map // reflect.Type to *http2Fields, nil for other types

func http2State(w http.ResponseWriter) (responseState, bool) {
	v := reflect.ValueOf(w)
	t := v.Type()
	cached, ok := http2Types.Load(t)
	if !ok {
		cached, _ = http2Types.LoadOrStore(t, findHTTP2Fields(t))
	}
	fields := cached.(*http2Fields)
	if fields == nil {
		return responseState{}, false
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return responseState{}, false
		}
		v = v.Elem()
	}
	rws, err := v.FieldByIndexErr(fields.rws)
	if err != nil || rws.IsNil() {
		return responseState{}, false
	}
	rws = rws.Elem()
	state := responseState{
		status:  int(rws.FieldByIndex(fields.status).Int()),
		written: rws.FieldByIndex(fields.written).Int(),
	}
	// What is more than was declared is counted and refused.
	if fields.declared != nil {
		if declared := rws.FieldByIndex(fields.declared).Int(); declared != 0 && state.written > declared {
			state.written = -1
		}
	}
	return state, true
}

func findHTTP2Fields(t reflect.Type) *http2Fields {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	rws, ok := t.FieldByName("rws")
	if !ok || rws.Type.Kind() != reflect.Pointer || rws.Type.Elem().Kind() != reflect.Struct {
		return nil
	}
	status, ok := rws.Type.Elem().FieldByName("status")
	if !ok || status.Type.Kind() != reflect.Int {
		return nil
	}
	written, ok := rws.Type.Elem().FieldByName("wroteBytes")
	if !ok || written.Type.Kind() != reflect.Int64 {
		return nil
	}
	fields := &http2Fields{rws.Index, status.Index, written.Index, nil}
	if declared, ok := rws.Type.Elem().FieldByName("sentContentLen"); ok && declared.Type.Kind() == reflect.Int64 {
		fields.declared = declared.Index
	}
	return fields
}
