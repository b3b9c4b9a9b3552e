// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"errors"

	"github.com/nats-io/nats.go"

	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

// failures are the client's own errors, which are all of one type: error.type has
// their names.
var failures = map[error]string{
	nats.ErrTimeout:              "nats.ErrTimeout",
	nats.ErrNoResponders:         "nats.ErrNoResponders",
	nats.ErrConnectionClosed:     "nats.ErrConnectionClosed",
	nats.ErrConnectionDraining:   "nats.ErrConnectionDraining",
	nats.ErrDisconnected:         "nats.ErrDisconnected",
	nats.ErrBadSubject:           "nats.ErrBadSubject",
	nats.ErrMaxPayload:           "nats.ErrMaxPayload",
	nats.ErrReconnectBufExceeded: "nats.ErrReconnectBufExceeded",
	nats.ErrHeadersNotSupported:  "nats.ErrHeadersNotSupported",
	nats.ErrMsgAlreadyAckd:       "nats.ErrMsgAlreadyAckd",
}

// failureOf is how a woven function ends.
func failureOf(call *hook.Call, err error) instrumentation.Failure {
	for known, name := range failures {
		if err != nil && errors.Is(err, known) {
			failed := instrumentation.FailureOf(err)
			failed.Type = name
			return failed
		}
	}
	return instrumentation.FailureOfCall(call, err)
}
