// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"errors"
	"reflect"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/batch"
)

// with reads settings from "NAME=value" words and collects what is told.
func with(words ...string) (settings, *[]string) {
	values := map[string]string{}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		values[name] = value
	}
	told := &[]string{}
	return settings{getenv: func(name string) string { return values[name] }, report: func(s string) { *told = append(*told, s) }}, told
}

func TestExporters(t *testing.T) {
	for value, want := range map[string]destinations{
		"": {otlp: true}, " ": {otlp: true}, "otlp": {otlp: true}, "console": {console: true}, "otlp, console": {otlp: true, console: true}, "none": {},
	} {
		s, told := with("OTEL_TRACES_EXPORTER=" + value)
		if got := s.exporters(); got != want || len(*told) > 0 {
			t.Errorf("%q: %+v %q", value, got, *told)
		}
	}
	s, told := with("OTEL_TRACES_EXPORTER=zipkn")
	if got := s.exporters(); got != (destinations{}) || !reflect.DeepEqual(*told, []string{`OTEL_TRACES_EXPORTER: unknown exporter "zipkn"; known are otlp, console and none`}) {
		t.Errorf("%+v %q", got, *told)
	}
}

func TestPropagators(t *testing.T) {
	for value, want := range map[string][]string{
		"": {"traceparent", "tracestate", "baggage"}, "baggage,baggage": {"baggage"}, "b3": {"b3"}, "b3multi": {"x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-b3-flags"}, "jaeger,xray": {"uber-trace-id", "X-Amzn-Trace-Id"}, "tracecontext": {"traceparent", "tracestate"}, "none": nil,
	} {
		s, told := with("OTEL_PROPAGATORS=" + value)
		got := map[string]bool{}
		for _, field := range s.propagator().Fields() {
			got[field] = true
		}
		for _, field := range want {
			if !got[field] {
				t.Errorf("%q: no %s", value, field)
			}
		}
		if len(got) != len(want) || len(*told) > 0 {
			t.Errorf("%q: %v %q", value, got, *told)
		}
	}
	s, told := with("OTEL_PROPAGATORS=b4,tracecontext")
	s.propagator()
	if !reflect.DeepEqual(*told, []string{`OTEL_PROPAGATORS: unknown propagator "b4"; known are tracecontext, baggage, b3, b3multi, jaeger, ottrace, xray and none`}) {
		t.Errorf("%q", *told)
	}
}

func TestBatchSettings(t *testing.T) {
	standard := batch.Limits{Delay: 5 * time.Second, Timeout: 30 * time.Second, Queue: 2048, Batch: 512}
	for _, word := range []string{"OTEL_BSP_MAX_QUEUE_SIZE=-5", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=-1", "OTEL_BSP_EXPORT_TIMEOUT=30s", "OTEL_BSP_SCHEDULE_DELAY=-1", "OTEL_BSP_MAX_QUEUE_SIZE=9999999999"} {
		name, value, _ := strings.Cut(word, "=")
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			s, told := with(word)
			o := s.batching()
			if o != standard || len(*told) != 1 || !strings.HasPrefix((*told)[0], name+": ") {
				t.Errorf("%s: %+v %q", word, o, *told)
			}
		})
	}
	if s, told := with("OTEL_BSP_SCHEDULE_DELAY=0"); s.batching().Delay != time.Millisecond || len(*told) > 0 {
		t.Errorf("%v %q", s.batching().Delay, *told)
	}
	s, told := with("OTEL_BSP_SCHEDULE_DELAY=100", "OTEL_BSP_MAX_QUEUE_SIZE=10", "OTEL_SPAN_EVENT_COUNT_LIMIT=-1", "OTEL_SPAN_LINK_COUNT_LIMIT=many")
	o := s.batching()
	if l := s.limits(); l.EventCountLimit != -1 || l.LinkCountLimit != 128 {
		t.Errorf("%+v", l)
	}
	if !reflect.DeepEqual(*told, []string{`OTEL_SPAN_LINK_COUNT_LIMIT: "many" is not a number; it is not used`}) {
		t.Errorf("%q", *told)
	}
	if o != (batch.Limits{Delay: 100 * time.Millisecond, Timeout: 30 * time.Second, Queue: 10, Batch: 512}) || s.consoleBatching(o) != o {
		t.Errorf("%+v", o)
	}
	s, _ = with()
	if d := s.consoleBatching(s.batching()).Delay; d != 200*time.Millisecond {
		t.Errorf("delay %v on a terminal", d)
	}
}

