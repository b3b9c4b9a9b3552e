// SPDX-License-Identifier: Apache-2.0

package instrumentation

import (
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/hook"
	"otel.runtime/internal/exception"
)

// Failure is why an operation has failed, as its span and its metrics have it. The
// zero value says that it hasn't.
type Failure struct {
	Type        string // error.type
	Description string // of the span's status; that of value if it is empty

	value    any // the error; of a panic in flight its value, which is to be an event of the span
	panicked bool
}

// Failed reports whether it is one.
func (f Failure) Failed() bool { return f.Type != "" }

// FailureOf is that of an error, which may be nil. Its text, which is the program's, is
// only asked for where the span records.
func FailureOf(err error) Failure {
	if err == nil {
		return Failure{}
	}
	return Failure{Type: exception.ErrorType(err), value: err}
}

// PanicOf is that of a woven function which is being left by a panic with value, or
// by runtime.Goexit if that is nil; a panic becomes an event of the span.
func PanicOf(value any) Failure {
	return Failure{Type: exception.PanicType(value), value: value, panicked: true}
}

// FailureOfCall is how a woven function ends, for its after hook: by a panic, by
// runtime.Goexit, with an error, or well.
func FailureOfCall(call *hook.Call, err error) Failure {
	if value, panicked := call.Panic(); panicked {
		return PanicOf(value)
	}
	return FailureOf(err)
}

func (f Failure) mark(span trace.Span) {
	switch {
	case f.panicked:
		exception.EndByPanic(span, f.value, false)
	case f.Type != "" && span.IsRecording():
		if f.Description == "" && f.value != nil {
			f.Description = exception.Message(f.value)
		}
		exception.Fail(span, f.Type, f.Description)
	}
}
