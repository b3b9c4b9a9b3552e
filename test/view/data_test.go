// SPDX-License-Identifier: Apache-2.0

package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"
)

// span is one to send; times are in microseconds since the start of its trace.
type span struct {
	service, name, kind string
	id, parent          int
	start, end          int
	attributes          []string // key, value, …
	failed              string   // a message makes it an error
	event               []string // name, then keys and values
}

type object = map[string]any

func attributes(words []string) []object {
	all := []object{}
	for i := 0; i+1 < len(words); i += 2 {
		all = append(all, object{"key": words[i], "value": object{"stringValue": words[i+1]}})
	}
	return all
}

func resource(service string) object {
	return object{"attributes": attributes([]string{"service.name", service, "telemetry.sdk.language", "go", "host.name", "laptop"})}
}

func nano(at time.Time, microseconds int) string {
	return fmt.Sprint(at.UnixNano() + int64(microseconds)*1000)
}

func traceID(n int) string { return fmt.Sprintf("4bf92f3577b34da6a3ce%012x", n) }
func spanID(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("00f067aa%08x", n)
}

var kinds = map[string]int{"internal": 1, "server": 2, "client": 3, "producer": 4, "consumer": 5}

// send posts OTLP/JSON and wants it to be taken.
func send(t *testing.T, address, path string, request object) {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post("http://"+address+path, "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if answer, _ := io.ReadAll(response.Body); response.StatusCode != 200 {
		t.Fatalf("%s: %s %s", path, response.Status, answer)
	}
}

// sendTrace sends a group for each run of spans of one service.
func sendTrace(t *testing.T, address string, trace int, at time.Time, spans []span) {
	t.Helper()
	var groups []object
	for i := 0; i < len(spans); {
		var group []object
		service := spans[i].service
		for ; i < len(spans) && spans[i].service == service; i++ {
			s := spans[i]
			one := object{"traceId": traceID(trace), "spanId": spanID(trace<<16 + s.id), "name": s.name, "kind": kinds[s.kind],
				"startTimeUnixNano": nano(at, s.start), "endTimeUnixNano": nano(at, s.end), "attributes": attributes(s.attributes)}
			if s.parent != 0 {
				one["parentSpanId"] = spanID(trace<<16 + s.parent)
			}
			if s.failed != "" {
				one["status"] = object{"code": 2, "message": s.failed}
			}
			if s.event != nil {
				one["events"] = []object{{"timeUnixNano": nano(at, s.end-50), "name": s.event[0], "attributes": attributes(s.event[1:])}}
			}
			group = append(group, one)
		}
		groups = append(groups, object{"resource": resource(service), "scopeSpans": []object{{"scope": object{"name": "net/http"}, "spans": group}}})
	}
	send(t, address, "/v1/traces", object{"resourceSpans": groups})
}

// shop is an order that fails: four services, databases and a queue. Sending it
// out of order is part of the test.
func shop() []span {
	stack := "*payment.Declined: card declined\n\tmain.charge\n\t\tpayments/charge.go:41\n\tmain.handleCharge\n\t\tpayments/main.go:27\n\tnet/http.HandlerFunc.ServeHTTP\n\t\tnet/http/server.go:2322"
	return []span{
		{service: "checkout", name: "POST /orders", kind: "server", id: 3, parent: 2, start: 1900, end: 43800, attributes: []string{"http.request.method", "POST", "http.route", "/orders", "url.path", "/orders", "http.response.status_code", "402"}},
		{service: "checkout", name: "GET", kind: "client", id: 4, parent: 3, start: 2400, end: 12900, attributes: []string{"http.request.method", "GET", "url.full", "http://inventory:8080/stock", "http.response.status_code", "200"}},
		{service: "checkout", name: "INSERT orders", kind: "client", id: 8, parent: 3, start: 13300, end: 17600, attributes: []string{"db.system.name", "postgresql", "db.namespace", "orders", "db.query.text", "INSERT INTO orders (customer, total) VALUES (?, ?)"}},
		{service: "checkout", name: "POST", kind: "client", id: 9, parent: 3, start: 18000, end: 42200, attributes: []string{"http.request.method", "POST", "http.response.status_code", "402"}, failed: "402 Payment Required"},
		{service: "checkout", name: "send orders", kind: "producer", id: 12, parent: 3, start: 42500, end: 43500, attributes: []string{"messaging.system", "kafka", "messaging.destination.name", "orders"}},
		{service: "frontend", name: "POST /checkout", kind: "server", id: 1, start: 0, end: 46000, attributes: []string{"http.request.method", "POST", "http.route", "/checkout", "url.path", "/checkout", "http.response.status_code", "402", "user_agent.original", "curl/8.5", "server.address", "localhost"}},
		{service: "frontend", name: "POST", kind: "client", id: 2, parent: 1, start: 1300, end: 44700, attributes: []string{"http.request.method", "POST", "url.full", "http://checkout:8080/orders", "http.response.status_code", "402"}},
		{service: "inventory", name: "GET /stock", kind: "server", id: 5, parent: 4, start: 3400, end: 12100, attributes: []string{"http.route", "/stock"}},
		{service: "inventory", name: "GET", kind: "client", id: 6, parent: 5, start: 3900, end: 5100, attributes: []string{"db.system.name", "redis", "db.operation.name", "GET"}},
		{service: "inventory", name: "SELECT stock", kind: "client", id: 7, parent: 5, start: 5600, end: 11500, attributes: []string{"db.system.name", "postgresql", "db.namespace", "stock", "db.query.text", "SELECT sku, count FROM stock WHERE sku = ?"}},
		{service: "payments", name: "POST /charge", kind: "server", id: 10, parent: 9, start: 19200, end: 41300, attributes: []string{"http.request.method", "POST", "http.route", "/charge", "http.response.status_code", "402", "card.network", "visa"}, failed: "card declined",
			event: []string{"exception", "exception.type", "*payment.Declined", "exception.message", "card declined", "exception.stacktrace", stack}},
		{service: "payments", name: "authorize", kind: "internal", id: 11, parent: 10, start: 20100, end: 40800, failed: "card declined"},
	}
}

