// SPDX-License-Identifier: Apache-2.0

// Package kafkago has the hooks of github.com/segmentio/kafka-go: a span for each call
// of a Writer, a Conn or (*Client).Produce that sends, which of an asynchronous Writer
// lasts until its messages are written or given up; a CONSUMER span for each message that
// a Reader or a Conn hands out, until the next one is asked for, this one is committed,
// or the reader is closed; a CLIENT span for each receipt and each commit.
// rulesets/kafka_go says where each hook is called.
//
// The trace context is in a message's headers, of which a Writer's caller sees nothing:
// they are written into copies. A message that they would make too long for the Writer
// gets none. Records that (*Client).Fetch has returned are read by the program, of whose
// doing nothing is known: there is the span of the receipt.
//
// The package imports kafka-go, in whichever version the program has: go.mod beside it,
// which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=kafka-go switches it off.
package kafkago