func TestServiceName(t *testing.T) {
	for _, c := range []struct{ main, module, executable, want string }{
		{"example.com/shop/cmd/server", "example.com/shop", "x", "shop-server"},
		{"example.com/shop/v2/cmd/worker/v3", "example.com/shop/v2", "x", "shop-worker"},
		{"example.com/shop-api/cmd/api", "example.com/shop-api", "x", "shop-api"},
		{"example.com/shop/cmd/app", "example.com/shop", "x", "shop"},
		{"example.com/shop/cmd/till", "example.com/shop", "x", "till"},
		{"example.com/app", "example.com/app", "x", "app"},
		{"example.com/server/cmd/server", "example.com/server", "x", "server"},
		{"server", "", "x", "server"},
		{"example.com/shop/v2", "example.com/shop/v2", "x", "shop"},
		{"command-line-arguments", "example.com/shop", "x", "shop"},
		{"command-line-arguments", "", "x", "unknown_service:x"},
		{"", "", "", "unknown_service:go"},
		{"v2", "", "x", "unknown_service:x"},
	} {
		build := &debug.BuildInfo{Path: c.main, Main: debug.Module{Path: c.module}}
		if got := serviceName(build, c.executable); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if got := serviceName(nil, "x"); got != "unknown_service:x" {
		t.Error(got)
	}
}

func TestResource(t *testing.T) {
	t.Setenv("OTEL_SERVICE_NAME", "named")
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "service.name=other,team=a%20b,host.arch=mine")
	s, told := with()
	set := s.resource().Set()
	for key, want := range map[attribute.Key]string{
		"service.name": "named", "team": "a b", "host.arch": "mine", "telemetry.sdk.language": "go", "telemetry.sdk.name": "opentelemetry",
		"telemetry.distro.name": "otel", "telemetry.distro.version": otlp.Version, "process.executable.name": "sdk.test", "process.runtime.name": "go",
	} {
		if v, _ := set.Value(key); v.AsString() != want {
			t.Errorf("%s is %q, want %q", key, v.AsString(), want)
		}
	}
	for _, key := range []attribute.Key{"process.pid", "process.runtime.version", "process.runtime.description", "os.type", "host.name", "telemetry.sdk.version"} {
		if v, ok := set.Value(key); !ok || v.AsInterface() == "" {
			t.Errorf("no %s", key)
		}
	}
	if len(*told) > 0 {
		t.Errorf("%q", *told)
	}
}

func samplerOf(s settings) sdktrace.Sampler {
	sampler, _, _ := s.sampler()
	return sampler
}

// What is said of a sampler before it is asked is what it says when it is.
func TestSamplerDropsWhatItSaysItDrops(t *testing.T) {
	parent := func(flags trace.TraceFlags, remote bool) trace.SpanContext {
		return trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}, TraceFlags: flags, Remote: remote})
	}
	parents := []trace.SpanContext{{}, parent(0, false), parent(0, true), parent(trace.FlagsSampled, false), parent(trace.FlagsSampled, true)}
	for name, want := range map[string]int{ // how many of the parents
		"": 2, "always_on": 0, "always_off": 5, "traceidratio": 0, "parentbased_always_on": 2, "parentbased_always_off": 3, "parentbased_traceidratio": 2,
	} {
		s, _ := with("OTEL_TRACES_SAMPLER="+name, "OTEL_TRACES_SAMPLER_ARG=0.5")
		sampler, drops, _ := s.sampler()
		checkDrops(t, name, sampler, drops, parents, want)
	}
	const file = "tracer_provider: {sampler: {parent_based: "
	for text, want := range map[string]int{
		"{remote_parent_sampled: {always_off: }}}}":                                                                                  3,
		"{remote_parent_not_sampled: {always_on: }, local_parent_not_sampled: {always_on: }}}}":                                      0,
		"{root: {always_off: }, local_parent_sampled: {trace_id_ratio_based: {ratio: 0.5}}}}}":                                       3,
		"{root: {parent_based: {root: {always_off: }}}, remote_parent_not_sampled: {trace_id_ratio_based: }}}}":                      2,
		"{local_parent_sampled: {parent_based: {local_parent_sampled: {always_off: }}}, local_parent_not_sampled: {always_off: }}}}": 3,
	} {
		s, told := ofFile(t, file+text)
		if len(*told) > 0 {
			t.Errorf("%s: %q", text, *told)
		}
		sampler, drops, stop := s.sampler()
		checkDrops(t, text, sampler, drops, parents, want)
		stop()
	}
	s, _ := ofFile(t, file+"{remote_parent_sampled: {trace_id_ratio_based: {ratio: 0.25}}, local_parent_not_sampled: {jaeger_remote/development: {initial_sampler: {always_off: }}}}}}")
	if got := samplerOf(s).Description(); got != "ParentBased{root:AlwaysOnSampler,remoteParentSampled:TraceIDRatioBased{0.25},remoteParentNotSampled:AlwaysOffSampler,localParentSampled:AlwaysOnSampler,localParentNotSampled:JaegerRemoteSampler{0}}" {
		t.Error(got)
	}
}

