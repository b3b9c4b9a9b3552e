// SPDX-License-Identifier: Apache-2.0

package httpconv

import (
	"context"
	"errors"
	"sync"

	"otel.runtime/internal/exception"
)

// failure is what frameworks have told of a request: a panic, which they or
// their middleware recover before the server sees it, and the last error.
type failure struct {
	sync.Mutex
	panicType, panicMessage string
	last                    string // message of the last error
}

// RecordPanic notes a panic that leaves a handler, as an event of the server's
// span. For hooks of routers and frameworks; to be called while the panic is in
// flight or its deferred function runs. The same panic may be told by each
// frame that it leaves: the first one counts. ctx is as for SetRoute.
func RecordPanic(ctx context.Context, value any) {
	s := Of(ctx)
	if s == nil || value == nil || s.server.Ends.expects(value) || !s.Recording() {
		return
	}
	name, message := exception.Type(value), exception.Message(value)
	if s.failed.notePanic(name, message) {
		exception.AddPanic(s.operation.Span(), name, message)
	}
}

// RecordError notes an error that a handler has given to its framework, as an
// event of the server's span; an error made of a panic that is known, or the
// error of before, isn't a new one. Whether the request has failed is still
// said by its status. ctx is as for SetRoute.
func RecordError(ctx context.Context, err error) {
	s := Of(ctx)
	if s == nil || err == nil || !s.Recording() || !s.failed.noteError(err) {
		return
	}
	exception.Add(s.operation.Span(), exception.ErrorType(err), exception.Message(err))
}

func (f *failure) notePanic(name, message string) (first bool) {
	f.Lock()
	defer f.Unlock()
	if f.panicType != "" {
		return false
	}
	f.panicType, f.panicMessage = name, message
	return true
}

func (f *failure) noteError(err error) (fresh bool) {
	f.Lock()
	defer f.Unlock()
	message := err.Error()
	if message == f.last {
		return false
	}
	f.last = message
	if f.panicType == "" {
		return true
	}
	for ; err != nil; err = errors.Unwrap(err) {
		if err.Error() == f.panicMessage {
			return false
		}
	}
	return true
}

func (f *failure) panicked() bool {
	kind, _ := f.recovered()
	return kind != ""
}

// recovered is the type and the message of the panic, "" if there was none.
func (f *failure) recovered() (kind, message string) {
	f.Lock()
	defer f.Unlock()
	return f.panicType, f.panicMessage
}
