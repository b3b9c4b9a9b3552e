// SPDX-License-Identifier: Apache-2.0

package semconv

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"otel.runtime/view/receiver"
)

// group is what the conventions say of one kind of span.
type group struct {
	kind  string // of the span
	marks string // the attribute that only such spans have
	of    []any  // values that it has to have, if any
	// required must be there; where is required if the function says so; may is
	// recommended, opt-in, or conditionally required where a span doesn't tell.
	required []string
	where    map[string]func(receiver.Span) bool
	may      []string
	name     func(receiver.Span) string // what the name has to be, or nil
	form     string                     // the same in words
	also     func(receiver.Span, sayer) // what else holds, or nil
}

// is reports whether span is of the group.
func (g group) is(span receiver.Span) bool {
	marked := span.Attributes.Get(g.marks)
	return span.Kind == g.kind && marked != nil && (g.of == nil || slices.Contains(g.of, marked))
}

// check reports whether span is of the group, and says what doesn't hold then.
func (g group) check(span receiver.Span, types map[string]string, say sayer) bool {
	if !g.is(span) {
		return false
	}
	for _, key := range g.required {
		if span.Attributes.Get(key) == nil {
			say("%s is missing", key)
		}
	}
	for key, wanted := range g.where {
		if span.Attributes.Get(key) == nil && wanted(span) {
			say("%s is missing here", key)
		}
	}
	for _, a := range span.Attributes {
		_, conditional := g.where[a.Key]
		_, known := types[a.Key]
		if known && !conditional && !slices.Contains(g.required, a.Key) && !slices.Contains(g.may, a.Key) && a.Key != "error.type" {
			say("%s isn't for such a span", a.Key)
		}
	}
	if g.also != nil {
		g.also(span, say)
	}
	if g.name != nil && span.Name != g.name(span) {
		say("named so, not %q", g.name(span))
	}
	return true
}

func isNumber(of any) bool {
	_, err := strconv.Atoi(fmt.Sprint(of))
	return err == nil
}

func has(keys ...string) func(receiver.Span) bool {
	return func(s receiver.Span) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return s.Attributes.Get(key) != nil })
	}
}

func answered(s receiver.Span) bool { return s.Status.Code != "ERROR" }

// The conventions of Version, each with its page.
var groups = append([]group{
	{ // https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server
		kind: "SERVER", marks: "http.request.method",
		required: []string{"http.request.method", "url.path", "url.scheme"},
		where: map[string]func(receiver.Span) bool{
			"http.response.status_code": answered,
			"server.port":               has("server.address"),
		},
		may: []string{"http.route", "url.query", "client.address", "client.port", "network.peer.address", "network.peer.port",
			"network.protocol.name", "network.protocol.version", "network.local.address", "network.local.port", "server.address", "user_agent.original",
			"http.request.method_original", "http.request.body.size", "http.response.body.size"},
		form: "{http.request.method} {http.route}, or without the route where there is none",
		name: func(s receiver.Span) string { return joined(method(s), s.Attributes.Get("http.route")) },
	},
	{ // https://opentelemetry.io/docs/specs/semconv/db/elasticsearch/
		kind: "CLIENT", marks: "db.system.name", of: []any{"elasticsearch", "opensearch"},
		required: []string{"db.system.name", "db.operation.name", "http.request.method"},
		where: map[string]func(receiver.Span) bool{
			"url.full": has("server.address"), "server.address": answered, "server.port": has("server.address"),
			"db.response.status_code": func(s receiver.Span) bool { return isNumber(s.Attributes.Get("error.type")) },
		},
		may:  []string{"db.collection.name", "db.namespace", "db.operation.batch.size", "db.query.text", "elasticsearch.node.name"},
		form: "{db.operation.name} {db.collection.name}",
		name: databaseName,
	},
	{ // https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
		kind: "CLIENT", marks: "http.request.method",
		required: []string{"http.request.method", "server.address", "server.port", "url.full"},
		where:    map[string]func(receiver.Span) bool{"http.response.status_code": answered},
		may: []string{"http.request.method_original", "http.request.resend_count", "network.peer.address", "network.peer.port",
			"network.protocol.name", "network.protocol.version", "url.scheme", "url.template", "user_agent.original",
			"http.request.body.size", "http.response.body.size"},
		form: "{http.request.method}",
		name: func(s receiver.Span) string { return joined(method(s), s.Attributes.Get("url.template")) },
	},
	{ // https://opentelemetry.io/docs/specs/semconv/database/database-spans/
		kind: "CLIENT", marks: "db.system.name",
		required: []string{"db.system.name"},
		where:    map[string]func(receiver.Span) bool{"db.operation.name": ofOneOperation, "server.address": has("server.port")},
		may: []string{"db.collection.name", "db.namespace", "db.response.status_code", "server.port", "db.operation.batch.size",
			"db.query.summary", "db.query.text", "db.stored_procedure.name", "network.peer.address", "network.peer.port", "db.response.returned_rows"},
		form: "{db.query.summary}, or {db.operation.name} with {db.collection.name} or {db.namespace}, or {db.system.name}",
		name: databaseName,
	},
	{ // An object-relational mapper's operation, whose statements are CLIENT spans beneath it.
		kind: "INTERNAL", marks: "db.system.name",
		required: []string{"db.system.name", "db.operation.name"},
		may:      []string{"db.collection.name", "db.namespace", "db.response.status_code"},
		form:     "{gorm operation} {db.collection.name}",
	},
	{ // of a function with //otel:span
		kind: "INTERNAL", marks: "code.function.name",
		required: []string{"code.function.name"},
		form:     "the directive's, or {code.function.name} without its package's path",
	},
	rpc("CLIENT", "server.address"),
	rpc("SERVER"),
	{ // https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
		kind: "SERVER", marks: "graphql.operation.type",
		required: []string{"graphql.operation.type"},
		may:      []string{"graphql.operation.name"},
		form:     "{graphql.operation.type}",
		name:     func(s receiver.Span) string { return fmt.Sprint(s.Attributes.Get("graphql.operation.type")) },
	},
	{ // The same, where the document says no operation.
		kind: "SERVER", marks: "error.type",
		form: "GraphQL Operation",
		name: func(receiver.Span) string { return "GraphQL Operation" },
	},
}, messaging...)

