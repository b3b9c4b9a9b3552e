// SPDX-License-Identifier: Apache-2.0

// Package connect2 has a program that calls a server of its own with Connect v2.
package connect2

import (
	"testing"

	"libraries/libtest"
)

// The program has interceptors of its own on both sides: unary and streams, each kind
// of end, some at once.
func TestConnect2(t *testing.T) {
	libtest.CompareRPC(t, "connect2", "connectrpc.com/connect/v2", "connect")
}
