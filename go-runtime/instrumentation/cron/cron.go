// SPDX-License-Identifier: Apache-2.0

// Package cron has the hook of github.com/robfig/cron/v3: an INTERNAL span, which begins a
// trace of its own, for each run of a job. What the job's wrappers (cron.WithChain) do is
// outside of it: a run that one of them skips has none, and a panic that one recovers is
// the span's. rulesets/cron says where the hook is called.
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

// BeforeThen has the job that a chain's wrappers are for be run by traced.
func BeforeThen(_ *hook.Call, _ any, job *cron.Job) {
	if library.Off || *job == nil {
		return
	}
	if _, already := (*job).(*traced); !already {
		function := functionOf(*job)
		*job = &traced{*job, function, shortOf(function)}
	}
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
