// SPDX-License-Identifier: Apache-2.0

package redis

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/db"
	"otel.runtime/current"
	"otel.runtime/hook"
)

var library = db.New("otel.runtime/goredis", "go-redis", "goredis", "redis")

// runningKey is the key of a context for the operation that it belongs to: what
// a cluster's or a ring's client hands to those of its nodes is part of it. A nil
// one stands for what isn't traced.
type runningKey struct{}

// running is an operation that has begun. It is also the operation's context.
type running struct {
	context.Context // with the span
	span            *db.Span
	id              trace.SpanID
	place           atomic.Pointer[place] // nil until there is a connection
}

func (r *running) Value(key any) any {
	if _, ours := key.(runningKey); ours {
		return r
	}
	return r.Context.Value(key)
}

// place is where an operation went; of several servers, to the last.
type place struct {
	server, peer db.Target
	database     int
}

// target is the database that has the place.
func (p *place) target() db.Target {
	return db.Target{System: "redis", Namespace: strconv.Itoa(p.database), Address: p.server.Address, Port: p.server.Port}
}

// underway has the operations that haven't ended, by their spans: for where
// go-redis goes on without the caller's context, such as to dial, or to ask a
// cluster or a Sentinel what it needs to know.
var underway sync.Map // trace.SpanID to *running

// find is the operation that ctx, or what goes on in this goroutine, is part of.
// part may be true without one: that isn't to be traced.
func find(ctx context.Context) (r *running, part bool) {
	if r, part = ctx.Value(runningKey{}).(*running); part {
		return r, true
	}
	span := current.Span()
	if span == nil {
		return nil, false
	}
	found, ok := underway.Load(span.SpanContext().SpanID())
	if !ok {
		return nil, false
	}
	return found.(*running), true
}

func runningIn(ctx context.Context) *running {
	if ctx == nil || library.Off {
		return nil
	}
	r, _ := find(ctx)
	return r
}

// inner reports whether an operation in ctx is part of another, or isn't to be
// traced.
func inner(ctx context.Context) bool {
	if library.Off || ctx == nil || traces.Load() || current.Suppressed() {
		return true
	}
	_, part := find(ctx)
	return part
}

func begin(call *hook.Call, ctx *context.Context, operation string, all []attribute.KeyValue) {
	all = append(all, db.SystemName.String("redis"), db.OperationName.String(operation))
	with, span := db.Begin(*ctx, library, operation, trace.SpanKindClient, all)
	if span == nil {
		return
	}
	r := &running{Context: with, span: span}
	if id := trace.SpanContextFromContext(with).SpanID(); id.IsValid() {
		r.id = id
		underway.Store(id, r)
	}
	*ctx = r
	call.SetData(r)
}

func beginCommand(call *hook.Call, ctx *context.Context, cmd any) {
	if inner(*ctx) {
		return
	}
	c, ok := cmd.(command)
	if !ok {
		return
	}
	all := make([]attribute.KeyValue, 0, 3)
	if !library.Drops(*ctx) {
		all = append(all, db.QueryText.String(textOf(c)))
	}
	begin(call, ctx, nameOf(c), all)
}

func beginPipeline(call *hook.Call, ctx *context.Context, kind string, cmds any) {
	if inner(*ctx) {
		return
	}
	all, inTransaction := commandsOf(cmds)
	if inTransaction {
		kind = "MULTI"
	}
	operation := kind
	if name := commonName(all); name != "" {
		operation += " " + name
	}
	attributes := make([]attribute.KeyValue, 0, 4)
	if !library.Drops(*ctx) {
		if text := textOfAll(all); text != "" {
			attributes = append(attributes, db.QueryText.String(text))
		}
	}
	if len(all) > 1 {
		attributes = append(attributes, db.OperationBatchSize.Int(len(all)))
	}
	begin(call, ctx, operation, attributes)
}

func end(call *hook.Call, failed *db.Failure) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	underway.Delete(r.id)
	if p := r.place.Load(); p != nil {
		all := p.target().Append(make([]attribute.KeyValue, 0, 6))
		if p.peer.Address != "" {
			all = append(all, db.NetworkPeerAddress.String(p.peer.Address))
			if p.peer.Port != 0 {
				all = append(all, db.NetworkPeerPort.Int(p.peer.Port))
			}
		}
		r.span.Set(all...)
	}
	r.span.End(call, failed)
}

func endPipeline(call *hook.Call, cmds any, err error) {
	if call.Data() == nil {
		return
	}
	failed := failureOf(err)
	if err != nil && failed == nil {
		failed = firstFailure(cmds)
	}
	end(call, failed)
}
