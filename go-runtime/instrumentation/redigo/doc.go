// SPDX-License-Identifier: Apache-2.0

// Package redigo has the hooks of github.com/gomodule/redigo/redis: a CLIENT span for
// each command, and one for the commands that are sent together, which ends when all
// their replies are received. rulesets/redigo says where each hook is called.
//
// Do has no context: its parent is what is current on the goroutine. Of arguments only
// keys are told. What a new connection sends first is a part of its span.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=redigo switches it off.
package redigo
