// SPDX-License-Identifier: Apache-2.0

package hook

import (
	"reflect"
	"testing"
	"unsafe"
)

// The kinds of a struct's words, at their offsets. A struct of one field is that
// field.
func describe(t reflect.Type) (fields []reflect.StructField) {
	for t.NumField() == 1 {
		t = t.Field(0).Type
	}
	for i := 0; i < t.NumField(); i++ {
		fields = append(fields, t.Field(i))
	}
	return fields
}

func TestCallHasTheLayoutThatWovenFunctionsDeclare(t *testing.T) {
	pointer := func(k reflect.Kind) reflect.Kind {
		if k == reflect.UnsafePointer {
			return reflect.Ptr
		}
		return k
	}
	call, ours := describe(reflect.TypeOf(Call{})), describe(reflect.TypeOf(woven{}))
	if len(call) != len(ours) || unsafe.Sizeof(Call{}) != unsafe.Sizeof(woven{}) {
		t.Fatalf("%d words in Call, %d in a woven function", len(call), len(ours))
	}
	for i := range call {
		if call[i].Offset != ours[i].Offset || pointer(call[i].Type.Kind()) != pointer(ours[i].Type.Kind()) {
			t.Errorf("%v in Call, %v in a woven function", call[i], ours[i])
		}
	}
}

func TestACallIsItsOwnExitClosure(t *testing.T) {
	var w woven
	var left *woven
	w.exit = func(w *woven) { left = w }
	w.self = &w
	w.code = Enter((*Call)(unsafe.Pointer(&w)), nil)
	func() {
		p := unsafe.Pointer(&w)
		defer (*(*func())(unsafe.Pointer(&p)))()
	}()
	if left != &w {
		t.Errorf("the deferred call left %p, not %p", left, &w)
	}
}

func TestEnterNamesTheFunction(t *testing.T) {
	var w woven
	call, f := (*Call)(unsafe.Pointer(&w)), &Function{Package: "net/http", Receiver: "*Transport", Name: "RoundTrip"}
	Enter(call, f)
	if call.Function() != f {
		t.Errorf("function %v", call.Function())
	}
}
