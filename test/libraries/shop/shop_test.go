// SPDX-License-Identifier: Apache-2.0

// Package shop has one program with all libraries, as an application has them.
package shop

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	collectorlogs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	collectormetrics "go.opentelemetry.io/proto/otlp/collector/metrics/v1"
	"google.golang.org/protobuf/proto"

	"libraries/libtest"
	"libraries/servers"
)

const secret = "planted-secret-4711"

// ids are what the woven program's lines of log have besides.
var ids = regexp.MustCompile(`,"(trace_id|span_id|trace_flags)":"([0-9a-f]+)"`)

var freePort = regexp.MustCompile(`port=\d+`)

// One request is one trace through all libraries, and the program's output is
// what it is in a plain build, but for the ids in its lines of log.
func TestShop(t *testing.T) {
	requires := libtest.Promised(t, "github.com/gin-gonic/gin", "github.com/labstack/echo/v4", "github.com/gorilla/mux", "gorm.io/gorm",
		"github.com/jackc/pgx/v5", "github.com/redis/go-redis/v9", "go.mongodb.org/mongo-driver", "go.uber.org/zap",
		"github.com/sirupsen/logrus")
	requires = append(requires, "google.golang.org/grpc@v1.67.3")
	program := libtest.NewProgram(t, "testdata/shop", requires...)
	program.Complete(t, requires...)
	plain, woven := program.Plain(t), program.Woven(t)
	libtest.SameModules(t, plain, woven)

	mongo := servers.BuildMongo(t)
	want := libtest.Run(t, plain, start(t, mongo))
	env := start(t, mongo)
	got, exported := libtest.RunWoven(t, woven, append(env, "OTEL_METRICS_EXPORTER=otlp", "OTEL_LOGS_EXPORTER=otlp"))
	if without := ids.ReplaceAllString(got, ""); without != want {
		t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, without))
	}
	if !strings.Contains(want, "\ndone\n-- stderr --\n-- exit status 0") {
		t.Errorf("the program says:\n%s", want)
	}
	if exported.Holds(secret) {
		t.Error("a secret was exported")
	}

	// The trace of the first order, and nothing in it without a parent.
	order := exported.TraceOf(t, "GET /order/:id")
	text := freePort.ReplaceAllString(order.Text(replacements(env)...), "port=PORT")
	libtest.Golden(t, "spans.txt", text)
	if strings.Contains(text, "PARENT LOST") {
		t.Error("the trace isn't connected")
	}
	// Each logger's line of that request has the id of the trace.
	for _, line := range []string{`"msg":"an order"`, `"msg":"in stock"`, `"msg":"a price"`} {
		at := slices.IndexFunc(strings.Split(got, "\n"), func(l string) bool {
			return strings.Contains(l, line) && strings.Contains(l, `"trace_id":"`+order.Spans[0].TraceID+`"`)
		})
		if at < 0 {
			t.Errorf("no line %s with the trace's id in:\n%s", line, got)
		}
	}

	seenInBrowser(t, exported, order.Spans[0].TraceID, text)

	libtest.Golden(t, "metrics.txt", strings.Join(metrics(t, exported), "\n")+"\n")
	libtest.Golden(t, "logs.txt", strings.Join(logs(t, exported, order.Spans[0].TraceID), "\n")+"\n")
}

func start(t *testing.T, mongo servers.Mongo) (env []string) {
	return []string{"MARIADB=" + servers.MariaDB(t), "POSTGRES=" + servers.Postgres(t), "REDIS=" + servers.Redis(t), "MONGO=" + mongo.Start(t)}
}

func replacements(env []string) (pairs []string) {
	for _, variable := range env {
		name, port, _ := strings.Cut(variable, "=")
		pairs = append(pairs, "port="+port, "port="+name)
	}
	return pairs
}

// metrics are the names and units of all metrics that came, but for those of the
// SDK itself: how much of it has been exported by then is a matter of time.
func metrics(t *testing.T, exported libtest.Exported) (all []string) {
	for _, body := range exported.Requests["/v1/metrics"] {
		var request collectormetrics.ExportMetricsServiceRequest
		if err := proto.Unmarshal(body, &request); err != nil {
			t.Fatal(err)
		}
		for _, resource := range request.ResourceMetrics {
			for _, scope := range resource.ScopeMetrics {
				for _, metric := range scope.Metrics {
					if !strings.HasPrefix(metric.Name, "otel.sdk.") {
						all = append(all, metric.Name+" "+metric.Unit)
					}
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// logs are the records of one trace.
func logs(t *testing.T, exported libtest.Exported, trace string) (all []string) {
	for _, body := range exported.Requests["/v1/logs"] {
		var request collectorlogs.ExportLogsServiceRequest
		if err := proto.Unmarshal(body, &request); err != nil {
			t.Fatal(err)
		}
		for _, resource := range request.ResourceLogs {
			for _, scope := range resource.ScopeLogs {
				for _, record := range scope.LogRecords {
					if libtest.Hex(record.TraceId) == trace {
						all = append(all, scope.Scope.Name+": "+record.SeverityText+" "+record.Body.GetStringValue())
					}
				}
			}
		}
	}
	slices.Sort(all)
	return all
}