// checkDrops compares what a sampler is said to drop with what it does.
func checkDrops(t *testing.T, name string, sampler sdktrace.Sampler, drops func(trace.SpanContext) bool, parents []trace.SpanContext, want int) {
	t.Helper()
	dropped := 0
	for _, of := range parents {
		if !drops(of) {
			continue
		}
		dropped++
		for id := range byte(255) {
			asked := sdktrace.SamplingParameters{ParentContext: trace.ContextWithSpanContext(context.Background(), of), TraceID: trace.TraceID{8: id}}
			if sampler.ShouldSample(asked).Decision != sdktrace.Drop {
				t.Fatalf("%q, %v: dropped, but the sampler keeps it", name, of)
			}
		}
	}
	if dropped != want {
		t.Errorf("%q drops %d of the parents, want %d", name, dropped, want)
	}
}

// The SDK counts what it drops, if it is told to: then it has to be asked.
func TestNothingIsDroppedUnaskedWhereTheSDKCounts(t *testing.T) {
	s, _ := with("OTEL_TRACES_SAMPLER=always_off", "OTEL_TRACES_EXPORTER=none")
	if made := s.newProvider(resource.Empty()); !made.drops(trace.SpanContext{}) {
		t.Error("the SDK is asked in vain")
	}
	for _, name := range []string{"OTEL_GO_X_OBSERVABILITY", "OTEL_GO_X_SELF_OBSERVABILITY"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, "True")
			if made := s.newProvider(resource.Empty()); made.drops(trace.SpanContext{}) {
				t.Error("the SDK isn't asked")
			}
		})
	}
}

func TestSampler(t *testing.T) {
	for words, want := range map[string]string{
		"":                             "ParentBased{root:AlwaysOnSampler,remoteParentSampled:AlwaysOnSampler,remoteParentNotSampled:AlwaysOffSampler,localParentSampled:AlwaysOnSampler,localParentNotSampled:AlwaysOffSampler}",
		"always_on":                    "AlwaysOnSampler",
		"always_off":                   "AlwaysOffSampler",
		"traceidratio":                 "TraceIDRatioBased{1}",
		"traceidratio 0.25":            "TraceIDRatioBased{0.25}",
		"TraceIDRatio 0":               "TraceIDRatioBased{0}",
		"parentbased_always_off":       "ParentBased{root:AlwaysOffSampler,",
		"parentbased_traceidratio 0.5": "ParentBased{root:TraceIDRatioBased{0.5},",
		"jaeger_remote":                "JaegerRemoteSampler{0.001}",
		"parentbased_jaeger_remote endpoint=https://x/y,pollingIntervalMs=5, initialSamplingRate=0.25": "ParentBased{root:JaegerRemoteSampler{0.25},",
	} {
		name, argument, _ := strings.Cut(words, " ")
		s, told := with("OTEL_TRACES_SAMPLER="+name, "OTEL_TRACES_SAMPLER_ARG="+argument)
		if got := samplerOf(s).Description(); !strings.HasPrefix(got, want) || len(*told) > 0 {
			t.Errorf("%q: %s %q", words, got, *told)
		}
	}
	for _, argument := range []string{"2", "-0.5", "half", "NaN"} {
		s, told := with("OTEL_TRACES_SAMPLER=traceidratio", "OTEL_TRACES_SAMPLER_ARG="+argument)
		if got := samplerOf(s).Description(); got != "TraceIDRatioBased{1}" || len(*told) != 1 || !strings.Contains((*told)[0], "is not a number from 0 to 1; 1 is used") {
			t.Errorf("%q: %s %q", argument, got, *told)
		}
	}
}

