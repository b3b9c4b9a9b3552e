// SPDX-License-Identifier: Apache-2.0

// Added to package jetstream: tells otel.runtime/instrumentation/nats what a fetch
// has put into its channel.

package jetstream

import (
	"github.com/nats-io/nats.go"

	_ "unsafe" // for go:linkname
)

// otelFetched, if set, is told each message that a request is for, and with nil the
// end of them.
//
//go:linkname otelFetched
var otelFetched func(request any, msg *nats.Msg)

// otelFetch stands around a message that goes into the channel.
//
//go:linkname otelFetch
//go:noinline
func otelFetch(request *pullRequest, msg *nats.Msg, m *jetStreamMsg) *jetStreamMsg {
	if f := otelFetched; f != nil {
		f(request, msg)
	}
	return m
}

// otelFetchEnds stands for the end of the channel.
//
//go:linkname otelFetchEnds
//go:noinline
func otelFetchEnds(request *pullRequest, batch *fetchResult) {
	close(batch.msgs)
	if f := otelFetched; f != nil {
		f(request, nil)
	}
}
