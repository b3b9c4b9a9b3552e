// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strings"
)

// woven is what weave_every says of one weave.
type woven struct {
	symbol        string
	before, after string // shapes: "parameters|results", each -, v, p or i
}

// The hooks of a package are in the package itself, since one of the standard
// library can't import others. The call is laid out, and its exit done, as in
// otel.runtime/hook.
const hooksHead = `package %s

import (
	"sync/atomic"
	"unsafe"
)

type otelEveryCall struct {
	code     uintptr
	self     *otelEveryCall
	exit     func(unsafe.Pointer)
	function unsafe.Pointer
	data     interface{}
	flags    uintptr
}

var otelEveryBefores, otelEveryAfters atomic.Int64

//go:noinline
func otelEveryLeave(c *otelEveryCall) func() { return func() { c.exit(unsafe.Pointer(c)) } }

var otelEveryCode = func() uintptr {
	f := otelEveryLeave(nil)
	return **(**uintptr)(unsafe.Pointer(&f))
}()

func otelEveryEnter(c unsafe.Pointer) uintptr {
	if (*otelEveryCall)(c).self != (*otelEveryCall)(c) || (*otelEveryCall)(c).flags != 0 {
		panic("not the call of a woven function")
	}
	(*otelEveryCall)(c).data = &otelEveryBefores
	otelEveryBefores.Add(1)
	return otelEveryCode
}

func otelEveryExit(c unsafe.Pointer) {
	if (*otelEveryCall)(c).data != interface{}(&otelEveryBefores) {
		panic("the exit of another call")
	}
	otelEveryAfters.Add(1)
}

// OtelEveryFunction is how many hooks were called.
func OtelEveryFunction() (before, after int64) { return otelEveryBefores.Load(), otelEveryAfters.Load() }

`

const hooksTest = `package %[1]s_test

import (
	"testing"

	every %[2]q
)

func TestOtelEveryFunction(t *testing.T) {
	before, after := every.OtelEveryFunction()
	t.Logf("%%d calls of before hooks, %%d of after hooks", before, after)
	if before == 0 || after == 0 {
		t.Fatal("no hook was called")
	}
}
`

// passes are the letters of a shape's entries that a hook takes.
func passes(shape string) string { return strings.NewReplacer("-", "", "|", "").Replace(shape) }

// hookSource is the file that sets the hook variables of a package. Hooks take
// an address whatever it is the address of. Those that take values need their
// types; they are left unset, as in a program that has no hooks linked in.
func hookSource(packageName string, weaves []woven) string {
	var hooks, set strings.Builder
	made := map[string]bool{}
	hook := func(moment, taken string) string {
		name := "otelEvery" + moment + "_" + taken
		if made[name] {
			return name
		}
		made[name] = true
		parameters := ""
		for i, pass := range taken {
			kind := "unsafe.Pointer"
			if pass == 'i' {
				kind = "interface{}"
			}
			parameters += fmt.Sprintf(", a%d %s", i, kind)
		}
		if moment == "Before" {
			fmt.Fprintf(&hooks, "func %s(c unsafe.Pointer%s) uintptr { return otelEveryEnter(c) }\n", name, parameters)
		} else {
			fmt.Fprintf(&hooks, "func %s(c unsafe.Pointer%s) { otelEveryExit(c) }\n", name, parameters)
		}
		return name
	}
	for _, w := range weaves {
		before, after := passes(w.before), passes(w.after)
		if strings.Contains(before+after, "v") {
			continue
		}
		fmt.Fprintf(&set, "\totelEveryA := %s\n\t%s_after = *(*unsafe.Pointer)(unsafe.Pointer(&otelEveryA))\n",
			hook("After", after), w.symbol)
		fmt.Fprintf(&set, "\totelEveryB := %s\n\t%s_before = *(*unsafe.Pointer)(unsafe.Pointer(&otelEveryB))\n\t}\n\t{\n",
			hook("Before", before), w.symbol)
	}
	return fmt.Sprintf(hooksHead, packageName) + hooks.String() + "\nfunc init() {\n\t{\n" + set.String() + "\t}\n}\n"
}