// shopTree is how a waterfall of it is nested.
const shopTree = `1 POST /checkout
2 POST
3 POST /orders
4 GET
5 GET /stock
6 GET
6 SELECT stock
4 INSERT orders
4 POST
5 POST /charge
6 authorize
4 send orders`

// sendShopLogs sends records of the order: of the charge, and of none of its spans.
func sendShopLogs(t *testing.T, address string, trace int, at time.Time) {
	t.Helper()
	record := func(span, after, level int, body string, words ...string) object {
		r := object{"timeUnixNano": nano(at, after), "severityNumber": level, "body": object{"stringValue": body}, "attributes": attributes(words)}
		if span != 0 {
			r["traceId"], r["spanId"] = traceID(trace), spanID(trace<<16+span)
		}
		return r
	}
	send(t, address, "/v1/logs", object{"resourceLogs": []object{{"resource": resource("payments"), "scopeLogs": []object{{"scope": object{"name": "slog"}, "logRecords": []object{
		record(0, -900000, 9, "listening", "port", "8080"),
		record(10, 20000, 9, "charging", "amount", "42.10", "currency", "EUR"),
		record(10, 41000, 17, "charge declined", "code", "51"),
	}}}}}})
}

// sendShopMetrics sends ten minutes of metrics of one service.
func sendShopMetrics(t *testing.T, address string, now time.Time) {
	t.Helper()
	const points = 40
	start := now.Add(-points * 15 * time.Second)
	var requests, goroutines, heap, gc []object
	bounds := []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1}
	for route, base := range map[string]int{"/orders": 30, "/health": 80} {
		counts, sum, total := make([]int, len(bounds)+1), 0.0, 0
		for i := 1; i <= points; i++ {
			for j, share := range []int{2, 5, 9, 6, 3, 1, 0, 0, 0} {
				if route == "/health" {
					share = []int{9, 2, 0, 0, 0, 0, 0, 0, 0}[j]
				}
				n := share * (base + 11*(i*i%7)) / 10
				counts[j] += n
				total += n
				sum += float64(n) * 0.03
			}
			texts := []string{}
			for _, n := range counts {
				texts = append(texts, fmt.Sprint(n))
			}
			requests = append(requests, object{"attributes": attributes([]string{"http.route", route, "http.request.method", "POST"}), "startTimeUnixNano": nano(start, 0),
				"timeUnixNano": nano(start, i*15e6), "count": fmt.Sprint(total), "sum": sum, "bucketCounts": texts, "explicitBounds": bounds})
		}
	}
	for i := 1; i <= points; i++ {
		at := object{"startTimeUnixNano": nano(start, 0), "timeUnixNano": nano(start, i*15e6)}
		with := func(key string, value any) object {
			return object{"startTimeUnixNano": at["startTimeUnixNano"], "timeUnixNano": at["timeUnixNano"], key: value}
		}
		goroutines = append(goroutines, with("asInt", fmt.Sprint(18+i%5*3)))
		heap = append(heap, with("asInt", fmt.Sprint((24+i*7%19)<<20)))
		gc = append(gc, with("asInt", fmt.Sprint(i*3+i*i%7)))
	}
	const up, cumulative = "isMonotonic", "aggregationTemporality"
	send(t, address, "/v1/metrics", object{"resourceMetrics": []object{{"resource": resource("checkout"), "scopeMetrics": []object{{"scope": object{"name": "otel.runtime"}, "metrics": []object{
		{"name": "http.server.request.duration", "unit": "s", "description": "Duration of HTTP server requests.", "histogram": object{cumulative: 2, "dataPoints": requests}},
		{"name": "go.goroutine.count", "unit": "{goroutine}", "sum": object{cumulative: 2, "dataPoints": goroutines}},
		{"name": "go.memory.used", "unit": "By", "gauge": object{"dataPoints": heap}},
		{"name": "go.gc.count", "unit": "{gc_cycle}", "sum": object{cumulative: 2, up: true, "dataPoints": gc}},
	}}}}}})
}
