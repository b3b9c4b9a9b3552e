// SPDX-License-Identifier: Apache-2.0

package db

import (
	"context"
	"errors"
	"net"

	"otel.runtime/internal/exception"
)

// Failure is why an operation has failed, as a span may report it.
type Failure struct {
	Type        string // error.type
	Code        string // db.response.status_code, if the server has answered with one
	Description string // of the status; empty where it could quote a value
}

// Answered is the failure that a server has answered with.
func Answered(code string) *Failure { return &Failure{Type: code, Code: code} }

// Failed is the failure that a client library reports with err: by the name of
// its type. Its message may quote what was asked for, so only the errors of
// contexts and networks keep theirs.
func Failed(err error) *Failure {
	var network *net.OpError
	switch {
	case errors.Is(err, context.Canceled):
		return &Failure{Type: "context.Canceled", Description: context.Canceled.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return &Failure{Type: "context.DeadlineExceeded", Description: context.DeadlineExceeded.Error()}
	case errors.As(err, &network):
		return &Failure{Type: exception.Type(network), Description: exception.Message(network)}
	}
	return &Failure{Type: exception.Type(innermost(err))}
}

// FailedAs is the failure of one of a library's own fixed errors.
func FailedAs(name string, err error) *Failure {
	return &Failure{Type: name, Description: err.Error()}
}

func failureOfPanic(value any) *Failure {
	if value == nil {
		return &Failure{Type: exception.PanicType(nil), Description: "ended by runtime.Goexit"}
	}
	return &Failure{Type: exception.PanicType(value), Description: "panic"}
}

// innermost is the error that others only say more about.
func innermost(err error) error {
	for {
		wrapped, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		next := wrapped.Unwrap()
		if next == nil {
			return err
		}
		err = next
	}
}
