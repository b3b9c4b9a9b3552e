// SPDX-License-Identifier: Apache-2.0

// Added to redigo: what hooks know of a connection.

package redis

import (
	"net"
	_ "unsafe" // for go:linkname
)

// otelConn is where a *conn keeps what hooks know of it, nil if it is no such
// connection, and what it is connected to.
//
//go:linkname otelConn
var otelConn func(c interface{}) (state *interface{}, to net.Conn) = otelStateOf

//go:linkname otelStateOf
//go:noinline
func otelStateOf(c interface{}) (state *interface{}, to net.Conn) {
	of, ok := c.(*conn)
	if !ok || of == nil {
		return nil, nil
	}
	return &of.otelState, of.conn
}
