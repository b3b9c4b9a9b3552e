// SPDX-License-Identifier: Apache-2.0

package hook

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"unsafe"
)

// glue is what the weaver generates around a hook.
func glue(name string, hook func(*Call)) func(*Call) {
	return func(call *Call) {
		defer Contain("rule", name)
		hook(call)
	}
}

// stderrOf is what f writes to os.Stderr.
func stderrOf(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	saved := os.Stderr
	os.Stderr = w
	f()
	os.Stderr = saved
	w.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestHookPanicIsContainedCountedAndToldOnce(t *testing.T) {
	before := Panics()
	hook := glue("Twice", func(*Call) { panic("two\nlines") })
	text := stderrOf(t, func() { hook(nil); hook(nil) })
	if Panics()-before != 2 {
		t.Errorf("%d panics counted", Panics()-before)
	}
	if strings.Count(text, "\n") != 1 || !strings.HasPrefix(text, "otel: ") ||
		!strings.Contains(text, "contain_test.go:") || !strings.Contains(text, "hook Twice of rule rule panicked (two lines)") {
		t.Errorf("stderr: %q", text)
	}
}

func TestNilDereferenceInHookNamesItsLine(t *testing.T) {
	text := stderrOf(t, func() { glue("Nil", func(c *Call) { c.Skip() })(nil) })
	if !strings.Contains(text, "call.go:") {
		t.Errorf("stderr: %q", text)
	}
}

// The after hook runs as a deferred call while the user's panic is in flight.
func TestUserPanicPassesThroughAfterHooks(t *testing.T) {
	boom := errors.New("boom")
	for name, hook := range map[string]func(*Call){
		"quiet":     func(*Call) {},
		"panicking": func(*Call) { panic("the hook's own") },
	} {
		before := Panics()
		var got any
		stderrOf(t, func() {
			defer func() { got = recover() }()
			func() {
				defer glue(name, hook)(nil)
				panic(boom)
			}()
		})
		if got != boom {
			t.Errorf("%s hook: the user recovers %v", name, got)
		}
		if own := Panics() - before; (own == 1) != (name == "panicking") {
			t.Errorf("%s hook: %d panics counted", name, own)
		}
	}
}

func TestHookPairDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, callWoven); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

var (
	data    = new(int)
	before  = glue("Before", func(c *Call) { c.SetData(data) })
	after   = glue("After", func(c *Call) { _, _ = c.Panic(); _ = c.Data() })
	beforeU = (*func(unsafe.Pointer))(unsafe.Pointer(&before))
	afterU  = (*func(unsafe.Pointer))(unsafe.Pointer(&after))
)

// onStack hides p from escape analysis, as woven functions do.
//
//go:nosplit
//go:nocheckptr
func onStack(p unsafe.Pointer) unsafe.Pointer {
	x := uintptr(p)
	return *(*unsafe.Pointer)(unsafe.Pointer(&x))
}

// callWoven is a woven function: its call on its stack, hooks through
// variables.
//
//go:noinline
func callWoven() {
	var call woven
	(*beforeU)(onStack(unsafe.Pointer(&call)))
	if call.flags&1 != 0 {
		return
	}
	defer func() { (*afterU)(onStack(unsafe.Pointer(&call))) }()
}

func BenchmarkHookPair(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		callWoven()
	}
}

func BenchmarkContain(b *testing.B) {
	b.ReportAllocs()
	hook := glue("Empty", func(*Call) {})
	for i := 0; i < b.N; i++ {
		hook(nil)
	}
}
