// SPDX-License-Identifier: Apache-2.0

package db

import (
	"net"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// Target is the database that operations are sent to. What isn't known is zero.
type Target struct {
	System    string // db.system.name
	Namespace string
	Address   string // of the server: a host, or the path of a socket
	Port      int
}

// Append adds the attributes of what is known.
func (t Target) Append(to []attribute.KeyValue) []attribute.KeyValue {
	if t.System != "" {
		to = append(to, SystemName.String(t.System))
	}
	if t.Namespace != "" {
		to = append(to, Namespace.String(t.Namespace))
	}
	if t.Address != "" {
		to = append(to, ServerAddress.String(t.Address))
		if t.Port != 0 {
			to = append(to, ServerPort.Int(t.Port))
		}
	}
	return to
}

// Text is the target as a span's name has it, where nothing more special is
// known: the namespace, else the server, else nothing.
func (t Target) Text() string {
	switch {
	case t.Namespace != "":
		return t.Namespace
	case t.Address != "" && t.Port != 0:
		return net.JoinHostPort(t.Address, strconv.Itoa(t.Port))
	}
	return t.Address
}

// SetServer takes a "host:port", a host or the path of a socket apart. What is
// before an @ is a user, in the wrong place; but one at the beginning is an
// abstract socket's.
func (t *Target) SetServer(address string) {
	if at := strings.LastIndexByte(address, '@'); at > 0 {
		address = address[at+1:]
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil || strings.HasPrefix(address, "/") {
		t.Address, t.Port = address, 0
		return
	}
	t.Address = host
	t.Port, _ = strconv.Atoi(port)
}
