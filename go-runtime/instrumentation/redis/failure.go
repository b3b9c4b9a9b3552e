// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"errors"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/redistext"
)

// fixedErrors are those of go-redis's own errors that quote nothing, by their
// text.
var fixedErrors = map[string]string{
	"redis: client is closed":        "redis.ErrClosed",
	"redis: connection pool timeout": "redis.ErrPoolTimeout",
	"redis: transaction failed":      "redis.TxFailedErr",
}

// failureOf says what an error is: an answer of the server by its prefix, such
// as WRONGTYPE, without the message, which quotes arguments. That there is no
// value isn't a failure.
func failureOf(err error) *db.Failure {
	if err == nil {
		return nil
	}
	text := err.Error()
	if text == "redis: nil" {
		return nil
	}
	if name, ok := fixedErrors[text]; ok {
		return db.FailedAs(name, err)
	}
	var answer interface {
		error
		RedisError()
	}
	if errors.As(err, &answer) {
		return redistext.Answered(answer.Error())
	}
	return db.Failed(err)
}

// firstFailure is that of the first command of a pipeline that has one.
func firstFailure(cmds any) *db.Failure {
	all, _ := commandsOf(cmds)
	for _, c := range all {
		if failed := failureOf(c.Err()); failed != nil {
			return failed
		}
	}
	return nil
}
