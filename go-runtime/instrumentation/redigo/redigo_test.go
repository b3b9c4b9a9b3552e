// SPDX-License-Identifier: Apache-2.0

package redigo

import (
	"net"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/spantest"
)

// Where nothing is traced commands cost no memory, and nothing is kept of them.
func TestNothingIsKeptWhenOff(t *testing.T) {
	spantest.Record(t, sdk.NeverSample())
	current.TurnOff()
	var kept any
	wovenConn = func(any) (*any, net.Conn) { return &kept, nil }
	defer func() { wovenConn = nil }()
	args := []any{"key", "value"}
	if n := testing.AllocsPerRun(100, func() {
		var call hook.Call
		BeforeSend(&call, t, "SET", args)
		BeforeFlush(&call, t)
		AfterFlush(&call, nil)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if s, _ := kept.(*state); s != nil && s.sent.count != 0 {
		t.Errorf("%d commands are kept", s.sent.count)
	}
}
