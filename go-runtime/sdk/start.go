// SPDX-License-Identifier: Apache-2.0

// Package sdk sets the OpenTelemetry SDK up from the standard OTEL_* variables,
// in a program that knows nothing of it. Generated code of the main package
// calls Start from an init function; the package that watches the program's end
// calls Flush.
//
// Environment variables are read once, in Start. What they can't mean is told
// on stderr, one line each, and the default taken: telemetry never keeps a
// program from starting.
package sdk

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/conventions"
	"otel.runtime/current"
	"otel.runtime/exporter/console"
	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/setting"
	"otel.runtime/internal/switches"
	"otel.runtime/internal/trouble"
	"otel.runtime/internal/variables"
	"otel.runtime/sdk/config"
)

// setup is what Start made; its fields don't change afterwards.
type setup struct {
	disabled bool
	provider *sdktrace.TracerProvider // nil if disabled or the program has its own
	otlp     []*otlp.Exporter         // of spans
	console  []*console.Exporter      // likewise
	queues   []*spanQueue             // one for each of these
	metrics  *metrics
	logs     []*otlp.LogExporter
	profiles *profiles

	stopSampler func()                              // nil without provider
	drops       func(parent trace.SpanContext) bool // what provider's sampler is certain to drop
}

var (
	start  sync.Once
	active atomic.Pointer[setup]
)

// Start sets the global tracer provider, propagator and error handler. A
// provider or propagator that the program has set already stays, and one that it
// sets later wins. Start does no network input or output and takes well under
// two milliseconds. It does something only once.
//
// Inlined elsewhere, it would bring a second copy of the SDK's generic code into
// that package's object file: work for each link.
//
//go:noinline
func Start() {
	start.Do(func() {
		defer func() {
			if p := recover(); p != nil {
				trouble.Report(fmt.Sprintf("internal error: %v; there is no telemetry", p))
				active.Store(newDisabled())
			}
		}()
		environ.Note(readBySDK...)
		s, err := settings{getenv: environ.Get, report: trouble.Report}.withFile()
		if err != nil {
			trouble.Report(fmt.Sprintf("OTEL_CONFIG_FILE: %v; there is no telemetry", err))
			active.Store(newDisabled())
			return
		}
		handler := newErrorHandler(trouble.Write)
		handler.silent = s.isSilent()
		otel.SetErrorHandler(handler)
		trouble.Redirect(throughErrorHandler)
		reportDisabled(environ.Get("OTEL_GO_DISABLED_INSTRUMENTATIONS"), s.report)
		if s.file == nil {
			variables.Check(os.Environ(), s.report)
		}
		conventions.CheckOptIn(environ.Get(conventions.OptIn), s.report)
		active.Store(newSetup(s))
	})
}

// readBySDK are variables that no code of ours looks up.
var readBySDK = []string{
	"OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_METRICS_EXEMPLAR_FILTER",
	"OTEL_GO_X_CARDINALITY_LIMIT", "OTEL_GO_X_EXEMPLAR", "OTEL_GO_X_METRIC_EXPORT_BATCH_SIZE", "OTEL_GO_X_OBSERVABILITY",
	"OTEL_GO_X_PER_SERIES_START_TIMESTAMPS", "OTEL_GO_X_RESOURCE", "OTEL_GO_X_SELF_OBSERVABILITY",
}

// reportDisabled reports names that no library has.
func reportDisabled(list string, report func(string)) {
	names, near := switches.Unknown(list)
	for i, name := range names {
		line := fmt.Sprintf("OTEL_GO_DISABLED_INSTRUMENTATIONS: unknown name %s; it is not used", setting.Quote(name))
		if near[i] != "" {
			line += fmt.Sprintf("; did you mean %q?", near[i])
		}
		report(line)
	}
}

// Enabled is false before Start and when OTEL_SDK_DISABLED is true. It is true
// when the program has its own provider: then instrumentation reports to that.
// As Start, it isn't inlined.
//
//go:noinline
func Enabled() bool {
	s := active.Load()
	return s != nil && !s.disabled
}

// Flush exports the spans that have ended, and metrics and log records, until ctx
// ends. It doesn't wait for
// a collector that can't be reached. With nothing to export it takes some
// microseconds.
func Flush(ctx context.Context) error {
	s := active.Load()
	if s == nil {
		return nil
	}
	others := make(chan error, 3)
	go func() { others <- s.metrics.flush(ctx) }()
	go func() { others <- s.flushLogs(ctx) }()
	go func() { others <- s.profiles.flush(ctx) }()
	return errors.Join(s.flushSpans(ctx), <-others, <-others, <-others)
}

func (s *setup) flushSpans(ctx context.Context) error {
	if s.provider == nil {
		return nil
	}
	defer hurry(s.otlp)()
	err := s.provider.ForceFlush(ctx)
	for _, console := range s.console {
		err = errors.Join(err, console.ForceFlush(ctx))
	}
	return err
}

