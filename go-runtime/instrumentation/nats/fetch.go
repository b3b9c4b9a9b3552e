// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"sync"
	"time"
	_ "unsafe" // for go:linkname

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/propagation"

	"otel.runtime/conventions/messaging"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/telemetry/carrier"
)

// A batch of package jetstream comes through a channel, in which nobody sees who
// takes a message out: it is told as received when the channel ends, and what is done
// with its messages isn't.

// fetchedBy is called by the file that is added to package jetstream.
//
//go:linkname fetchedBy github.com/nats-io/nats.go/jetstream.otelFetched
var fetchedBy func(request any, m *nats.Msg)

func init() {
	if !system.Off {
		fetchedBy = fetched
	}
}

// fetching is a batch whose channel hasn't ended.
type fetching struct {
	since   time.Time
	at      messaging.Destination
	headers []nats.Header
}

var (
	fetches sync.Map        // of the request to *fetching
	nexts   messaging.Outer // Next, which fetches, and has its own span
)

// BeforeFetchBatch is where a batch is asked for.
func BeforeFetchBatch(_ *hook.Call, _, request any) {
	if !nexts.Within() && !system.Off && !current.Suppressed() {
		fetches.Store(request, &fetching{since: time.Now()})
	}
}

// AfterFetchBatch is where its channel is handed out, unless that has failed.
func AfterFetchBatch(_ *hook.Call, _, request, _ any, err error) {
	if err != nil {
		fetches.Delete(request)
	}
}

// fetched is called on one goroutine for each request.
func fetched(request any, m *nats.Msg) {
	defer hook.Contain("nats_jetstream_fetch_message", "fetched")
	of, ok := fetches.Load(request)
	if !ok {
		return
	}
	f := of.(*fetching)
	switch {
	case m == nil:
		fetches.Delete(request)
		system.Received(nil, f.since, "fetch", f.at, len(f.headers), func(i int) propagation.TextMapCarrier {
			return carrier.AnyCase(f.headers[i])
		}, instrumentation.Failure{}, nil)
		return
	case len(f.headers) == 0:
		f.at = from(nil, nil, m.Subject, m.Reply)
	case m.Subject != f.at.Name:
		f.at.Name = ""
	}
	f.headers = append(f.headers, m.Header)
}
