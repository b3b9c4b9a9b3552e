// SPDX-License-Identifier: Apache-2.0

package redigo

import (
	"net"
	"strconv"
	"sync"
	_ "unsafe" // for go:linkname

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/redistext"
)

// wovenConn is where a connection keeps what hooks know of it, and what it is
// connected to: in the file that is added to redigo; nil where that isn't woven.
//
//go:linkname wovenConn github.com/gomodule/redigo/redis.otelConn
var wovenConn func(conn any) (state *any, to net.Conn)

// state is what is known of a connection. Of its methods one goroutine calls some, and
// another those that receive.
type state struct {
	mu     sync.Mutex
	target db.Target
	inside bool // an operation that calls others, also where there is no span of it

	sent    commands // and not flushed
	running *db.Span // of what is flushed
	awaited int      // replies of that
	failed  *db.Failure
}

// commands are those of a pipeline, of which no arguments are kept.
type commands struct {
	count    int
	name     string // that all of them have
	isMulti  bool   // the first is MULTI
	endsIn   string // the last one's name
	listens  bool   // there is one whose reply isn't the last
	text     string
	anything bool
}

// add takes one more, with its text if that is to be told.
func (c *commands) add(name string, args []any, tells bool) {
	upper := redistext.Name(name)
	c.count++
	c.endsIn = upper
	if c.count == 1 && upper == "MULTI" {
		c.isMulti = true
		return
	}
	if c.isMulti && upper == "EXEC" {
		return
	}
	switch {
	case !c.anything:
		c.name = upper
	case c.name != upper:
		c.name = ""
	}
	c.anything = true
	switch upper {
	case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR":
		c.listens = true
	}
	if tells {
		c.text = redistext.Joined(c.text, func() string { return redistext.Text(name, args) })
	}
}

// operation is the name of all together, and how many there are.
func (c *commands) operation() (name string, size int) {
	size = c.count
	switch {
	case c.isMulti && c.endsIn == "EXEC":
		name, size = "MULTI", size-2
	case c.isMulti:
		name, size = "MULTI", size-1
	case c.count == 1:
		return c.name, 1
	default:
		name = "PIPELINE"
	}
	if c.name != "" {
		name += " " + c.name
	}
	return name, size
}

// of is the state of a connection, nil if it isn't woven.
func of(conn any) *state {
	if wovenConn == nil || library.Off {
		return nil
	}
	at, to := wovenConn(conn)
	if at == nil {
		return nil
	}
	if s, known := (*at).(*state); known {
		return s
	}
	s := &state{target: db.Target{System: "redis", Namespace: "0"}}
	if to != nil {
		if address := to.RemoteAddr(); address != nil {
			s.target.SetServer(address.String())
		}
	}
	*at = s
	return s
}

// selects notes that a connection has another database.
func (s *state) selects(args []any) {
	if len(args) != 1 {
		return
	}
	switch n := args[0].(type) {
	case int:
		s.target.Namespace = strconv.Itoa(n)
	case string:
		if number, err := strconv.Atoi(n); err == nil {
			s.target.Namespace = strconv.Itoa(number)
		}
	}
}
