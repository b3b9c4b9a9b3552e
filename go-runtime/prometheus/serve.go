// SPDX-License-Identifier: Apache-2.0

// Package prometheus serves metrics for a Prometheus server to fetch. It is the
// exporter behind OTEL_METRICS_EXPORTER=prometheus.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/prometheus/
package prometheus

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/internal/apart"
)

// Suppress, if set, runs what serves requests such that the program's
// instrumentation leaves it alone.
var Suppress func(run func())

// Serve answers on OTEL_EXPORTER_PROMETHEUS_HOST and _PORT, localhost:9464
// unless they say otherwise, at any path. An address that can't be listened on
// is told, and nothing is served.
func Serve(getenv func(string) string, tell func(string), reader metric.Reader) {
	host, port := strings.TrimSpace(getenv("OTEL_EXPORTER_PROMETHEUS_HOST")), strings.TrimSpace(getenv("OTEL_EXPORTER_PROMETHEUS_PORT"))
	if host == "" {
		host = "localhost"
	}
	if port == "" {
		port = "9464"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		tell(fmt.Sprintf("OTEL_METRICS_EXPORTER: prometheus: %v; metrics are not served", err))
		return
	}
	server := &http.Server{Handler: handler(reader), ReadHeaderTimeout: 10 * time.Second}
	apart.Go(func() {
		serve := func() { server.Serve(listener) }
		if Suppress != nil {
			Suppress(serve)
		} else {
			serve()
		}
	})
}

func handler(reader metric.Reader) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var all metricdata.ResourceMetrics
		if err := reader.Collect(r.Context(), &all); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		w.Write(appendText(nil, &all))
	})
}
