// SPDX-License-Identifier: Apache-2.0

// Package prometheus serves metrics for a Prometheus server to fetch. It is the
// exporter behind OTEL_METRICS_EXPORTER=prometheus.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/prometheus/
package prometheus

import (
	"fmt"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"otel.runtime/internal/apart"
	"otel.runtime/internal/trouble"
)

// Suppress, if set, runs what serves requests such that the program's
// instrumentation leaves it alone.
var Suppress func(run func())

// Serve answers on OTEL_EXPORTER_PROMETHEUS_HOST and _PORT, localhost:9464
// unless they say otherwise, at any path. An address that can't be listened on
// is told, and nothing is served.
func Serve(getenv func(string) string, report func(string), reader metric.Reader) {
	host, port := strings.TrimSpace(getenv("OTEL_EXPORTER_PROMETHEUS_HOST")), strings.TrimSpace(getenv("OTEL_EXPORTER_PROMETHEUS_PORT"))
	if host == "" {
		host = "localhost"
	}
	if port == "" {
		port = "9464"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		report(fmt.Sprintf("OTEL_METRICS_EXPORTER: prometheus: %v; metrics are not served", err))
		return
	}
	server := &http.Server{Handler: handler(reader, report), ReadHeaderTimeout: 10 * time.Second}
	apart.Go(func() {
		serve := func() { server.Serve(listener) }
		if Suppress != nil {
			Suppress(serve)
		} else {
			serve()
		}
	})
}

// handler reports once each metric that can't be served.
func handler(reader metric.Reader, report func(string)) http.Handler {
	var told sync.Map
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var all metricdata.ResourceMetrics
		var err error
		if apart.Outside(func() { err = reader.Collect(r.Context(), &all) }); err != nil {
			http.Error(w, trouble.Scrub(err.Error()), http.StatusInternalServerError)
			return
		}
		as, page := accepted(r.Header), newPage(&all)
		for _, problem := range page.problems {
			if _, again := told.LoadOrStore(problem, true); !again {
				report("OTEL_METRICS_EXPORTER: prometheus: " + problem + " is not served: another metric of that name has another type")
			}
		}
		w.Header().Set("Content-Type", as.contentType())
		w.Write(appendPage(nil, &all, page, as))
	})
}

// accepted is the format that the header prefers: Prometheus' own text unless
// OpenMetrics is wanted as much.
func accepted(h http.Header) format {
	quality := map[string]float64{}
	for _, line := range h.Values("Accept") {
		for _, item := range strings.Split(line, ",") {
			kind, parameters, err := mime.ParseMediaType(strings.TrimSpace(item))
			if err != nil || kind == "application/openmetrics-text" && parameters["version"] != "" && parameters["version"] != "1.0.0" {
				continue
			}
			q, err := strconv.ParseFloat(parameters["q"], 64)
			if err != nil {
				q = 1
			}
			if q > quality[kind] {
				quality[kind] = q
			}
		}
	}
	if q := quality["application/openmetrics-text"]; q > 0 && q >= quality["text/plain"] {
		return openMetrics
	}
	return plainText
}
