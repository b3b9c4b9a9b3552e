// SPDX-License-Identifier: Apache-2.0

// Added to go-redis, v8 and v9 alike: what otel.runtime/instrumentation/redis can't reach from
// outside, through a function variable, by linkname.

package redis

import _ "unsafe" // for go:linkname

// otelServer is what a client connects to: the address, and the index of the
// database. c is a *baseClient.
//
//go:linkname otelServer
var otelServer func(c interface{}) (address string, database int) = otelLoadServer

//go:linkname otelLoadServer
//go:noinline
func otelLoadServer(c interface{}) (address string, database int) {
	client, ok := c.(*baseClient)
	if !ok || client == nil || client.opt == nil {
		return "", 0
	}
	return client.opt.Addr, client.opt.DB
}
