// SPDX-License-Identifier: Apache-2.0

package mongo

import (
	"context"
	"reflect"
	"runtime"
	"strings"
	"sync"
	_ "unsafe" // for go:linkname

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"otel.runtime/conventions/db"
	"otel.runtime/current"
	"otel.runtime/hook"
)

type (
	startedFunc = func(ctx context.Context, command []byte, database, name, connection string, request int64)
	endedFunc   = func(connection string, request int64, reply []byte, failure error)
)

// These are in the file that is added to the driver; nil where that isn't woven.

//go:linkname monitor1 go.mongodb.org/mongo-driver/mongo.otelMonitor
var monitor1 func(client any, traces func(started any) bool, started startedFunc, ended endedFunc)

//go:linkname monitor2 go.mongodb.org/mongo-driver/v2/mongo.otelMonitor
var monitor2 func(client any, traces func(started any) bool, started startedFunc, ended endedFunc)

var library = db.New("otel.runtime/mongodb", "mongo-driver", "mongodb", "mongo")

// AfterNewClient1 adds the command monitor to a client of the driver's v1.
func AfterNewClient1(_ *hook.Call, client any, err error) {
	if err == nil && !library.Off && monitor1 != nil {
		monitor1(client, traces, started, ended)
	}
}

// AfterNewClient2 is AfterNewClient1 for v2.
func AfterNewClient2(_ *hook.Call, client any, err error) {
	if err == nil && !library.Off && monitor2 != nil {
		monitor2(client, traces, started, ended)
	}
}

// traces reports whether a monitor's function is otelmongo's.
func traces(started any) bool {
	f := runtime.FuncForPC(reflect.ValueOf(started).Pointer())
	return f != nil && strings.Contains(f.Name(), "/otelmongo")
}

// underway has the spans of commands without an answer: of request to *db.Span.
// The driver ends each command that it has started.
var underway sync.Map

type request struct {
	connection string
	id         int64
}

// ownCommands are what the driver sends for itself.
var ownCommands = map[string]bool{
	"hello": true, "isMaster": true, "ismaster": true, "saslStart": true, "saslContinue": true,
	"authenticate": true, "getnonce": true, "endSessions": true,
}

func started(ctx context.Context, command []byte, database, name, connection string, id int64) {
	if ownCommands[name] || current.Suppressed() {
		return
	}
	target := db.Target{System: "mongodb", Namespace: database}
	server, _, _ := strings.Cut(connection, "[-")
	target.SetServer(server)
	d := describe(name, command)
	all := append(target.Append(make([]attribute.KeyValue, 0, 8)), db.OperationName.String(name))
	title := name
	if d.collection != "" {
		all = append(all, db.CollectionName.String(d.collection))
		title += " " + d.collection
	} else if database != "" {
		title += " " + database
	}
	if d.text != "" {
		all = append(all, db.QueryText.String(d.text))
	}
	if d.batch > 1 {
		all = append(all, db.OperationBatchSize.Int(d.batch))
	}
	if _, span := db.BeginAside(ctx, library, title, trace.SpanKindClient, all); span != nil {
		underway.Store(request{connection, id}, span)
	}
}

func ended(connection string, id int64, reply []byte, failure error) {
	value, ok := underway.LoadAndDelete(request{connection, id})
	if !ok {
		return
	}
	failed := failureOf(failure)
	if failure == nil {
		failed = failureIn(reply)
	}
	value.(*db.Span).End(nil, failed)
}
