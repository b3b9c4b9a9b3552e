// SPDX-License-Identifier: Apache-2.0

// Package rediscall is the spans of a Redis client whose commands are lists of
// strings: of one, and of several that are sent together. It hooks nothing itself.
package rediscall

import (
	"context"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/db/redistext"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
)

// System is a client library.
type System struct {
	Library *instrumentation.Library
	Name    string // db.system.name

	selected selected
}

// New is the client library of an instrumentation scope, as db.New has it.
func New(name, scope string, names ...string) *System {
	return &System{Library: db.New(scope, names...), Name: name}
}

// runningKey is the key of a context for the operation that it belongs to: what one
// kind of client hands to another is a part of it.
type runningKey struct{ of *System }

// running is an operation that has begun. It is also the operation's context.
type running struct {
	context.Context // with the span
	system          *System
	span            *db.Span
	at              atomic.Pointer[string] // the address of the server that it goes to
}

func (r *running) Value(key any) any {
	if key == (any(runningKey{r.system})) {
		return r
	}
	return r.Context.Value(key)
}

func (s *System) runningIn(ctx context.Context) *running {
	r, _ := ctx.Value(runningKey{s}).(*running)
	return r
}

// Skips reports whether an operation in ctx isn't one to tell of: ask it before
// anything of the operation is looked at.
func (s *System) Skips(ctx context.Context) bool {
	return s.Library.Off || ctx == nil || current.Suppressed() || s.runningIn(ctx) != nil
}

// Client is what a command is sent with.
type Client struct {
	Of      any    // a pointer
	Address string // that it is connected to, as far as that is known
	Derived bool   // from another one, with its database
}

// Within reports whether ctx is that of an operation.
func (s *System) Within(ctx context.Context) bool {
	return !s.Library.Off && ctx != nil && s.runningIn(ctx) != nil
}

// Command begins the span of a command. words aren't kept.
func (s *System) Command(call *hook.Call, ctx *context.Context, client Client, words []string) {
	name, args := split(words)
	all := s.attributes(client)
	if !s.Library.Drops(*ctx) {
		all = append(all, db.QueryText.String(redistext.Text(name, args)))
	}
	s.begin(call, ctx, redistext.Name(name), all)
}

// Pipeline is Command for several: words are those of one of them.
func Pipeline[T any](s *System, call *hook.Call, ctx *context.Context, client Client, commands []T, words func(T) []string) {
	first, last := 0, len(commands)
	if last == 0 {
		return
	}
	if last == 1 {
		s.Command(call, ctx, client, words(commands[0]))
		return
	}
	operation := "PIPELINE"
	if nameOf(words(commands[0])) == "MULTI" && nameOf(words(commands[last-1])) == "EXEC" {
		operation, first, last = "MULTI", 1, last-1
	}
	common, text, tells := "", "", !s.Library.Drops(*ctx)
	for i := first; i < last; i++ {
		name, args := split(words(commands[i]))
		if tells {
			text = redistext.Joined(text, func() string { return redistext.Text(name, args) })
		}
		switch upper := redistext.Name(name); {
		case i == first:
			common = upper
		case common != upper:
			common = ""
		}
	}
	if common != "" {
		operation += " " + common
	}
	all := s.attributes(client)
	if text != "" {
		all = append(all, db.QueryText.String(text))
	}
	if last-first > 1 {
		all = append(all, db.OperationBatchSize.Int(last-first))
	}
	s.begin(call, ctx, operation, all)
}

func split(words []string) (name string, args []string) {
	if len(words) == 0 {
		return "", nil
	}
	return words[0], words[1:]
}

func nameOf(words []string) string {
	name, _ := split(words)
	return redistext.Name(name)
}

// attributes has room for those of an operation.
func (s *System) attributes(client Client) []attribute.KeyValue {
	target := db.Target{System: s.Name, Namespace: s.selected.of(client.Of, client.Derived)}
	if client.Address != "" {
		target.SetServer(client.Address)
	}
	return target.Append(make([]attribute.KeyValue, 0, 7))
}

func (s *System) begin(call *hook.Call, ctx *context.Context, operation string, all []attribute.KeyValue) {
	with, span := db.Begin(*ctx, s.Library, operation, trace.SpanKindClient, append(all, db.OperationName.String(operation)))
	if span == nil {
		return
	}
	r := &running{Context: with, system: s, span: span}
	*ctx = r
	call.SetData(r)
}

// Goes says which server the operation of ctx, if it has one, goes to.
func (s *System) Goes(ctx context.Context, address string) {
	if ctx != nil && address != "" {
		if r := s.runningIn(ctx); r != nil {
			r.at.Store(&address)
		}
	}
}

// Underway is whether an operation has begun at this call.
func Underway(call *hook.Call) bool { return call.Data() != nil }

// End ends the span of this call, if it has one.
func End(call *hook.Call, failed *db.Failure) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	if at := r.at.Load(); at != nil {
		var target db.Target
		target.SetServer(*at)
		r.span.Set(target.Append(nil)...)
	}
	r.span.End(call, failed)
}
