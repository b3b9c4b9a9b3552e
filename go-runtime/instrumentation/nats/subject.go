// SPDX-License-Identifier: Apache-2.0

package nats

import (
	"net"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"

	"otel.runtime/conventions/messaging"
)

// isOwn reports whether the client, or the server, uses the subject for itself.
func isOwn(subject string) bool {
	if !strings.HasPrefix(subject, "$") {
		return false
	}
	for _, prefix := range []string{"$JS.", "$SYS.", "$SRV."} {
		if strings.HasPrefix(subject, prefix) {
			return true
		}
	}
	return false
}

// isInbox reports whether a subject is one of a client's for replies.
func isInbox(nc *nats.Conn, subject string) bool {
	if nc != nil && nc.Opts.InboxPrefix != "" {
		return strings.HasPrefix(subject, nc.Opts.InboxPrefix+".")
	}
	return strings.HasPrefix(subject, nats.InboxPrefix)
}

// templateOf is what stands for the subjects of a key-value or an object store,
// whose last elements are keys, or "".
func templateOf(subject string) string {
	if !strings.HasPrefix(subject, "$KV.") && !strings.HasPrefix(subject, "$O.") {
		return ""
	}
	elements := strings.SplitN(subject, ".", 3)
	return strings.Join(elements[:2], ".") + ".>"
}

// destination is a subject at the server of a connection.
func destination(nc *nats.Conn, subject string) messaging.Destination {
	at := messaging.Destination{Name: subject, Template: templateOf(subject), Temporary: isInbox(nc, subject)}
	at.Server, at.Port = serverOf(nc.ConnectedUrl())
	return at
}

// serverOf takes the host and the port out of a URL, which may have a password.
func serverOf(url string) (host string, port int) {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		rest = url
	}
	if slash := strings.IndexByte(rest, '/'); slash >= 0 {
		rest = rest[:slash]
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	host, number, err := net.SplitHostPort(rest)
	if err != nil {
		return rest, 0
	}
	port, _ = strconv.Atoi(number)
	return host, port
}

// from is where a message has come from. sub is what it was received by, which may
// be nil.
func from(nc *nats.Conn, sub *nats.Subscription, subject, reply string) messaging.Destination {
	at := messaging.Destination{Name: subject}
	if nc != nil {
		at = destination(nc, subject)
	}
	at.Subscription = consumerOf(reply)
	if sub == nil {
		return at
	}
	at.Group = sub.Queue
	// What JetStream's subscriptions have is where a consumer delivers to, and changes
	// when an ordered one is made again.
	if at.Subscription == "" && strings.ContainsAny(sub.Subject, "*>") && !isInbox(nc, sub.Subject) {
		at.Template = sub.Subject
	}
	return at
}

// consumerOf is JetStream's consumer, by the subject of acknowledgements:
//
//	$JS.ACK.<stream>.<consumer>.<five numbers>
//	$JS.ACK.<domain>.<account>.<stream>.<consumer>.<five numbers>[.<token>]
//
// One without a name of the program's has one that says nothing.
func consumerOf(reply string) string {
	rest, ok := strings.CutPrefix(reply, "$JS.ACK.")
	if !ok {
		return ""
	}
	elements := strings.Split(rest, ".")
	switch {
	case len(elements) == 7:
		return elements[1]
	case len(elements) >= 9:
		return elements[3]
	}
	return ""
}
