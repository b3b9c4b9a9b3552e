// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/exporter/otlp"
	"otel.runtime/exporter/profilefile"
	"otel.runtime/exporter/pyroscope"
	"otel.runtime/internal/near"
	"otel.runtime/internal/setting"
	"otel.runtime/profile"
	"otel.runtime/profile/record"
	"otel.runtime/sdk/processcontext"
)

// profiles is what newProfiles made; nil where none are recorded.
type profiles struct {
	*record.Recorder // nil before start, and where nothing can be recorded
	otlp             []*otlp.ProfileExporter
}

// newProfiles is nil unless OTEL_PROFILES_EXPORTER names an exporter.
func (s settings) newProfiles() *profiles {
	for _, name := range s.list("OTEL_PROFILES_EXPORTER") {
		if !strings.EqualFold(name, "none") {
			return &profiles{}
		}
	}
	return nil
}

// startProfiles records what OTEL_GO_PROFILES_KINDS names, for what
// OTEL_PROFILES_EXPORTER names.
func (s settings) startProfiles(of *resource.Resource, spans *otlp.Exporter) {
	if s.profiles == nil {
		return
	}
	c := record.Config{Report: s.report}
	for _, name := range s.list("OTEL_PROFILES_EXPORTER") {
		switch strings.ToLower(name) {
		case "otlp":
			exporter := otlp.NewProfiles(otlp.ConfigFromEnv(otlp.Profiles, s.getenv, s.report), of, spans)
			c.Exporters, s.profiles.otlp = append(c.Exporters, exporter), append(s.profiles.otlp, exporter)
		case "pyroscope":
			c.Exporters = append(c.Exporters, pyroscope.New(pyroscope.ConfigFromEnv(s.getenv, s.report), of, s.report))
			c.ProfileIDs = true
		case "file":
			directory := s.get("OTEL_GO_PROFILES_DIRECTORY")
			if directory == "" {
				directory = "otel-profiles"
			}
			c.Exporters = append(c.Exporters, profilefile.New(directory, s.positive("OTEL_GO_PROFILES_FILES", 100), s.report))
		case "none":
		default:
			s.report(fmt.Sprintf("OTEL_PROFILES_EXPORTER: unknown exporter %s; known are otlp, pyroscope, file and none", setting.Quote(name)))
		}
	}
	if len(c.Exporters) == 0 {
		return
	}
	if !record.Available() {
		s.report("OTEL_PROFILES_EXPORTER: there are no profiles, as package runtime isn't woven")
		return
	}
	c.Kinds = s.profileKinds()
	c.Interval = s.milliseconds("OTEL_GO_PROFILES_INTERVAL", 60000)
	c.CPURate = s.atMost("OTEL_GO_PROFILES_CPU_RATE", 100, 1000)
	c.MutexFraction = s.positive("OTEL_GO_PROFILES_MUTEX_FRACTION", 10)
	c.BlockRate = s.positive("OTEL_GO_PROFILES_BLOCK_RATE", int(time.Millisecond))
	s.profiles.Recorder = record.Start(c)
}

// publish shows the resource to profilers outside of the process, if
// OTEL_GO_PROCESS_CONTEXT is true.
func (s settings) publish(of *resource.Resource) {
	if !s.isTrue("OTEL_GO_PROCESS_CONTEXT") {
		return
	}
	if err := processcontext.Publish(of); err != nil {
		s.report(fmt.Sprintf("OTEL_GO_PROCESS_CONTEXT: %v; readers outside of the process don't see its resource", err))
	}
}

// profileKinds are cpu and heap unless the variable says otherwise.
func (s settings) profileKinds() (kinds []profile.Kind) {
	const variable = "OTEL_GO_PROFILES_KINDS"
	var known []string
	for _, kind := range profile.Kinds {
		known = append(known, string(kind))
	}
	wanted := map[profile.Kind]bool{}
	for _, name := range s.list(variable) {
		switch name = strings.ToLower(name); {
		case name == "all":
			kinds = append(kinds, profile.Kinds...)
		case strings.Contains(" "+strings.Join(known, " ")+" ", " "+name+" "):
			kinds = append(kinds, profile.Kind(name))
		default:
			s.report(fmt.Sprintf("%s: unknown kind %s; known are %s and all%s", variable, setting.Quote(name), strings.Join(known, ", "), near.Hint(name, known)))
		}
	}
	if len(kinds) == 0 {
		return []profile.Kind{profile.CPU, profile.Heap}
	}
	all := kinds
	kinds = nil
	for _, kind := range all {
		if !wanted[kind] {
			wanted[kind] = true
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// atMost is positive with an upper bound.
func (s settings) atMost(name string, otherwise, most int) int {
	n := s.positive(name, otherwise)
	if n > most {
		s.report(fmt.Sprintf("%s: %d is too much; %d is used", name, n, most))
		return most
	}
	return n
}

// ended is the span with what was sampled while it ran.
func (p *profiles) ended(span sdktrace.ReadOnlySpan) sdktrace.ReadOnlySpan {
	if p == nil {
		return span
	}
	return p.Ended(span)
}

// profiles is a sdktrace.SpanProcessor for spans that aren't exported: samples have
// their names all the same.
var _ sdktrace.SpanProcessor = (*profiles)(nil)

func (*profiles) OnStart(context.Context, sdktrace.ReadWriteSpan) {}

func (p *profiles) OnEnd(span sdktrace.ReadOnlySpan) { p.Ended(span) }

// ForceFlush has nothing to do, as no span is kept.
func (*profiles) ForceFlush(context.Context) error { return nil }

// Shutdown has nothing to do: stop ends the recording.
func (*profiles) Shutdown(context.Context) error { return nil }

// flush exports what has been recorded.
func (p *profiles) flush(ctx context.Context) error {
	if p == nil {
		return nil
	}
	defer hurry(p.otlp)()
	return p.Flush(ctx)
}

func (p *profiles) stop(ctx context.Context) error {
	if p == nil {
		return nil
	}
	defer hurry(p.otlp)()
	return p.Recorder.Shutdown(ctx)
}
