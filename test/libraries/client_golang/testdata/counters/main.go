// SPDX-License-Identifier: Apache-2.0

// A program that counts with client_golang in two registries and a third one that
// nobody serves, and prints what a scrape gets.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var (
	jobs    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "shop_jobs_total", Help: "Jobs done."}, []string{"kind"})
	stock   = prometheus.NewGauge(prometheus.GaugeOpts{Name: "shop_stock", Help: "Things in stock."})
	latency = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "shop_latency_seconds", Help: "How long it took.", Buckets: []float64{0.1, 1}})
	sizes   = prometheus.NewSummary(prometheus.SummaryOpts{Name: "shop_size_bytes", Help: "How large it was.", Objectives: map[float64]float64{0.5: 0.05, 1: 0}})
	free    = prometheus.NewUntypedFunc(prometheus.UntypedOpts{Name: "shop_free", Help: "What it is."}, func() float64 { return 7 })
)

func main() {
	prometheus.MustRegister(jobs, stock, latency, sizes, free)
	second, unserved := prometheus.NewRegistry(), prometheus.NewRegistry()
	again := prometheus.NewCounter(prometheus.CounterOpts{Name: "second_total", Help: "In another registry."})
	hidden := prometheus.NewCounter(prometheus.CounterOpts{Name: "unserved_total", Help: "Served by nobody."})
	second.MustRegister(again)
	unserved.MustRegister(hidden)
	native(second)

	jobs.WithLabelValues("mail").Add(3)
	jobs.WithLabelValues("print").Inc()
	jobs.WithLabelValues("mail").(prometheus.ExemplarAdder).AddWithExemplar(1, prometheus.Labels{"trace_id": "0102030405060708090a0b0c0d0e0f10", "span_id": "0102030405060708"})
	stock.Set(2.5)
	latency.Observe(0.05)
	latency.(prometheus.ExemplarObserver).ObserveWithExemplar(5, prometheus.Labels{"trace_id": "1112030405060708090a0b0c0d0e0f10", "span_id": "1112030405060708"})
	sizes.Observe(10)
	sizes.Observe(30)
	again.Inc()
	hidden.Inc()

	scrape("default", promhttp.Handler())
	scrape("second", promhttp.InstrumentMetricHandler(second, promhttp.HandlerFor(prometheus.Gatherers{second}, promhttp.HandlerOpts{})))
}

func scrape(name string, handler http.Handler) {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	fmt.Println(name, answer.Code)
	for _, line := range strings.Split(answer.Body.String(), "\n") {
		if name := strings.TrimPrefix(strings.TrimPrefix(line, "# HELP "), "# TYPE "); strings.HasPrefix(name, "shop_") || strings.HasPrefix(name, "second_") || strings.HasPrefix(name, "native_") {
			fmt.Println(line)
		}
	}
}
