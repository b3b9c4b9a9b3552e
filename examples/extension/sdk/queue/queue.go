// SPDX-License-Identifier: Apache-2.0

// Package queue is the message queue client of the fictional enterprise Acme:
// an internal SDK that knows nothing of telemetry, and that no instrumentation
// in the world has ever heard of.
package queue

import (
	"context"
	"errors"
	"sync"
)

// ErrClosed is what a Client says after Close.
var ErrClosed = errors.New("queue: client is closed")

// Message is one message. Headers travel with it.
type Message struct {
	Topic   string
	Headers map[string]string
	Body    []byte
}

// Handler is called for each message of a topic, on a goroutine of the client.
type Handler func(ctx context.Context, m *Message) error

// Client sends messages to the handlers of the same process: what is behind
// it doesn't matter here.
type Client struct {
	broker string

	mu       sync.Mutex
	handlers map[string][]Handler
	pending  sync.WaitGroup
	closed   bool
}

// Dial connects to a broker.
func Dial(broker string) *Client {
	return &Client{broker: broker, handlers: map[string][]Handler{}}
}

// Broker is the address that the client is connected to.
func (c *Client) Broker() string { return c.broker }

// Subscribe adds a handler of a topic.
func (c *Client) Subscribe(topic string, h Handler) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handlers[topic] = append(c.handlers[topic], h)
}

// Publish sends one message.
func (c *Client) Publish(ctx context.Context, m *Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return ErrClosed
	}
	for _, h := range c.handlers[m.Topic] {
		c.pending.Add(1)
		go func() {
			defer c.pending.Done()
			_ = deliver(context.Background(), c, h, m)
		}()
	}
	return nil
}

func deliver(ctx context.Context, _ *Client, h Handler, m *Message) error {
	return h(ctx, m)
}

// Close waits until every message is handled, also those that handlers send.
func (c *Client) Close() {
	c.pending.Wait()
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}
