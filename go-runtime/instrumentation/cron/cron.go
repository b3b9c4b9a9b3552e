// SPDX-License-Identifier: Apache-2.0

// Package cron has the hooks of github.com/robfig/cron/v3: an INTERNAL span, which begins a
// trace of its own, for each run of a job. What the job's wrappers (cron.WithChain) do is
// outside of it: a run that one of them skips has none, and a panic that one recovers is
// the span's; but for a job of the program's own type with a wrapper of the program's own,
// which is given the job itself. rulesets/cron says where the hooks are called.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=cron switches it off.
package cron

import (
	"context"
	"reflect"
	"runtime"
	"strings"

	"github.com/robfig/cron/v3"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

const codeFunctionName = attribute.Key("code.function.name")

var library = instrumentation.New("otel.runtime/cron", "cron", "github.com/robfig/cron")

// BeforeThen has the job that a chain's wrappers are for be run by traced. A wrapper of
// the program's may know a job by its type: of such a job all wrappers are within the
// span.
func BeforeThen(call *hook.Call, chain cron.Chain, job *cron.Job) {
	if library.Off || *job == nil {
		return
	}
	switch (*job).(type) {
	case *traced, *chained:
		call.SetData(within)
		return
	}
	function := functionOf(*job)
	if _, isFunc := (*job).(cron.FuncJob); !isFunc && hasOwn(chain) {
		call.SetData(function)
		return
	}
	*job = &traced{*job, function, shortOf(function)}
	call.SetData(within)
}

// within says that there is a span within what Then returns.
const within = ""

// AfterThen notes that of what it returns: it may be a job of another chain.
func AfterThen(call *hook.Call, job *cron.Job) {
	function, ok := call.Data().(string)
	if !ok || *job == nil {
		return
	}
	if function != within {
		*job = &traced{*job, function, shortOf(function)}
	} else if _, isFunc := (*job).(cron.FuncJob); isFunc {
		*job = &chained{*job}
	}
}

// chained is a job of wrappers and, within them, a traced one.
type chained struct{ cron.Job }

// hasOwn reports whether a chain has wrappers of the program's own. Those of cron are
// functions of one file, by whatever name after they have been inlined.
func hasOwn(chain cron.Chain) bool {
	wrappers := reflect.ValueOf(chain).FieldByName("wrappers")
	if !wrappers.IsValid() {
		return true
	}
	for i := 0; i < wrappers.Len(); i++ {
		if fileOf(wrappers.Index(i)) != fileOf(reflect.ValueOf(cron.Recover)) {
			return true
		}
	}
	return false
}

func fileOf(function reflect.Value) string {
	f := runtime.FuncForPC(function.Pointer())
	if f == nil {
		return ""
	}
	file, _ := f.FileLine(f.Entry())
	return file
}

// traced is a job with a span around each run.
type traced struct {
	next           cron.Job
	function, name string
}

// Run is what Run becomes when it is woven: ends finds a panic by the frame that holds
// the hook.Call.
func (t *traced) Run() {
	var call hook.Call
	defer ended(&call)
	t.begins(&call)
	t.next.Run()
}

// root has no span, and says so.
var root = trace.ContextWithSpanContext(context.Background(), trace.SpanContext{})

func (t *traced) begins(call *hook.Call) {
	defer hook.Contain("cron_run", "run")
	if current.Suppressed() {
		return
	}
	o := &instrumentation.Operation{}
	library.Begin(o, root, t.name, trace.SpanKindInternal, func(to []attribute.KeyValue) []attribute.KeyValue {
		return append(to, codeFunctionName.String(t.function))
	})
	if !o.Traced() {
		return
	}
	o.PushWork()
	call.SetData(o)
}

func ended(call *hook.Call) {
	defer hook.Contain("cron_run", "run")
	if o, ok := call.Data().(*instrumentation.Operation); ok {
		defer o.Unwind()
		o.End(instrumentation.FailureOfCall(call, nil))
	}
}

// functionOf is the function that a job runs, as the runtime spells it.
func functionOf(job cron.Job) string {
	v := reflect.ValueOf(job)
	if v.Kind() == reflect.Func {
		if f := runtime.FuncForPC(v.Pointer()); f != nil {
			return strings.TrimSuffix(f.Name(), "-fm")
		}
	}
	if of := v.Type(); of.Kind() == reflect.Pointer {
		return of.Elem().PkgPath() + ".(*" + of.Elem().Name() + ").Run"
	}
	return v.Type().PkgPath() + "." + v.Type().Name() + ".Run"
}

// shortOf is it without its package: "tidy", "Shop.Tidy".
func shortOf(function string) string {
	short := function[strings.LastIndexByte(function, '/')+1:]
	_, short, _ = strings.Cut(short, ".")
	return strings.NewReplacer("(*", "", ")", "").Replace(short)
}
