// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/metric"
	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/current"
	"otel.runtime/exporter/console"
	"otel.runtime/exporter/otlp"
	"otel.runtime/exporter/prometheus"
	"otel.runtime/internal/bridge"
	"otel.runtime/internal/setting"
	"otel.runtime/sdk/goruntime"
	"otel.runtime/telemetry/meter"
)

// metrics is what newMetrics made; nil where no metrics are collected.
type metrics struct {
	provider *sdkmetric.MeterProvider
	otlp     []*otlp.MetricExporter
	interval time.Duration // the shortest
	started  time.Time
	bridged  bool        // another library's metrics are exported too
	own      atomic.Bool // the program has instruments of its own
}

// globalMeters is the provider as the program sees it.
type globalMeters struct {
	*sdkmetric.MeterProvider
	of *metrics
}

// Meter notes who asks for one that isn't a hook's.
func (g *globalMeters) Meter(name string, options ...metric.MeterOption) metric.Meter {
	if !current.IsHookScope(name) {
		g.of.own.Store(true)
	}
	return g.MeterProvider.Meter(name, options...)
}

// newMetrics makes what OTEL_METRICS_EXPORTER names: otlp, unless it says
// otherwise. A collector that takes no metrics is no trouble if nobody asked for
// them by name.
func (s settings) newMetrics(of *resource.Resource, spans *otlp.Exporter) *metrics {
	m := &metrics{started: time.Now()}
	var options []sdkmetric.Option
	for _, one := range s.pipelines("METRICS") {
		for _, reader := range m.readers(one, of, spans) {
			options = append(options, sdkmetric.WithReader(reader))
		}
	}
	bridge.Decide(m.bridged)
	if len(options) == 0 {
		return nil
	}
	if s.file != nil {
		options = append(options, sdkmetric.WithView(s.file.Views...))
	}
	m.provider = sdkmetric.NewMeterProvider(append(options, sdkmetric.WithResource(of))...)
	return m
}

// readers are those of one pipeline.
func (m *metrics) readers(s settings, of *resource.Resource, spans *otlp.Exporter) (all []sdkmetric.Reader) {
	names := s.list("OTEL_METRICS_EXPORTER")
	asked := len(names) > 0
	if !asked {
		names = []string{"otlp"}
	}
	interval := s.milliseconds("OTEL_METRIC_EXPORT_INTERVAL", 60_000)
	if m.interval == 0 || interval < m.interval {
		m.interval = interval
	}
	timeout := s.milliseconds("OTEL_METRIC_EXPORT_TIMEOUT", 30_000)
	others := s.producers()
	m.bridged = m.bridged || len(others) > 0
	producers := append([]sdkmetric.Producer{goruntime.NewProducer(), self{m.started}}, others...)
	periodic := func(name string, to sdkmetric.Exporter) {
		reader := newPeriodicReader(to, interval, timeout, producers...)
		s.limitReader(reader.ManualReader, name)
		all = append(all, reader)
	}
	for _, name := range names {
		switch strings.ToLower(name) {
		case "otlp":
			temporality := otlp.TemporalityFromEnv(s.getenv, s.report)
			exporter := otlp.NewMetrics(otlp.ConfigFromEnv(otlp.Metrics, s.getenv, s.report), temporality, spans, !asked)
			m.otlp = append(m.otlp, exporter)
			periodic("otlp", s.describeMetrics(exporter, of))
		case "console":
			periodic("console", s.describeMetrics(console.NewMetrics(nil), of))
		case "prometheus":
			var from []sdkmetric.ManualReaderOption
			for _, producer := range producers {
				from = append(from, sdkmetric.WithProducer(producer))
			}
			reader := sdkmetric.NewManualReader(from...)
			s.limitReader(reader, "prometheus")
			all = append(all, reader)
			prometheus.Serve(s.getenv, s.report, s.describeReader(reader, of))
		case "none":
		default:
			s.report(fmt.Sprintf("OTEL_METRICS_EXPORTER: unknown exporter %s; known are otlp, console, prometheus and none", setting.Quote(name)))
		}
	}
	return all
}

// producers are the other metrics libraries that OTEL_METRICS_PRODUCERS names, as
// OpenTelemetry's package autoexport knows them: prometheus and none.
func (s settings) producers() (all []sdkmetric.Producer) {
	wanted := false
	for _, name := range s.list("OTEL_METRICS_PRODUCERS") {
		switch strings.ToLower(name) {
		case "prometheus":
			wanted = true
		case "none":
		default:
			s.report(fmt.Sprintf("OTEL_METRICS_PRODUCERS: unknown producer %s; known are prometheus and none", setting.Quote(name)))
		}
	}
	if wanted {
		all = append(all, bridge.Producer{})
	}
	return all
}

// flush exports what has been recorded. The Go run time's own metrics alone
// aren't worth waiting for when a short program ends.
func (m *metrics) flush(ctx context.Context) error {
	if m == nil || !meter.Used() && !m.bridged && !m.own.Load() && time.Since(m.started) < m.interval {
		return nil
	}
	defer hurry(m.otlp)()
	return m.provider.ForceFlush(ctx)
}

func (m *metrics) shutdown(ctx context.Context) error {
	if m == nil {
		return nil
	}
	defer hurry(m.otlp)()
	return m.provider.Shutdown(ctx)
}

// MeterProvider is the program's own if it has set one that does something, else
// ours; nil where no metrics are collected.
func MeterProvider() metric.MeterProvider {
	s := active.Load()
	if s == nil || s.disabled {
		return nil
	}
	if global := otel.GetMeterProvider(); !isUnset(global) && !current.CountsAsNone(global) {
		return global
	}
	if s.metrics == nil {
		return nil
	}
	return s.metrics.provider
}

// SetGlobalMeterProvider makes instruments of a program that has no metrics SDK
// of its own report to ours. Instruments follow the first provider that is ever
// set, so this isn't for programs that set one themselves.
func SetGlobalMeterProvider() {
	if s := active.Load(); s != nil && s.metrics != nil && isUnset(otel.GetMeterProvider()) {
		otel.SetMeterProvider(&globalMeters{s.metrics.provider, s.metrics})
	}
}
