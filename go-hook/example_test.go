// SPDX-License-Identifier: Apache-2.0

package hook_test

import (
	"context"
	"fmt"
	"time"

	"otel.example/hook"
)

// The hooks of a rule for func Pay(ctx context.Context, cents int) error: the
// before hook changes a parameter and passes the time to the after hook.
func Example() {
	before := func(call *hook.Call, _ any, cents *int) {
		if *cents < 100 {
			*cents = 100
		}
		call.SetData(time.Now())
	}
	after := func(call *hook.Call, err error) {
		took := time.Since(call.Data().(time.Time))
		fmt.Println(took >= 0, err)
	}

	// What a woven function does:
	var call hook.Call
	cents := 25
	before(&call, nil, &cents)
	fmt.Println("paying", cents)
	after(&call, nil)
	// Output:
	// paying 100
	// true <nil>
}

// A before hook that skips the function sets its results.
func ExampleCall_Skip() {
	// For func Rate(currency string) (float64, error).
	before := func(call *hook.Call, currency string, rate *float64, _ any) {
		if currency == "EUR" {
			*rate = 1
			call.Skip()
		}
	}

	var call hook.Call
	var rate float64
	before(&call, "EUR", &rate, nil)
	fmt.Println(call.Skipped(), rate)
	// Output: true 1
}

// An after hook sees a panic that leaves the function, and doesn't end it.
func ExampleCall_Panic() {
	after := func(call *hook.Call, err error) {
		if value, panicked := call.Panic(); panicked {
			fmt.Println("panic:", value)
			return
		}
		fmt.Println("returned:", err)
	}

	var call hook.Call
	after(&call, nil)
	// Output: returned: <nil>
}

// The hooks of a rule of kind directive are the same for each function.
func ExampleDirective() {
	before := func(call *hook.Call, d *hook.Directive, ctx *context.Context, values []any) {
		for i, key := range d.Keys {
			fmt.Println(d.Name, key, values[i])
		}
	}

	// For a function under the line //acme:audit "pay an order" order.id=id
	var call hook.Call
	ctx := context.Background()
	before(&call, &hook.Directive{Name: "pay an order", Keys: []string{"order.id"}}, &ctx, []any{42})
	// Output: pay an order order.id 42
}
