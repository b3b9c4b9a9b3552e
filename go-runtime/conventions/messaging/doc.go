// SPDX-License-Identifier: Apache-2.0

// Package messaging is what the hooks of all messaging clients have in common: the
// names of the semantic conventions, spans of what is created, sent, received,
// processed and settled, their durations, and the trace context in a message's
// headers. It hooks nothing itself.
//
// A message that carries a context already keeps it: the program has put it there,
// or forwards what it has received.
//
// https://opentelemetry.io/docs/specs/semconv/messaging/
package messaging
