// SPDX-License-Identifier: Apache-2.0

// Package gomemcache has the hooks of github.com/bradfitz/gomemcache/memcache: a
// CLIENT span for each operation, by the name that memcached's protocol has for it.
// rulesets/gomemcache says where each hook is called.
//
// The client has no contexts: the parent is what is current on the goroutine. Of
// arguments only keys are told. That there is no such item, or that there is one, or
// another one, is an answer and no failure.
//
// The package imports the client, in whichever version the program has: go.mod beside
// it, which is for development, has the oldest one.
//
// OTEL_GO_DISABLED_INSTRUMENTATIONS=gomemcache switches it off.
package gomemcache

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/bradfitz/gomemcache/memcache"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/db"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/internal/redact"
)

var library = db.New("otel.runtime/gomemcache", "gomemcache")

// operations are the protocol's, by the names of methods.
var operations = map[string]string{
	"Get": "get", "GetMulti": "get", "Set": "set", "Add": "add", "Replace": "replace", "Append": "append", "Prepend": "prepend",
	"CompareAndSwap": "cas", "Touch": "touch", "GetAndTouch": "gat", "Delete": "delete", "Increment": "incr", "Decrement": "decr",
	"FlushAll": "flush_all", "DeleteAll": "flush_all", "Ping": "version",
}

const (
	maxText = 1024 // bytes of db.query.text
	maxKey  = 128  // bytes of a key
)

// running is an operation that has begun.
type running struct {
	span *db.Span
	id   trace.SpanID
	at   atomic.Pointer[string] // the address of the server, "" for several
}

// underway has the operations that haven't ended, by their spans: nothing else of one
// gets to where the server is chosen.
var underway sync.Map // trace.SpanID to *running

// BeforeKey, and the hooks that follow, begin the span of an operation.
func BeforeKey(call *hook.Call, _ any, key string) { begin(call, key, nil, "") }

// BeforeKeyAnd is for an operation with one more argument.
func BeforeKeyAnd(call *hook.Call, _ any, key string, _ any) { begin(call, key, nil, " ?") }

// BeforeKeys is for an operation on several items.
func BeforeKeys(call *hook.Call, _ any, keys []string) {
	if len(keys) > 0 {
		begin(call, "", keys, "")
	}
}

// BeforeItem is for an operation that stores an item.
func BeforeItem(call *hook.Call, _ any, item *memcache.Item) {
	if item != nil {
		begin(call, item.Key, nil, " ?")
	}
}

// BeforeAll is for an operation on a whole server.
func BeforeAll(call *hook.Call, _ any) { begin(call, "", nil, "") }

func begin(call *hook.Call, key string, keys []string, rest string) {
	if library.Off || current.Suppressed() || current.Underway(trace.SpanKindClient, library.Name()) {
		return
	}
	operation := operations[call.Function().Name]
	all := append(make([]attribute.KeyValue, 0, 5), db.SystemName.String("memcached"), db.OperationName.String(operation))
	if !library.Drops(context.Background()) {
		all = append(all, db.QueryText.String(textOf(operation, key, keys, rest)))
	}
	with, span := db.Begin(nil, library, operation, trace.SpanKindClient, all)
	if span == nil {
		return
	}
	r := &running{span: span}
	if with != nil {
		if r.id = trace.SpanContextFromContext(with).SpanID(); r.id.IsValid() {
			underway.Store(r.id, r)
		}
	}
	call.SetData(r)
}

// textOf is a command with its keys.
func textOf(operation, key string, keys []string, rest string) string {
	var out strings.Builder
	out.WriteString(operation)
	write := func(key string) {
		if !isLegal(key) {
			out.WriteString(" ?") // it isn't sent
			return
		}
		if key = redact.Key(key); len(key) > maxKey {
			key = key[:maxKey] + "…"
		}
		out.WriteString(" " + strings.ToValidUTF8(key, "\uFFFD"))
	}
	if key != "" {
		write(key)
	}
	for _, key := range keys {
		if out.Len() > maxText {
			out.WriteString(" …")
			break
		}
		write(key)
	}
	out.WriteString(rest)
	return out.String()
}

// isLegal reports whether a key may be one: a text with spaces is something else.
func isLegal(key string) bool {
	return len(key) <= 250 && !strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// BeforeGetConn notes which server an operation goes to.
func BeforeGetConn(_ *hook.Call, _ any, address net.Addr) {
	if library.Off || address == nil {
		return
	}
	span := current.Span()
	if span == nil {
		return
	}
	found, ok := underway.Load(span.SpanContext().SpanID())
	if !ok {
		return
	}
	r, at := found.(*running), address.String()
	if !r.at.CompareAndSwap(nil, &at) && *r.at.Load() != at {
		r.at.Store(new(string))
	}
}

// AfterResult, and AfterError, end the span.
func AfterResult(call *hook.Call, _ any, err error) { end(call, err) }

// AfterError is for an operation without a result.
func AfterError(call *hook.Call, err error) { end(call, err) }

func end(call *hook.Call, err error) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	underway.Delete(r.id)
	if at := r.at.Load(); at != nil && *at != "" {
		var target db.Target
		target.SetServer(*at)
		r.span.Set(target.Append(make([]attribute.KeyValue, 0, 2))...)
	}
	r.span.End(call, failureOf(err))
}

// failures are the client's own errors, which quote nothing.
var failures = map[error]string{
	memcache.ErrServerError:  "memcache.ErrServerError",
	memcache.ErrMalformedKey: "memcache.ErrMalformedKey",
	memcache.ErrNoServers:    "memcache.ErrNoServers",
}

func failureOf(err error) *db.Failure {
	if err == nil || errors.Is(err, memcache.ErrCacheMiss) || errors.Is(err, memcache.ErrNotStored) || errors.Is(err, memcache.ErrCASConflict) {
		return nil
	}
	for known, name := range failures {
		if errors.Is(err, known) {
			return db.FailedAs(name, known)
		}
	}
	return db.Failed(err)
}
