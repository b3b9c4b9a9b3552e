// SPDX-License-Identifier: Apache-2.0

package hook

import (
	"testing"
	"unsafe"

	"otel.example/hook/internal/layout"
)

func TestSkipSetsTheBitThatWovenFunctionsTest(t *testing.T) {
	var c Call
	if c.Skipped() {
		t.Error("a new call is skipped")
	}
	c.Skip()
	if c.layout.Flags != 1 || !c.Skipped() {
		t.Errorf("flags %b, skipped %v", c.layout.Flags, c.Skipped())
	}
}

func TestDataAndFunctionStayWithTheCall(t *testing.T) {
	var c Call
	if c.Data() != nil || *c.Function() != (Function{}) {
		t.Error("a new call has data or a function")
	}
	f := &Function{"net/http", "*Transport", "RoundTrip"}
	v := new(int)
	c.layout.Function = unsafe.Pointer(f)
	c.SetData(v)
	if c.Function() != f || c.Data() != any(v) {
		t.Error("function or data lost")
	}
}

func TestPanicAsksForTheFrameOfTheCall(t *testing.T) {
	defer func(f func(unsafe.Pointer) (any, bool, bool)) { panicking = f }(panicking)
	panicking = nil
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

// A Call is its layout and nothing more: the module's packages convert pointers.
func TestACallIsItsLayout(t *testing.T) {
	if unsafe.Sizeof(Call{}) != unsafe.Sizeof(layout.Call{}) || unsafe.Offsetof(Call{}.layout) != 0 {
		t.Error("a Call has more than its layout")
	}
}
