// SPDX-License-Identifier: Apache-2.0

package redigo

import (
	"context"
	"errors"

	"github.com/gomodule/redigo/redis"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/redistext"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var library = db.New("otel.runtime/redigo", "redigo")

// doing is a command, or a pipeline with a command at its end.
type doing struct {
	state *state
	span  *db.Span
	args  []any // of SELECT
	part  bool  // of another one
}

// BeforeDo begins the span of a command.
func BeforeDo(call *hook.Call, conn, _ any, command string, args []any) {
	begin(call, conn, nil, command, args)
}

// BeforeDoContext begins the span of a command with a context.
func BeforeDoContext(call *hook.Call, conn any, ctx context.Context, command string, args []any) {
	begin(call, conn, ctx, command, args)
}

func begin(call *hook.Call, conn any, ctx context.Context, command string, args []any) {
	if library.Off || current.Suppressed() {
		return
	}
	s := of(conn)
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inside || current.Underway(trace.SpanKindClient, library.Name()) {
		if command == "SELECT" {
			call.SetData(&doing{state: s, args: args, part: true})
		}
		return
	}
	all := s.sent
	s.sent = commands{}
	if command != "" {
		all.add(command, args, tells(ctx))
	}
	if all.count == 0 {
		return // there is nothing to send, at most to receive
	}
	d := &doing{state: s}
	if command == "SELECT" {
		d.args = args
	}
	_, d.span = db.Begin(ctx, library, all.spanName(), trace.SpanKindClient, s.attributes(&all))
	s.inside = true
	call.SetData(d)
}

func (c *commands) spanName() string {
	name, _ := c.operation()
	return name
}

func (s *state) attributes(c *commands) []attribute.KeyValue {
	name, size := c.operation()
	all := append(s.target.Append(make([]attribute.KeyValue, 0, 7)), db.OperationName.String(name))
	if c.text != "" {
		all = append(all, db.QueryText.String(c.text))
	}
	if size > 1 {
		all = append(all, db.OperationBatchSize.Int(size))
	}
	return all
}

// AfterDo ends it; and a pipeline before it, whose replies it has received too.
func AfterDo(call *hook.Call, _ any, err error) {
	d, ok := call.Data().(*doing)
	if !ok {
		return
	}
	d.state.mu.Lock()
	defer d.state.mu.Unlock()
	if d.args != nil && err == nil {
		d.state.selects(d.args)
	}
	if d.part {
		return
	}
	d.state.inside = false
	d.state.finish(failureOf(err))
	d.span.End(call, failureOf(err))
}

// tells reports whether there may be a span that has the text of a command.
func tells(ctx context.Context) bool {
	if ctx == nil {
		ctx = context.Background()
	}
	return !library.Drops(ctx)
}

// BeforeSend notes a command that is sent with others.
func BeforeSend(_ *hook.Call, conn any, command string, args []any) {
	if library.Off || current.Suppressed() {
		return
	}
	if s := of(conn); s != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sent.add(command, args, tells(nil))
	}
}

// BeforeFlush begins the span of what has been sent.
func BeforeFlush(call *hook.Call, conn any) {
	if library.Off || current.Suppressed() {
		return
	}
	s := of(conn)
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.sent
	s.sent = commands{}
	if all.count == 0 {
		return
	}
	s.finish(nil)
	_, s.running = db.BeginAside(nil, library, all.spanName(), trace.SpanKindClient, s.attributes(&all))
	if s.awaited = all.count; all.listens {
		s.awaited = 0
	}
	call.SetData(s)
}

// AfterFlush ends it if it has failed, or if nobody knows how many replies there are.
func AfterFlush(call *hook.Call, err error) {
	s, ok := call.Data().(*state)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || s.awaited == 0 {
		s.finish(failureOf(err))
	}
}

// AfterReceive ends it with the last reply.
func AfterReceive(_ *hook.Call, conn, _, _ any, err error) {
	s := of(conn)
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return
	}
	failed := failureOf(err)
	if s.failed == nil {
		s.failed = failed
	}
	s.awaited--
	var answer redis.Error
	if s.awaited <= 0 || err != nil && !errors.As(err, &answer) {
		s.finish(nil)
	}
}

// finish ends the span of what has been flushed, if there is one.
func (s *state) finish(failed *db.Failure) {
	if s.failed != nil {
		failed = s.failed
	}
	s.running.End(nil, failed)
	s.running, s.failed, s.awaited = nil, nil, 0
}

// BeforeClose ends what nobody has received.
func BeforeClose(_ *hook.Call, conn any) {
	if s := of(conn); s != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.finish(nil)
	}
}

// BeforeDial begins the span of a new connection. What that sends first is a part of
// it.
func BeforeDial(call *hook.Call, ctx *context.Context, _ any, address string, _ any) {
	if library.Off || current.Suppressed() || *ctx == nil {
		return
	}
	target := db.Target{System: "redis"}
	target.SetServer(address)
	with, span := db.Begin(*ctx, library, "CONNECT", trace.SpanKindClient, append(target.Append(make([]attribute.KeyValue, 0, 4)), db.OperationName.String("CONNECT")))
	if span != nil {
		*ctx = with
	}
	call.SetData(span)
}

// AfterDial ends it, and notes what the connection was asked to connect to.
func AfterDial(call *hook.Call, _, _ any, address string, _ any, conn redis.Conn, err error) {
	if err == nil {
		if s := of(conn); s != nil {
			s.mu.Lock()
			s.target.SetServer(address)
			s.mu.Unlock()
		}
	}
	if span, ok := call.Data().(*db.Span); ok {
		span.End(call, failureOf(err))
	}
}

// failureOf says what an error is without what it quotes. That there is no value isn't
// a failure.
func failureOf(err error) *db.Failure {
	var answer redis.Error
	switch {
	case err == nil || errors.Is(err, redis.ErrNil):
		return nil
	case errors.As(err, &answer):
		return redistext.Answered(string(answer))
	}
	return db.Failed(err)
}
