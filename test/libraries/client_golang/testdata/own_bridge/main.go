// SPDX-License-Identifier: Apache-2.0

// A program that bridges client_golang's default registry to OpenTelemetry by
// itself, unless it is told not to.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	bridge "go.opentelemetry.io/contrib/bridges/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
)

func main() {
	jobs := prometheus.NewCounter(prometheus.CounterOpts{Name: "shop_jobs_total", Help: "Jobs done."})
	prometheus.MustRegister(jobs)
	jobs.Inc()
	if len(os.Args) > 1 {
		return
	}
	reader := metric.NewManualReader(metric.WithProducer(bridge.NewMetricProducer()))
	defer metric.NewMeterProvider(metric.WithReader(reader)).Shutdown(context.Background())
	var all metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &all); err != nil {
		fmt.Println(err)
	}
	for _, m := range all.ScopeMetrics[0].Metrics {
		if strings.HasPrefix(m.Name, "shop_") {
			fmt.Println(m.Name)
		}
	}
}
