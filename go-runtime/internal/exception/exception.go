// SPDX-License-Identifier: Apache-2.0

// Package exception names what a program fails with as the exception.* and
// error.type attributes of the semantic conventions have it.
package exception

import (
	"reflect"
	"runtime/debug"
	"strings"
)

// Type is the type of an error, or of a panic's value: with the path of its
// package where it has a name. The value isn't nil.
func Type(value any) string {
	t := reflect.TypeOf(value)
	if t.PkgPath() == "" {
		return t.String()
	}
	return t.PkgPath() + "." + t.Name()
}

// PanicStack is the stack of the panic in flight, without the frames of the
// hook that looks at it: from the support module's panic function on. Without a panic
// it is the whole stack.
func PanicStack() string {
	stack := string(debug.Stack())
	header, _, _ := strings.Cut(stack, "\n")
	if at := strings.Index(stack, "\npanic("); at >= 0 {
		return header + stack[at:]
	}
	return stack
}
