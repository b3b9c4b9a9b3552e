// SPDX-License-Identifier: Apache-2.0

package hooktest

import (
	"testing"

	"otel.example/hook"
)

func TestNewCallIsOfTheFunctionAndBeforeItsHooks(t *testing.T) {
	function := hook.Function{Package: "example.com/shop", Receiver: "*Client", Name: "Charge"}
	call := NewCall(function)
	if *call.Function() != function {
		t.Errorf("function %v", call.Function())
	}
	if value, panicked := call.Panic(); value != nil || panicked || call.Skipped() || call.Data() != nil {
		t.Errorf("panic %v %v, skipped %v, data %v", value, panicked, call.Skipped(), call.Data())
	}
}

func TestDataAndSkipOfTheBeforeHookStay(t *testing.T) {
	call := NewCall(hook.Function{Name: "F"})
	data := new(int)
	call.SetData(data)
	call.Skip()
	if call.Data() != any(data) || !call.Skipped() {
		t.Errorf("data %v, skipped %v", call.Data(), call.Skipped())
	}
}

func TestPanicReturnsWhatTheTestSays(t *testing.T) {
	call := NewCall(hook.Function{Name: "F"})
	SetPanic(call, "boom")
	if value, panicked := call.Panic(); value != "boom" || !panicked {
		t.Errorf("panic: %v %v", value, panicked)
	}
	call = NewCall(hook.Function{Name: "F"})
	SetGoexit(call)
	if value, panicked := call.Panic(); value != nil || !panicked {
		t.Errorf("Goexit: %v %v", value, panicked)
	}
}

func TestAnotherCallIsRejected(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a Call that isn't one of NewCall was changed beyond its end")
		}
	}()
	SetPanic(&hook.Call{}, "boom")
}
