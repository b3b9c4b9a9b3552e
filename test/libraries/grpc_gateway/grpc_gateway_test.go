// SPDX-License-Identifier: Apache-2.0

// Package grpcgateway has a program that serves with grpc-gateway.
package grpcgateway

import (
	"testing"

	"libraries/libtest"
)

func TestGateway(t *testing.T) {
	libtest.CompareServer(t, "gateway", "github.com/grpc-ecosystem/grpc-gateway/v2")
}
