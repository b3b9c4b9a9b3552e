// SPDX-License-Identifier: Apache-2.0

// Package nats has the hooks of github.com/nats-io/nats.go and its package
// jetstream: a PRODUCER span for each message that is published, or requested with
// until the reply; a CONSUMER span for each that a subscription's callback is called
// with, or that NextMsg, Fetch or an iterator of JetStream hands out, until the next
// one is asked for or this one is acknowledged; a CLIENT span for each receipt by a
// call, and for each acknowledgement. rulesets/nats says where each hook is called.
//
// A batch of package jetstream has a CLIENT span only: it comes through a channel.
//
// The trace context is in a message's headers where the server supports these, but
// not of what is put into a key-value or an object store. What
// the client sends for itself ($JS.API, $SYS, …) isn't traced, and neither is what
// comes through a channel of the program's own.
//
// The package imports nats.go, in whichever version the program has: go.mod beside
// it, which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=nats switches it off.
package nats
