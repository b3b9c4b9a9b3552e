// SPDX-License-Identifier: Apache-2.0

// Package rueidis has the hooks of github.com/redis/rueidis: a CLIENT span for each
// command, or for those that are sent together, of each kind of client.
// rulesets/rueidis says where each hook is called.
//
// Retries, and what a client asks of a cluster or a Sentinel for itself, are a part of
// the operation. So is the answer of a client's own cache. Receive, which lasts as long
// as the subscription does, has no span. Of arguments only keys are told.
//
// The package imports rueidis, in whichever version the program has: go.mod beside it,
// which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=rueidis switches it off.
package rueidis
