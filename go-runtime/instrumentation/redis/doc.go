// SPDX-License-Identifier: Apache-2.0

// Package redis has the hooks of go-redis, v9 and v8: a CLIENT span for each
// command, and one for each pipeline or transaction. rulesets/redis says
// where each hook is called. It doesn't import go-redis.
//
// Of the arguments only keys are kept. redis.Nil is no error. What a client
// sends by itself to greet a server isn't traced; that a connection was dialled
// is an event. A program that adds the tracing hook of redisotel traces by
// itself, and is left alone.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=go-redis switches it off.
package redis