// Shutdown is Flush, after which nothing is recorded and no goroutine of the
// SDK's is left.
func Shutdown(ctx context.Context) error {
	s := active.Load()
	if s == nil {
		return nil
	}
	err := errors.Join(s.flushLogs(ctx), s.metrics.shutdown(ctx), s.profiles.stop(ctx))
	if s.provider == nil {
		return err
	}
	s.stopSampler()
	defer hurry(s.otlp)()
	return errors.Join(err, s.provider.Shutdown(ctx))
}

// Stats counts the spans that went to the collector; zero without one.
func Stats() otlp.Stats {
	if s := active.Load(); s != nil {
		return statsOf(s.otlp)
	}
	return otlp.Stats{}
}

// settings is where variables are read and their trouble is told.
type settings struct {
	getenv  func(string) string
	report  func(string)
	file    *config.File     // nil without one; else getenv is its
	more    *config.Pipeline // nil but for a further pipeline of the file
	service string           // service.name of the resource, once that is known

	profiles *profiles // nil if none are recorded
}

func (s settings) get(name string) string { return strings.TrimSpace(s.getenv(name)) }

// list reads comma-separated words.
func (s settings) list(name string) []string {
	return splitList(s.getenv(name))
}

func splitList(list string) (words []string) {
	for _, word := range strings.Split(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// cutPair reads key=value with a percent-encoded value.
func cutPair(pair string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(pair, "=")
	value, err := url.PathUnescape(strings.TrimSpace(value))
	key = strings.TrimSpace(key)
	return key, value, ok && err == nil && key != ""
}

// isTrue follows the specification: true in any case is, anything else isn't.
func (s settings) isTrue(name string) bool {
	switch v := s.get(name); strings.ToLower(v) {
	case "true":
		return true
	case "", "false":
		return false
	default:
		s.report(fmt.Sprintf("%s: %s is neither true nor false; false is used", name, setting.Quote(v)))
		return false
	}
}

func newSetup(s settings) *setup {
	// OTEL_SDK_DISABLED leaves propagation alone, by the specification.
	s.setPropagator()
	if s.isTrue("OTEL_SDK_DISABLED") {
		return newDisabled()
	}
	global := otel.GetTracerProvider()
	if !isUnset(global) && !current.CountsAsNone(global) {
		of := s.resource()
		s.profiles = s.newProfiles()
		s.publish(of)
		s.startProfiles(of, nil)
		return &setup{metrics: s.newMetrics(of, nil), logs: s.startLogs(of, nil), profiles: s.profiles}
	}
	of := s.resource()
	s.profiles = s.newProfiles()
	s.publish(of)
	made := s.newProvider(of)
	s.startProfiles(of, first(made.otlp))
	made.profiles = s.profiles
	home := newYielding(made.provider, made.drops)
	current.SetOurs(made.provider, home)
	current.SetFallback(home)
	if isUnset(global) {
		otel.SetTracerProvider(home)
	}
	made.metrics, made.logs = s.newMetrics(of, first(made.otlp)), s.startLogs(of, first(made.otlp))
	return made
}

// newDisabled is the set-up without telemetry of ours. A program's own provider
// keeps getting spans.
func newDisabled() *setup {
	if global := otel.GetTracerProvider(); isUnset(global) || current.CountsAsNone(global) {
		current.TurnOff()
	}
	return &setup{disabled: true}
}

// newProvider makes the tracer provider.
func (s settings) newProvider(of *resource.Resource) *setup {
	made := &setup{}
	options := []sdktrace.TracerProviderOption{sdktrace.WithResource(of)}
	for _, one := range s.pipelines("TRACES") {
		batching := one.batching()
		to := one.exporters()
		if to.otlp {
			exporter := otlp.New(otlp.ConfigFromEnv(otlp.Traces, one.getenv, one.report))
			made.otlp = append(made.otlp, exporter)
			made.queues = append(made.queues, one.newSpanQueue(one.describeSpans(exporter, of), batching, exporter.Failing))
		}
		if to.console {
			exporter := console.New(nil)
			made.console = append(made.console, exporter)
			made.queues = append(made.queues, one.newSpanQueue(one.describeSpans(exporter, of), one.consoleBatching(batching), func() bool { return false }))
		}
	}
	for _, queue := range made.queues {
		options = append(options, sdktrace.WithSpanProcessor(queue))
	}
	if len(made.queues) == 0 && s.profiles != nil {
		options = append(options, sdktrace.WithSpanProcessor(s.profiles))
	}
	if name, ok := of.Set().Value("service.name"); ok {
		s.service = name.AsString()
	}
	sampler, drops, stop := s.sampler()
	made.drops, made.stopSampler = drops, stop
	if sdkObserved() {
		made.drops = func(trace.SpanContext) bool { return false }
	}
	options = append(options, sdktrace.WithSampler(sampler), sdktrace.WithRawSpanLimits(s.limits()))
	made.provider = sdktrace.NewTracerProvider(options...)
	return made
}

// sdkObserved reports whether the SDK counts the spans that it starts, those too
// that it drops: what it does, in one release or another, where one of these
// variables is true.
func sdkObserved() bool {
	for _, name := range []string{"OTEL_GO_X_OBSERVABILITY", "OTEL_GO_X_SELF_OBSERVABILITY"} {
		if strings.EqualFold(environ.Get(name), "true") {
			return true
		}
	}
	return false
}
