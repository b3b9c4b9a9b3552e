// SPDX-License-Identifier: Apache-2.0

package nethttp

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/hook"
	"otel.runtime/telemetry/meter"
)

// metricReader collects what hooks record. Instruments are made once in a
// program, so there is one.
var metricReader = func() sdkmetric.Reader {
	reader := sdkmetric.NewManualReader(sdkmetric.WithTemporalitySelector(func(sdkmetric.InstrumentKind) metricdata.Temporality {
		return metricdata.DeltaTemporality
	}))
	provider := sdkmetric.NewMeterProvider(sdkmetric.WithReader(reader))
	meter.Provide = func() metric.MeterProvider { return provider }
	return reader
}()

// counted is what was recorded since the last call: "name{attributes}" and how
// often, or the sum for a counter.
func counted(t *testing.T) map[string]int64 {
	t.Helper()
	var all metricdata.ResourceMetrics
	if err := metricReader.Collect(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	found := map[string]int64{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			switch data := m.Data.(type) {
			case metricdata.Histogram[float64]:
				for _, p := range data.DataPoints {
					found[m.Name+"{"+p.Attributes.Encoded(attribute.DefaultEncoder())+"}"] += int64(p.Count)
				}
			case metricdata.Sum[int64]:
				for _, p := range data.DataPoints {
					found[m.Name+"{"+p.Attributes.Encoded(attribute.DefaultEncoder())+"}"] += p.Value
				}
			}
		}
	}
	return found
}

func TestServerMetrics(t *testing.T) {
	counted(t)
	mux := http.NewServeMux()
	mux.HandleFunc("/item/{id}", func(http.ResponseWriter, *http.Request) {})
	post := request("POST", "http://shop.example/item/7")
	post.Body, post.ContentLength = http.NoBody, 5
	serve(t, post, func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
	}, responseState{status: 503, written: 12})
	func() {
		defer func() { recover() }()
		serve(t, request("GET", "http://shop.example/"), func(http.ResponseWriter, *http.Request) { panic(errors.New("boom")) }, responseState{})
	}()

	got := counted(t)
	const served = "error.type=503,http.request.method=POST,http.response.status_code=503,http.route=/item/{id},network.protocol.version=1.1,url.scheme=http"
	for key, want := range map[string]int64{
		"http.server.request.duration{" + served + "}":                          1,
		"http.server.request.body.size{" + served + "}":                         1,
		"http.server.response.body.size{" + served + "}":                        1,
		"http.server.active_requests{http.request.method=POST,url.scheme=http}": 0,
		"http.server.request.duration{error.type=*errors.errorString,http.request.method=GET,network.protocol.version=1.1,url.scheme=http}": 1,
	} {
		if n, ok := got[key]; !ok || n != want {
			t.Errorf("%s: %d, want %d, of %v", key, n, want, got)
		}
	}
}

func TestClientMetrics(t *testing.T) {
	counted(t)
	for _, c := range []struct {
		status int
		err    error
	}{{200, nil}, {404, nil}, {0, context.DeadlineExceeded}} {
		r := httptest.NewRequest("GET", "https://api.example/x?token=secret", nil)
		var call hook.Call
		BeforeRoundTrip(&call, nil, &r)
		var response *http.Response
		if c.err == nil {
			response = &http.Response{StatusCode: c.status, ProtoMajor: 2, Body: http.NoBody, Request: r}
		}
		AfterRoundTrip(&call, response, c.err)
	}
	got := counted(t)
	for _, key := range []string{
		"http.request.method=GET,http.response.status_code=200,network.protocol.version=2,server.address=api.example,server.port=443",
		"error.type=404,http.request.method=GET,http.response.status_code=404,network.protocol.version=2,server.address=api.example,server.port=443",
		"error.type=context.DeadlineExceeded,http.request.method=GET,server.address=api.example,server.port=443",
	} {
		if got["http.client.request.duration{"+key+"}"] != 1 {
			t.Errorf("none with %s in %v", key, got)
		}
	}
	for key := range got {
		if strings.Contains(key, "secret") {
			t.Errorf("a secret in %s", key)
		}
	}
}

// What isn't known isn't recorded, and a handler may set ContentLength.
func TestServerSizesThatAreNotKnown(t *testing.T) {
	for written, want := range map[int64]int{-1: 0, 5: 1} {
		counted(t)
		r := httptest.NewRequest("POST", "/", nil)
		r.ContentLength = -1
		serve(t, r, func(_ http.ResponseWriter, r *http.Request) { r.ContentLength = 7 }, responseState{status: 200, written: written})
		requests, responses := 0, 0
		for name := range counted(t) {
			if strings.HasPrefix(name, "http.server.request.body.size") {
				requests++
			}
			if strings.HasPrefix(name, "http.server.response.body.size") {
				responses++
			}
		}
		if requests != 0 || responses != want {
			t.Errorf("written %d: %d sizes of requests, %d of responses", written, requests, responses)
		}
	}
}
