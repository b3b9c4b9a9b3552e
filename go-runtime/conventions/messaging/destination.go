// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"net"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"otel.runtime/conventions"
)

// Destination is where messages are sent to or come from, and by which server and
// which consumer. What isn't known is zero.
type Destination struct {
	Name         string // of a topic, a queue, a subject
	Template     string // of Name, where that is one of any number
	Temporary    bool   // it is one of a client's, which nobody knows by its name
	Anonymous    bool   // its name was made up by a server or a client
	Partition    string
	Subscription string
	Group        string // of consumers
	Server       string // a host
	Port         int
}

// At sets the server of a list of addresses, if that has one: of several, nobody knows
// which it was.
func (d *Destination) At(addresses ...string) {
	if len(addresses) != 1 || strings.Contains(addresses[0], ",") {
		return
	}
	host, port, err := net.SplitHostPort(addresses[0])
	if err != nil {
		d.Server = addresses[0]
		return
	}
	d.Server = host
	d.Port, _ = strconv.Atoi(port)
}

// text is the destination in a span's name: only what has few values.
func (d *Destination) text() string {
	switch {
	case d.Template != "":
		return d.Template
	case d.Name != "" && !d.Temporary && !d.Anonymous:
		return d.Name
	case d.Name == "" && d.Server != "" && d.Port != 0:
		return net.JoinHostPort(d.Server, strconv.Itoa(d.Port))
	}
	return ""
}

// append adds the attributes of a span.
func (d *Destination) append(to []attribute.KeyValue) []attribute.KeyValue {
	to = appendText(to, DestinationName, d.Name)
	to = appendText(to, Template, d.Template)
	if d.Temporary {
		to = append(to, Temporary.Bool(true))
	}
	if d.Anonymous {
		to = append(to, Anonymous.Bool(true))
	}
	to = appendText(to, Partition, d.Partition)
	to = appendText(to, SubscriptionName, d.Subscription)
	to = appendText(to, ConsumerGroup, d.Group)
	if d.Server == "" {
		return to
	}
	if to = append(to, conventions.ServerAddress.String(d.Server)); d.Port != 0 {
		to = append(to, conventions.ServerPort.Int(d.Port))
	}
	return to
}

func appendText(to []attribute.KeyValue, key attribute.Key, text string) []attribute.KeyValue {
	if text == "" {
		return to
	}
	return append(to, key.String(text))
}