// https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
func rpc(kind string, required ...string) group {
	return group{
		kind: kind, marks: "rpc.system.name",
		required: append([]string{"rpc.system.name", "rpc.method", "rpc.response.status_code"}, required...),
		where: map[string]func(receiver.Span) bool{"error.type": func(s receiver.Span) bool {
			return s.Status.Code == "ERROR" || kind == "CLIENT" && s.Attributes.Get("rpc.response.status_code") != "OK"
		}},
		may: []string{"rpc.method_original", "server.address", "server.port", "client.address", "client.port", "network.peer.address",
			"network.peer.port", "network.transport", "network.type"},
		form: "{rpc.method}, or {rpc.system.name} where the server has no such method",
		name: func(s receiver.Span) string {
			if method := fmt.Sprint(s.Attributes.Get("rpc.method")); method != "_OTHER" {
				return method
			}
			return fmt.Sprint(s.Attributes.Get("rpc.system.name"))
		},
	}
}

// method is what stands for the method in a name: HTTP where it isn't known.
func method(s receiver.Span) any {
	if m := s.Attributes.Get("http.request.method"); m != "_OTHER" {
		return m
	}
	return "HTTP"
}

func joined(method, target any) string {
	if target == nil {
		return fmt.Sprint(method)
	}
	return fmt.Sprintf("%v %v", method, target)
}

// ofOneOperation holds for a query whose summary doesn't say that it is several
// statements, of which no one operation's name is that of the span.
func ofOneOperation(s receiver.Span) bool {
	operations := 0
	for _, word := range strings.Fields(fmt.Sprint(s.Attributes.Get("db.query.summary"))) {
		switch word {
		case "ALTER", "CREATE", "DELETE", "DROP", "INSERT", "SELECT", "UPDATE":
			operations++
		}
	}
	return s.Attributes.Get("db.query.text") != nil && operations < 2
}

// databaseName is the summary of the query, or {operation} {target}, where the
// target is the collection, or else the namespace, or else the server; or else
// the system.
func databaseName(s receiver.Span) string {
	get := s.Attributes.Get
	if summary := get("db.query.summary"); summary != nil {
		return fmt.Sprint(summary)
	}
	operation := get("db.operation.name")
	if operation == nil {
		return fmt.Sprint(get("db.system.name"))
	}
	for _, key := range []string{"db.collection.name", "db.namespace"} {
		// https://opentelemetry.io/docs/specs/semconv/database/redis/: no namespace in the name.
		// https://opentelemetry.io/docs/specs/semconv/db/elasticsearch/: that of a cluster isn't known before.
		if get(key) != nil && (key != "db.namespace" || !slices.Contains([]any{"redis", "elasticsearch", "opensearch"}, get("db.system.name"))) {
			return fmt.Sprintf("%v %v", operation, get(key))
		}
	}
	return fmt.Sprint(operation)
}
