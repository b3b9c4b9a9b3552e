// SPDX-License-Identifier: Apache-2.0

package rpc

import (
	"fmt"
	"testing"

	"go.opentelemetry.io/otel/attribute"
)

func text(all []attribute.KeyValue) (text string) {
	for _, a := range all {
		text += fmt.Sprintf(" %s=%s", a.Key, a.Value.Emit())
	}
	return text
}

func TestMethod(t *testing.T) {
	for _, test := range []struct {
		method               Method
		name, span, measured string
	}{
		{Method{System: "grpc", Full: "/shop.Orders/Pay"}, "shop.Orders/Pay",
			" rpc.system.name=grpc rpc.method=shop.Orders/Pay", " rpc.system.name=grpc rpc.method=shop.Orders/Pay"},
		{Method{System: "connect_rpc", Full: "shop.Orders/Pay", Unknown: true}, "connect_rpc",
			" rpc.system.name=connect_rpc rpc.method=_OTHER rpc.method_original=shop.Orders/Pay", " rpc.system.name=connect_rpc rpc.method=_OTHER"},
		{Method{System: "grpc"}, "grpc", " rpc.system.name=grpc rpc.method=_OTHER", " rpc.system.name=grpc rpc.method=_OTHER"},
	} {
		if got := test.method.Name(); got != test.name {
			t.Errorf("%+v: name %q", test.method, got)
		}
		if got := text(test.method.Append(nil)); got != test.span {
			t.Errorf("%+v: %s", test.method, got)
		}
		if got := text(Measured{Method: test.method}.bounded().Method.appendMeasured(nil)); got != test.measured {
			t.Errorf("%+v: measured %s", test.method, got)
		}
	}
}

// What a client sees as an error isn't always the server's.
func TestEnding(t *testing.T) {
	for code, want := range map[Code][2]string{
		0: {"OK", "OK"}, 5: {"NOT_FOUND", "OK"}, 13: {"INTERNAL", "INTERNAL"}, 99: {"99", "OK"},
	} {
		client, server := code.Ending(false), code.Ending(true)
		if client.Failure == "" {
			client.Failure = "OK"
		}
		if server.Failure == "" {
			server.Failure = "OK"
		}
		if client.Failure != want[0] || server.Failure != want[1] {
			t.Errorf("%d: %s, %s", code, client.Failure, server.Failure)
		}
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "h:80": " server.address=h server.port=80", "h": " server.address=h", "[::1]:80": " server.address=::1 server.port=80", "h:0": " server.address=h",
	} {
		if got := text(AppendServer(nil, address)); got != want {
			t.Errorf("%q: %s", address, got)
		}
	}
}
