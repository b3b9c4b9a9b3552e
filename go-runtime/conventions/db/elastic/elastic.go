// SPDX-License-Identifier: Apache-2.0

// Package elastic is the spans of the clients of Elasticsearch, and of what has its
// API: one for each operation, by the identifier of its endpoint. The requests to the
// nodes that it takes, retries too, are spans of net/http beneath it. It hooks nothing
// itself.
//
// No body is looked at.
//
// https://opentelemetry.io/docs/specs/semconv/db/elasticsearch/
package elastic

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions/db"
	"otel.runtime/conventions/httpconv"
	"otel.runtime/current"
	"otel.runtime/hook"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/redact"
)

const (
	parameterIndex = attribute.Key("db.operation.parameter.index")
	parameterID    = attribute.Key("db.operation.parameter.id")
	nodeName       = attribute.Key("elasticsearch.node.name")
	requestMethod  = attribute.Key("http.request.method")
	urlFull        = attribute.Key("url.full")
)

// System is a client library.
type System struct {
	Library *instrumentation.Library
	Name    string // db.system.name
}

// New is the client library of an instrumentation scope, as db.New has it.
func New(name, scope string, names ...string) *System {
	return &System{Library: db.New(scope, names...), Name: name}
}

// runningKey is the key of a context for the operation that it belongs to: what one
// function of a client hands to another is a part of it.
type runningKey struct{}

// running is an operation that has begun. It is also the operation's context.
type running struct {
	context.Context // with the span
	span            *db.Span
	request         *http.Request // whose URL has a node, once it is sent
}

func (r *running) Value(key any) any {
	if _, ours := key.(runningKey); ours {
		return r
	}
	return r.Context.Value(key)
}

// Begin begins the span of a request, which gets a context with it.
func (s *System) Begin(call *hook.Call, request **http.Request) {
	r := *request
	if s.Library.Off || r == nil || r.URL == nil {
		return
	}
	ctx := r.Context()
	if begun := s.begin(call, &ctx, r.Method, r.URL.Path); begun != nil {
		begun.request = r.WithContext(ctx)
		*request = begun.request
	}
}

// BeginCall is Begin where there is no request yet, but for a method and an escaped
// path: Sent says which it is.
func (s *System) BeginCall(call *hook.Call, ctx *context.Context, method, path string) {
	if s.Library.Off || *ctx == nil {
		return
	}
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	s.begin(call, ctx, method, path)
}

func (s *System) begin(call *hook.Call, ctx *context.Context, method, path string) *running {
	if current.Suppressed() || (*ctx).Value(runningKey{}) != nil {
		return nil
	}
	of := Of(method, path)
	name := of.Name
	all := append(make([]attribute.KeyValue, 0, 10), db.SystemName.String(s.Name), db.OperationName.String(of.Name))
	if of.Index != "" {
		all = append(all, parameterIndex.String(redact.Key(of.Index)))
		if !strings.ContainsAny(of.Index, ",*") && of.Index != "_all" {
			all = append(all, db.CollectionName.String(redact.Key(of.Index)))
			name += " " + redact.Key(of.Index)
		}
	}
	if of.ID != "" {
		all = append(all, parameterID.String(redact.Key(of.ID)))
	}
	all = append(all, requestMethod.String(method))
	with, span := db.Begin(*ctx, s.Library, name, trace.SpanKindClient, all)
	if span == nil {
		return nil
	}
	begun := &running{Context: with, span: span}
	*ctx = begun
	call.SetData(begun)
	return begun
}

// Sent says which request an operation has sent: that of ctx.
func Sent(ctx context.Context, request *http.Request) {
	if begun, ok := ctx.Value(runningKey{}).(*running); ok {
		begun.request = request
	}
}

// End ends it with the answer, whose body isn't read yet.
func (s *System) End(call *hook.Call, response *http.Response, err error) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	r.tellServer()
	if response == nil || err != nil {
		r.span.End(call, failureOf(err))
		return
	}
	if s.Name == "elasticsearch" { // of Elastic's own cloud
		if cluster := response.Header.Get("X-Found-Handling-Cluster"); cluster != "" {
			r.span.Set(db.Namespace.String(cluster))
		}
		if node := response.Header.Get("X-Found-Handling-Instance"); node != "" {
			r.span.Set(nodeName.String(node))
		}
	}
	if status := response.StatusCode; status >= 400 && !(status == http.StatusNotFound && r.request.Method == http.MethodHead) {
		r.span.End(call, db.Answered(strconv.Itoa(status)))
		return
	}
	r.span.End(call, nil)
}

// EndCall ends it where the client says what has failed: with the status of the answer,
// if there is one.
func (s *System) EndCall(call *hook.Call, status int, err error) {
	r, ok := call.Data().(*running)
	if !ok {
		return
	}
	r.tellServer()
	if err != nil && status >= 400 {
		r.span.End(call, db.Answered(strconv.Itoa(status)))
		return
	}
	r.span.End(call, failureOf(err))
}

// tellServer says which node the request was sent to last.
func (r *running) tellServer() {
	if r.request == nil || r.request.URL == nil || r.request.URL.Host == "" {
		return
	}
	u := r.request.URL
	target := db.Target{Address: u.Hostname()}
	if target.Port, _ = strconv.Atoi(u.Port()); target.Port == 0 {
		target.Port = 80
		if u.Scheme == "https" {
			target.Port = 443
		}
	}
	all := target.Append(make([]attribute.KeyValue, 0, 3))
	if r.span.Recording() {
		all = append(all, urlFull.String(httpconv.FullURL(u)))
	}
	r.span.Set(all...)
}

func failureOf(err error) *db.Failure {
	if err == nil {
		return nil
	}
	return db.Failed(err)
}
