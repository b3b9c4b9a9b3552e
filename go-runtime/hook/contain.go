// SPDX-License-Identifier: Apache-2.0

package hook

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"otel.runtime/internal/trouble"
)

var (
	panics atomic.Uint64
	told   sync.Map // of [2]string{rule, hook}, whose panic was written to stderr
)

// Panics is how many panics of hooks have been contained.
func Panics() uint64 { return panics.Load() }

// Contain, deferred by the glue around one hook, ends a panic of that hook:
// it is counted, and told once for each hook on stderr. A panic of the user's
// that is in flight while an after hook runs is another function's, and isn't
// touched.
//
//	func(call *hook.Call, w http.ResponseWriter, req *http.Request) {
//		defer hook.Contain("http_server", "BeforeServe")
//		nethttp.BeforeServe(call, nil, w, req)
//	}
func Contain(rule, hook string) {
	value := recover()
	if value == nil {
		return
	}
	panics.Add(1)
	if _, before := told.LoadOrStore([2]string{rule, hook}, true); before {
		return
	}
	report(rule, hook, value)
}

// report writes one line. It is called with the panicking frames still on the
// stack, beneath Contain.
func report(rule, hook string, value any) {
	where := ""
	if file, line := panicPlace(); file != "" {
		where = fmt.Sprintf("%s:%d: ", file, line)
	}
	text := strings.ReplaceAll(fmt.Sprint(value), "\n", " ")
	trouble.Report(fmt.Sprintf("%shook %s of rule %s panicked (%s); the program goes on, further panics of this hook are only counted",
		where, hook, rule, text))
}

// panicPlace is where the panic that is being recovered was raised: the first
// frame outside package runtime beneath the support module's panic function.
func panicPlace() (file string, line int) {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	raised := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			raised = true
		case raised && !strings.HasPrefix(frame.Function, "runtime."):
			return frame.File, frame.Line
		}
		if !more {
			return "", 0
		}
	}
}
