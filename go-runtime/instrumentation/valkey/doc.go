// SPDX-License-Identifier: Apache-2.0

// Package valkey has the hooks of github.com/valkey-io/valkey-go: a CLIENT span for each
// command, or for those that are sent together, of each kind of client.
// rulesets/valkey says where each hook is called.
//
// Retries, and what a client asks of a cluster or a Sentinel for itself, are a part of
// the operation. So is the answer of a client's own cache. Receive, which lasts as long
// as the subscription does, has no span. Of arguments only keys are told.
//
// db.system.name is redis, as the conventions have it, by which Valkey is told too.
//
// The package imports valkey-go, in whichever version the program has: go.mod beside it,
// which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=valkey switches it off.
package valkey
