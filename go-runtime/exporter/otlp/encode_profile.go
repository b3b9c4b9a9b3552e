// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/binary"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/otlp/wire"
	"otel.runtime/profile"
)

// profileScope is the instrumentation scope of profiles.
const profileScope = "otel.runtime/profile"

// AppendProfilesRequest appends the ExportProfilesServiceRequest that carries the
// samples from and up to to, as they are numbered through all profiles. An OTLP
// profile has one type of values, so one of several types becomes several; samples
// of CPU time are counted, and the period says what each is worth. Frames that only
// others refer to aren't there: a request that is sent in parts gets smaller.
//
// https://github.com/open-telemetry/opentelemetry-proto, profiles/v1development
func AppendProfilesRequest(b []byte, of *resource.Resource, profiles []*profile.Profile, from, to int) []byte {
	d := newDictionary(of)
	b, inResource := wire.Open(b, 1, 4)
	b = appendResource(b, of)
	b, inScope := wire.Open(b, 2, 4)
	b, scope := wire.Open(b, 1, 1)
	b = wire.AppendString(b, 1, profileScope)
	b = wire.Close(b, scope)
	for _, p := range profiles {
		n := len(p.Samples)
		first, last := bound(from, n), bound(to, n)
		from, to = from-n, to-n
		if first >= last {
			continue
		}
		frames := &locations{of: p.Frames, numbers: make([]uint64, len(p.Frames))}
		for i, kind := range p.Types {
			if p.Kind == profile.CPU && i > 0 {
				break
			}
			b = d.profile(b, p, kind, i, p.Samples[first:last], frames)
		}
	}
	b = wire.Close(b, inScope)
	b = wire.AppendString(b, 3, of.SchemaURL())
	b = wire.Close(b, inResource)
	b, m := wire.Open(b, 2, 4)
	b = d.append(b)
	return wire.Close(b, m)
}

// bound is n, but not below 0 and not above most.
func bound(n, most int) int {
	if n < 0 {
		return 0
	}
	if n > most {
		return most
	}
	return n
}

func (d *dictionary) profile(b []byte, p *profile.Profile, kind profile.ValueType, value int, samples []profile.Sample, frames *locations) []byte {
	b, m := wire.Open(b, 2, 3)
	b = d.valueType(b, 1, kind)
	for i := range samples {
		if v := samples[i].Values[value]; v != 0 {
			b = d.sample(b, &samples[i], v, frames)
		}
	}
	b = wire.AppendFixed64(b, 3, unixNano(p.Start))
	b = wire.AppendUint(b, 4, uint64(p.End.Sub(p.Start)))
	b = d.valueType(b, 5, p.PeriodType)
	b = wire.AppendUint(b, 6, uint64(p.Period))
	return wire.Close(b, m)
}

func (d *dictionary) valueType(b []byte, field int, of profile.ValueType) []byte {
	b, m := wire.Open(b, field, 1)
	b = wire.AppendUint(b, 1, d.text(of.Type))
	b = wire.AppendUint(b, 2, d.text(of.Unit))
	return wire.Close(b, m)
}

func (d *dictionary) sample(b []byte, s *profile.Sample, value int64, frames *locations) []byte {
	b, m := wire.Open(b, 2, 1)
	b = wire.AppendUint(b, 1, d.stack(s.Stack, frames))
	b = appendIndices(b, 2, d.attributesOf(s))
	if s.Span.Trace.IsValid() {
		b = wire.AppendUint(b, 3, d.link(&s.Span))
	}
	b = appendIndices(b, 4, []uint64{uint64(value)})
	return wire.Close(b, m)
}

// attributesOf are the goroutine's labels and what is known of the span.
func (d *dictionary) attributesOf(s *profile.Sample) []uint64 {
	all := append([]uint64(nil), d.common...)
	add := func(key, value string) {
		if value != "" {
			all = append(all, d.attribute(attribute.String(key, value)))
		}
	}
	for _, label := range s.Labels {
		add(label.Key, label.Value)
	}
	if s.Span.Trace.IsValid() {
		add("http.route", s.Span.Route)
		add("otel.go.span.name", s.Span.Name)
		add("otel.go.root_span.name", s.Span.Work)
		add("otel.go.root_span.id", s.Span.Root.String())
	}
	return all
}

// appendIndices appends a packed field.
func appendIndices(b []byte, field int, all []uint64) []byte {
	if len(all) == 0 {
		return b
	}
	b, m := wire.Open(b, field, 1)
	for _, n := range all {
		b = binary.AppendUvarint(b, n)
	}
	return wire.Close(b, m)
}
