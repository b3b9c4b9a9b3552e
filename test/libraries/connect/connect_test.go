// SPDX-License-Identifier: Apache-2.0

// Package connect has a program that calls a server of its own with Connect.
package connect

import (
	"testing"

	"libraries/libtest"
)

// The program has interceptors of its own on both sides: unary and streams, each kind
// of end, some at once.
func TestConnect(t *testing.T) { libtest.CompareRPC(t, "connect", "connectrpc.com/connect", "connect") }

// What Connect's own instrumentation traces has no other span.
func TestOtelconnect(t *testing.T) {
	requires := append(libtest.Promised(t, "connectrpc.com/connect", "connectrpc.com/connect/v2"), "connectrpc.com/otelconnect@v0.12.0")
	libtest.CompareOverHTTP(t, "otelconnect", requires)
}
