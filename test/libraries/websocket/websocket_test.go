// SPDX-License-Identifier: Apache-2.0

// Package websocket has a program that opens websockets.
package websocket

import (
	"testing"

	"libraries/libtest"
)

// The SERVER and CLIENT spans of websockets end with the handshake; what is done
// on the connection later is linked.
func TestWebSockets(t *testing.T) {
	libtest.EachVersion(t, "github.com/gorilla/websocket", func(t *testing.T, _ string, requires []string) {
		libtest.CompareBuilds(t, "websocket", append(requires, libtest.Promised(t, "github.com/gin-gonic/gin")...))
	})
}
