// SPDX-License-Identifier: Apache-2.0

package hooktest_test

import (
	"errors"
	"fmt"

	"otel.example/hook"
	"otel.example/hook/hooktest"
)

// The hooks under test, for func (c *Client) Charge(cents int) error.
func BeforeCharge(call *hook.Call, _ any, cents int, err *error) {
	call.SetData(cents)
	if cents == 0 {
		*err = errors.New("nothing to charge")
		call.Skip()
	}
}

func AfterCharge(call *hook.Call, err error) {
	value, panicked := call.Panic()
	fmt.Println(call.Function().Name, call.Data(), err, panicked, value)
}

var charge = hook.Function{Package: "example.com/shop/payment", Receiver: "*Client", Name: "Charge"}

func ExampleNewCall() {
	call := hooktest.NewCall(charge)
	BeforeCharge(call, nil, 250, nil)
	AfterCharge(call, errors.New("declined"))
	// Output: Charge 250 declined false <nil>
}

// A hook that skips the function sets its results.
func ExampleNewCall_skip() {
	call := hooktest.NewCall(charge)
	var err error
	BeforeCharge(call, nil, 0, &err)
	fmt.Println(call.Skipped(), err)
	// Output: true nothing to charge
}

func ExampleSetPanic() {
	call := hooktest.NewCall(charge)
	BeforeCharge(call, nil, 250, nil)
	hooktest.SetPanic(call, "too much")
	AfterCharge(call, nil)
	// Output: Charge 250 <nil> true too much
}