func TestSamplersThatAreNotUnderstood(t *testing.T) {
	const standard = "known are always_on, always_off, traceidratio, jaeger_remote, and these with parentbased_ before; parentbased_always_on is used"
	for words, want := range map[string][]string{
		"xray":                           {`OTEL_TRACES_SAMPLER: unsupported sampler "xray"; ` + standard},
		"some":                           {`OTEL_TRACES_SAMPLER: unknown sampler "some"; ` + standard},
		"jaeger_remote endpoint=ftp://x": {"OTEL_TRACES_SAMPLER_ARG: endpoint: the endpoint is no http or https URL; the rate stays at 0.001"},
		"jaeger_remote pollingIntervalMs=0,initialSamplingRate=2,polingIntervalMs=5": {
			`OTEL_TRACES_SAMPLER_ARG: pollingIntervalMs: "0" is not a positive number; 60000 is used`,
			`OTEL_TRACES_SAMPLER_ARG: initialSamplingRate: "2" is not a number from 0 to 1; 0.001 is used`,
			`OTEL_TRACES_SAMPLER_ARG: unknown key "polingIntervalMs"; it is not used; did you mean "pollingIntervalMs"?`},
	} {
		name, argument, _ := strings.Cut(words, " ")
		s, told := with("OTEL_TRACES_SAMPLER="+name, "OTEL_TRACES_SAMPLER_ARG="+argument)
		if samplerOf(s); !reflect.DeepEqual(*told, want) {
			t.Errorf("%q", *told)
		}
	}
}

func TestLimits(t *testing.T) {
	s, told := with("OTEL_ATTRIBUTE_COUNT_LIMIT=5", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT=10", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=6",
		"OTEL_SPAN_EVENT_COUNT_LIMIT=1", "OTEL_SPAN_LINK_COUNT_LIMIT=2", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT=3", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT=0")
	want := sdktrace.NewSpanLimits()
	want.AttributeValueLengthLimit, want.AttributeCountLimit, want.EventCountLimit = 10, 6, 1
	want.LinkCountLimit, want.AttributePerEventCountLimit, want.AttributePerLinkCountLimit = 2, 3, 0
	if got := s.limits(); got != want || len(*told) > 0 {
		t.Errorf("%+v %q", got, *told)
	}
	s, _ = with()
	if got := s.limits(); got != sdktrace.NewSpanLimits() {
		t.Errorf("defaults %+v", got)
	}
}

func TestLogLevel(t *testing.T) {
	for level, silent := range map[string]bool{"": false, "info": false, "ERROR": false, "fatal": true, "none": true} {
		if s, told := with("OTEL_LOG_LEVEL=" + level); s.isSilent() != silent || len(*told) > 0 {
			t.Errorf("%s: %q", level, *told)
		}
	}
	if s, told := with("OTEL_LOG_LEVEL=loud"); s.isSilent() || len(*told) != 1 {
		t.Errorf("%q", *told)
	}
}

func TestServiceVersion(t *testing.T) {
	for version, want := range map[string]int{"": 3, "(devel)": 3, "v1.2.3": 4} {
		got := serviceAttributes(&debug.BuildInfo{Path: "a", Main: debug.Module{Version: version}}, "x")
		if len(got) != want {
			t.Errorf("%s: %v", version, got)
		}
	}
}

func TestErrorHandlerIsRateLimited(t *testing.T) {
	var log strings.Builder
	clock := time.Unix(1e9, 0)
	h := newErrorHandler(func(line string) { log.WriteString(line + "\n") })
	h.now = func() time.Time { return clock }
	h.Handle(nil)
	h.Handle(errors.Join(&otlp.DeliveryError{Reason: "told elsewhere"}))
	for i := 0; i < burst+3; i++ {
		h.Handle(errors.New("two\nlines"))
	}
	clock = clock.Add(period)
	h.Handle(errors.New("later"))
	h.Handle(told{"ours"})
	h.silent = true
	h.Handle(told{"ours"})
	want := strings.Repeat("two lines\n", burst) + "later (and 3 other errors before)\nours\n"
	if log.String() != want {
		t.Errorf("%q, want %q", log.String(), want)
	}
}

func BenchmarkSetup(b *testing.B) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		s, _ := with()
		made := s.newProvider(resource.Empty())
		b.StopTimer()
		made.provider.Shutdown(context.Background())
		b.StartTimer()
	}
}

// The SDK quotes entries of OTEL_RESOURCE_ATTRIBUTES; any may be a secret.
func TestErrorsOfTheSDKQuoteNoAttributes(t *testing.T) {
	var log strings.Builder
	h := newErrorHandler(func(line string) { log.WriteString(line) })
	h.Handle(errors.New("detecting resources: [partial resource: missing value: [planted x]]"))
	if got := log.String(); got != "detecting resources: [partial resource: missing value in OTEL_RESOURCE_ATTRIBUTES" {
		t.Error(got)
	}
}
