// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"strings"

	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/propagation"

	"otel.runtime/conventions/messaging"
	"otel.runtime/telemetry/carrier"
)

// encoded is the headers of a message that is about to be sent, as they are sent:
//
//	NATS/1.0\r\nName: value\r\n…\r\n
//
// What would make the message too long for the server isn't written.
type encoded struct {
	headers *[]byte
	most    int // bytes
}

var _ propagation.TextMapCarrier = encoded{}

const firstLine, lineEnd = "NATS/1.0\r\n", "\r\n"

// least is the room that a trace context needs.
const least = len(firstLine) + len("traceparent: 00-") + 32 + len("-") + 16 + len("-01") + 2*len(lineEnd)

// headersFor are nil if the server has none, where there is no room, and for what goes
// into a key-value or an object store: nobody is handed it as a message, and how long
// it may be, with its headers, is the program's to say.
func headersFor(nc *nats.Conn, subject string, headers *[]byte, body []byte) messaging.Carriers {
	most := int(nc.MaxPayload()) - len(body)
	if !nc.HeadersSupported() || templateOf(subject) != "" || most < len(*headers)+least {
		return messaging.One(nil)
	}
	return messaging.One(encoded{headers, most})
}

// lines calls yield for each header, with its line, until that returns false.
func (e encoded) lines(yield func(key, value, line string) bool) {
	rest, ok := strings.CutPrefix(string(*e.headers), firstLine)
	for ok && rest != "" {
		line, after, _ := strings.Cut(rest, lineEnd)
		rest = after
		key, value, is := strings.Cut(line, ":")
		if is && !yield(key, strings.TrimLeft(value, " \t"), line+lineEnd) {
			return
		}
	}
}

func (e encoded) Get(key string) (value string) {
	e.lines(func(name, text, _ string) bool {
		if strings.EqualFold(name, key) {
			value = text
		}
		return value == ""
	})
	return value
}

// Set replaces all headers of that name. It leaves headers of another form, such as
// a status, alone.
func (e encoded) Set(key, value string) {
	if len(*e.headers) > 0 && !strings.HasPrefix(string(*e.headers), firstLine) || strings.ContainsAny(value, "\r\n") {
		return
	}
	made := make([]byte, 0, len(firstLine)+len(*e.headers)+len(key)+len(value)+2+2*len(lineEnd))
	made = append(made, firstLine...)
	e.lines(func(name, _, line string) bool {
		if !strings.EqualFold(name, key) {
			made = append(made, line...)
		}
		return true
	})
	made = append(append(append(append(append(made, key...), ": "...), value...), lineEnd...), lineEnd...)
	if len(made) <= e.most {
		*e.headers = made
	}
}

func (e encoded) Keys() (all []string) {
	e.lines(func(name, _, _ string) bool {
		all = append(all, name)
		return true
	})
	return all
}

// received are the headers of messages that have come.
func received(headers nats.Header) messaging.Carriers { return messaging.One(carrier.AnyCase(headers)) }
