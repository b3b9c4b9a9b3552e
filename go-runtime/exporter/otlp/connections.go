// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"net"
	"sync"
)

// connections knows the open connections of a transport, so that they can be
// closed whatever they are doing. http.Transport closes only idle ones, and an
// HTTP/2 connection whose peer has gone silent isn't idle: it would be used for
// every export until the kernel gives it up, a quarter of an hour later.
type connections struct {
	mu   sync.Mutex
	open map[*connection]struct{}
}

type connection struct {
	net.Conn
	of *connections
}

// dial is to be the transport's DialContext.
func (c *connections) dial(with dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := with(ctx, network, address)
		if err != nil {
			return nil, err
		}
		opened := &connection{Conn: conn, of: c}
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.open == nil {
			c.open = map[*connection]struct{}{}
		}
		c.open[opened] = struct{}{}
		return opened, nil
	}
}

func (c *connection) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c)
	c.of.mu.Unlock()
	return c.Conn.Close()
}

// close closes all that are open now.
func (c *connections) close() {
	c.mu.Lock()
	open := c.open
	c.open = nil
	c.mu.Unlock()
	for conn := range open {
		conn.Conn.Close()
	}
}
