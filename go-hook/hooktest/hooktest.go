// SPDX-License-Identifier: Apache-2.0

// Package hooktest makes calls for unit tests of hooks. A hook is an ordinary
// function, which a test calls as a woven function would:
//
//	call := hooktest.NewCall(hook.Function{Package: "example.com/shop/payment", Receiver: "*Client", Name: "Charge"})
//	hooks.BeforeCharge(call, client, nil, 250)
//	hooks.AfterCharge(call, errors.New("declined"))
//
// What the before hook leaves in the call (SetData, Skip) is there for the after
// hook and for the test; results that a before hook sets are variables of the
// test. Tests with such calls are the same under "go test" and "otel go test".
package hooktest

import (
	"unsafe"

	"otel.example/hook"
	"otel.example/hook/internal/layout"
)

// NewCall is a call of a function that need not exist.
func NewCall(function hook.Function) *hook.Call {
	made := &layout.MadeUpCall{}
	made.Function = unsafe.Pointer(&function)
	made.Flags = layout.MadeUp
	return (*hook.Call)(unsafe.Pointer(made))
}

// SetPanic makes the function be left by a panic with this value: what
// call.Panic reports from now on. The call is one of NewCall.
func SetPanic(call *hook.Call, value any) { leave(call, value) }

// SetGoexit makes the function be left by runtime.Goexit, which call.Panic
// reports as a panic without a value. The call is one of NewCall.
func SetGoexit(call *hook.Call) { leave(call, nil) }

func leave(call *hook.Call, value any) {
	if (*layout.Call)(unsafe.Pointer(call)).Flags&layout.MadeUp == 0 {
		panic("hooktest: the call is not one of NewCall")
	}
	made := (*layout.MadeUpCall)(unsafe.Pointer(call))
	made.Panic, made.Panicked = value, true
}
