// SPDX-License-Identifier: Apache-2.0

//go:build go1.21

// Added to package mongo of the driver's v2: what otel.runtime/instrumentation/mongo can't
// reach from outside, through a function variable, by linkname.

package mongo

import (
	"context"
	_ "unsafe" // for go:linkname

	"go.mongodb.org/mongo-driver/v2/event"
)

// otelMonitor has started and ended called for each command of a client, behind
// the program's own command monitor, unless that is one of those that traces
// knows. client is a *Client. ended gets the server's reply, or the failure.
//
//go:linkname otelMonitor
var otelMonitor func(
	client interface{},
	traces func(started interface{}) bool,
	started func(ctx context.Context, command []byte, database, name, connection string, request int64),
	ended func(connection string, request int64, reply []byte, failure error),
) = otelAddMonitor[int]

// It is generic as its function literals must be: generic code, which many packages
// may have, is numbered apart as linked names are.
//
//go:noinline
func otelAddMonitor[otel any](
	client interface{},
	traces func(started interface{}) bool,
	started func(ctx context.Context, command []byte, database, name, connection string, request int64),
	ended func(connection string, request int64, reply []byte, failure error),
) {
	c, ok := client.(*Client)
	if !ok || c == nil {
		return
	}
	own := c.monitor
	if own == nil {
		own = &event.CommandMonitor{}
	}
	if own.Started != nil && traces(own.Started) {
		return
	}
	c.monitor = &event.CommandMonitor{
		Started: func(ctx context.Context, e *event.CommandStartedEvent) {
			if own.Started != nil {
				own.Started(ctx, e)
			}
			started(ctx, e.Command, e.DatabaseName, e.CommandName, e.ConnectionID, e.RequestID)
		},
		Succeeded: func(ctx context.Context, e *event.CommandSucceededEvent) {
			ended(e.ConnectionID, e.RequestID, e.Reply, nil)
			if own.Succeeded != nil {
				own.Succeeded(ctx, e)
			}
		},
		Failed: func(ctx context.Context, e *event.CommandFailedEvent) {
			ended(e.ConnectionID, e.RequestID, nil, e.Failure)
			if own.Failed != nil {
				own.Failed(ctx, e)
			}
		},
	}
}
