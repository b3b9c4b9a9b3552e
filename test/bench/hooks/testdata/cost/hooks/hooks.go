// SPDX-License-Identifier: Apache-2.0

// Package hooks has hooks that do next to nothing.
package hooks

import (
	"example.com/cost/target"
	"otel.runtime/hook"
)

func BeforeEmpty() {}
func AfterEmpty()  {}

func BeforeCall(call *hook.Call) {}
func AfterCall(call *hook.Call)  {}

func BeforeValues(call *hook.Call, t *target.Thing, n int, text string) {}
func AfterValues(call *hook.Call, n int, err error)                     {}

func BeforePointers(call *hook.Call, _ any, n *int, text *string) { *n++ }
func AfterPointers(call *hook.Call, n *int, err *error)           { *n-- }

func BeforeMethod(call *hook.Call, t *target.Thing, n int) { call.SetData(t) }
func AfterMethod(call *hook.Call, n int)                   { _ = call.Data().(*target.Thing) }

func BeforeBoxed(call *hook.Call, v any, n int) {}
func AfterBoxed(call *hook.Call, v any)         {}
