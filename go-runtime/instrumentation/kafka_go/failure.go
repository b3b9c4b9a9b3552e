// SPDX-License-Identifier: Apache-2.0

package kafkago

import (
	"errors"
	"strings"

	"github.com/segmentio/kafka-go"

	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

// failureOf is how a woven function ends: error.type of what a broker answers is
// Kafka's name for it, NOT_LEADER_FOR_PARTITION.
func failureOf(call *hook.Call, err error) instrumentation.Failure {
	if value, panicked := call.Panic(); panicked {
		return instrumentation.PanicOf(value)
	}
	return failureOfError(err)
}

func failureOfError(err error) instrumentation.Failure {
	var each kafka.WriteErrors
	if errors.As(err, &each) {
		for _, of := range each {
			if of != nil {
				err = of
				break
			}
		}
	}
	failed := instrumentation.FailureOf(err)
	var code kafka.Error
	var large kafka.MessageTooLargeError
	if errors.As(err, &large) { // which older releases don't say of it
		code = kafka.MessageSizeTooLarge
	}
	if code != 0 || errors.As(err, &code) {
		if title := code.Title(); title != "" {
			failed.Type = strings.ReplaceAll(strings.ToUpper(title), " ", "_")
		}
	}
	return failed
}
