// SPDX-License-Identifier: Apache-2.0

package hook

import (
	"testing"
	"unsafe"
)

// The woven function's own declaration of a Call.
type woven struct {
	code     uintptr
	self     unsafe.Pointer
	exit     func(unsafe.Pointer)
	function unsafe.Pointer
	data     interface{}
	flags    uintptr
}

func TestCallHasTheLayoutThatWovenFunctionsDeclare(t *testing.T) {
	var c Call
	var w woven
	for _, f := range []struct {
		name       string
		ours, they uintptr
	}{
		{"size", unsafe.Sizeof(c), unsafe.Sizeof(w)},
		{"align", unsafe.Alignof(c), unsafe.Alignof(w)},
		{"code", unsafe.Offsetof(c.code), unsafe.Offsetof(w.code)},
		{"self", unsafe.Offsetof(c.self), unsafe.Offsetof(w.self)},
		{"exit", unsafe.Offsetof(c.exit), unsafe.Offsetof(w.exit)},
		{"function", unsafe.Offsetof(c.function), unsafe.Offsetof(w.function)},
		{"data", unsafe.Offsetof(c.data), unsafe.Offsetof(w.data)},
		{"flags", unsafe.Offsetof(c.flags), unsafe.Offsetof(w.flags)},
	} {
		if f.ours != f.they {
			t.Errorf("%s: %d in Call, %d in a woven function", f.name, f.ours, f.they)
		}
	}
}

func TestACallIsItsOwnExitClosure(t *testing.T) {
	var w woven
	c := (*Call)(unsafe.Pointer(&w))
	var left *Call
	c.exit = func(c *Call) { left = c }
	c.self = c
	w.code = Enter(c, nil)
	func() {
		p := unsafe.Pointer(&w)
		defer (*(*func())(unsafe.Pointer(&p)))()
	}()
	if left != c {
		t.Errorf("the deferred call left %p, not %p", left, c)
	}
}

func TestSkipSetsTheBitThatWovenFunctionsTest(t *testing.T) {
	var w woven
	c := (*Call)(unsafe.Pointer(&w))
	if c.Skipped() {
		t.Error("a new call is skipped")
	}
	c.Skip()
	if w.flags&1 == 0 || !c.Skipped() {
		t.Errorf("flags %b, skipped %v", w.flags, c.Skipped())
	}
}

func TestDataAndFunctionStayWithTheCall(t *testing.T) {
	var c Call
	if c.Data() != nil || c.Function() != nil {
		t.Error("a new call has data or a function")
	}
	f := &Function{"net/http", "*Transport", "RoundTrip"}
	v := new(int)
	Enter(&c, f)
	c.SetData(v)
	if c.Function() != f || c.Data() != any(v) {
		t.Error("function or data lost")
	}
}

func TestPanicAsksForTheFrameOfTheCall(t *testing.T) {
	defer func(f func(unsafe.Pointer) (any, bool, bool)) { panicking = f }(panicking)
	var c Call
	if v, p := c.Panic(); v != nil || p {
		t.Errorf("without a woven run time: %v, %v", v, p)
	}
	tests := []struct {
		value          any
		panics, goexit bool
		want           bool
	}{
		{nil, false, false, false},
		{"boom", true, false, true},
		{nil, false, true, true},
	}
	for _, test := range tests {
		panicking = func(frame unsafe.Pointer) (any, bool, bool) {
			if frame != unsafe.Pointer(&c) {
				t.Error("asked for another frame")
			}
			return test.value, test.panics, test.goexit
		}
		if v, p := c.Panic(); v != test.value || p != test.want {
			t.Errorf("%+v: got %v, %v", test, v, p)
		}
	}
}
