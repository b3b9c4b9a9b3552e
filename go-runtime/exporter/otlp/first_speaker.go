// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"net"
	"sync"
)

// dialer is the shape of net.Dialer.DialContext.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// speakingFirst makes HTTP/1 connections that read nothing before the first
// request is written. A gRPC server speaks first, and net/http would complain of
// that in the program's own log at each connection; this way it becomes an error
// of the request.
func speakingFirst(dial dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &firstSpeaker{Conn: conn, spoken: make(chan struct{})}, nil
	}
}

type firstSpeaker struct {
	net.Conn
	once   sync.Once
	spoken chan struct{} // closed by the first Write, or Close
}

func (c *firstSpeaker) speak() { c.once.Do(func() { close(c.spoken) }) }

func (c *firstSpeaker) Read(p []byte) (int, error) {
	<-c.spoken
	return c.Conn.Read(p)
}

func (c *firstSpeaker) Write(p []byte) (int, error) {
	c.speak()
	return c.Conn.Write(p)
}

func (c *firstSpeaker) Close() error {
	c.speak()
	return c.Conn.Close()
}
