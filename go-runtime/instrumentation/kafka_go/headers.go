// SPDX-License-Identifier: Apache-2.0

package kafkago

import (
	"unsafe"

	"github.com/segmentio/kafka-go"
	"go.opentelemetry.io/otel/propagation"

	"otel.runtime/telemetry/carrier"
)

func headersOf(list *[]kafka.Header) carrier.List[kafka.Header] {
	return carrier.List[kafka.Header]{
		Of:    list,
		Key:   func(h kafka.Header) string { return h.Key },
		Value: func(h kafka.Header) string { return string(h.Value) },
		New:   func(key, value string) kafka.Header { return kafka.Header{Key: key, Value: []byte(value)} },
	}
}

// outgoing are the messages that a call is to send. What is written goes into a copy
// of the list, as that may be the program's.
type outgoing struct {
	of     *[]kafka.Message
	theirs []kafka.Message // the program's, if there is a copy
	copied bool
	most   int64 // bytes of a message; 0 for any
}

func (o *outgoing) copy() {
	if !o.copied {
		o.theirs, o.copied = *o.of, true
		*o.of = append([]kafka.Message(nil), o.theirs...)
	}
}

// giveBack is an error of the Writer's with messages in it that have the headers of the
// program.
func (o *outgoing) giveBack(err error) error {
	large, ok := err.(kafka.MessageTooLargeError)
	if !ok || !o.copied {
		return err
	}
	for at := range o.theirs {
		o.restore(&large.Message, at)
	}
	for i := range large.Remaining { // which lacks one
		o.restore(&large.Remaining[i], i)
		o.restore(&large.Remaining[i], i+1)
	}
	return large
}

// restore has a message as it was, if it is the one that was sent at that place.
func (o *outgoing) restore(m *kafka.Message, at int) {
	if at < len(o.theirs) && len(m.Headers) > 0 && unsafe.SliceData(m.Headers) == unsafe.SliceData((*o.of)[at].Headers) {
		m.Headers = o.theirs[at].Headers
	}
}

// carrier is that of a message, nil where there is no room for a trace context.
func (o *outgoing) carrier(i int) propagation.TextMapCarrier {
	if !o.fits(i, "traceparent", 55) {
		return nil
	}
	return message{o, i}
}

// perHeader is what a header has beside its key and its value, and perMessage a message,
// at most.
const perHeader, perMessage = 10, 48

func (o *outgoing) fits(i int, key string, value int) bool {
	if o.most == 0 {
		return true
	}
	m := &(*o.of)[i]
	size := perMessage + len(m.Key) + len(m.Value) + len(key) + value + perHeader
	for _, h := range m.Headers {
		size += len(h.Key) + len(h.Value) + perHeader
	}
	return int64(size) <= o.most
}

// message is one of them as a carrier.
type message struct {
	of *outgoing
	at int
}

func (m message) headers() carrier.List[kafka.Header] { return headersOf(&(*m.of.of)[m.at].Headers) }
func (m message) Get(key string) string               { return m.headers().Get(key) }
func (m message) Keys() []string                      { return m.headers().Keys() }

func (m message) Set(key, value string) {
	if m.of.fits(m.at, key, len(value)) {
		m.of.copy()
		m.headers().Set(key, value)
	}
}
