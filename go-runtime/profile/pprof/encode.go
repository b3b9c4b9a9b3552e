// SPDX-License-Identifier: Apache-2.0

// Package pprof writes profiles in the format that go tool pprof reads. It isn't
// the standard library's package of that name, which writes only its own.
//
// https://github.com/google/pprof/blob/main/proto/profile.proto
package pprof

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/hex"

	"otel.runtime/exporter/otlp/wire"
	"otel.runtime/profile"
)

// Link says which labels name the span of a sample.
type Link int

const (
	// Labels trace_id, span_id, local_root_span_id, span_name and route.
	Spans Link = iota
	// What Pyroscope shows with a span: span_id and span_name are the root's, as of
	// https://github.com/grafana/otel-profiling-go, and route and trace_id beside them.
	Roots
)

// Compressed is Append's result with gzip, as files have it.
func Compressed(p *profile.Profile, link Link) ([]byte, error) {
	var to bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&to, gzip.BestSpeed)
	if _, err := zip.Write(Append(nil, p, link)); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	return to.Bytes(), nil
}

// Append appends a Profile message.
func Append(b []byte, p *profile.Profile, link Link) []byte {
	e := &encoder{strings: map[string]uint64{"": 0}, table: []string{""}, link: link}
	for _, of := range p.Types {
		b = e.valueType(b, 1, of)
	}
	for i := range p.Samples {
		b = e.sample(b, &p.Samples[i])
	}
	b = e.mapping(b)
	b = e.functions(b, p.Frames)
	b = wire.AppendUint(b, 9, uint64(p.Start.UnixNano()))
	b = wire.AppendUint(b, 10, uint64(p.End.Sub(p.Start)))
	b = e.valueType(b, 11, p.PeriodType)
	b = wire.AppendUint(b, 12, uint64(p.Period))
	if n := len(p.Types); n > 0 {
		b = wire.AppendUint(b, 14, e.text(p.Types[n-1].Type))
	}
	for _, text := range e.table {
		b = wire.AppendPresentString(b, 6, text)
	}
	return b
}

type encoder struct {
	strings map[string]uint64
	table   []string
	link    Link
	scratch []byte
}

// text is the index of a string.
func (e *encoder) text(s string) uint64 {
	n, is := e.strings[s]
	if !is {
		n = uint64(len(e.table))
		e.strings[s] = n
		e.table = append(e.table, s)
	}
	return n
}

func (e *encoder) valueType(b []byte, field int, of profile.ValueType) []byte {
	b, m := wire.Open(b, field, 1)
	b = wire.AppendUint(b, 1, e.text(of.Type))
	b = wire.AppendUint(b, 2, e.text(of.Unit))
	return wire.Close(b, m)
}

func (e *encoder) sample(b []byte, s *profile.Sample) []byte {
	b, m := wire.Open(b, 2, 2)
	e.scratch = e.scratch[:0]
	for _, frame := range s.Stack {
		e.scratch = binary.AppendUvarint(e.scratch, uint64(frame)+1)
	}
	b = wire.AppendBytes(b, 1, e.scratch)
	e.scratch = e.scratch[:0]
	for _, value := range s.Values {
		e.scratch = binary.AppendUvarint(e.scratch, uint64(value))
	}
	b = wire.AppendBytes(b, 2, e.scratch)
	for _, label := range s.Labels {
		b = e.label(b, label.Key, label.Value)
	}
	if s.Span.Trace.IsValid() {
		b = e.span(b, &s.Span)
	}
	return wire.Close(b, m)
}

func (e *encoder) span(b []byte, s *profile.Span) []byte {
	b = e.label(b, "trace_id", hex.EncodeToString(s.Trace[:]))
	root := hex.EncodeToString(s.Root[:])
	if e.link == Roots {
		b = e.label(b, "span_id", root)
		b = e.label(b, "span_name", s.Work)
	} else {
		b = e.label(b, "span_id", hex.EncodeToString(s.ID[:]))
		b = e.label(b, "local_root_span_id", root)
		b = e.label(b, "span_name", s.Name)
	}
	route := s.Route
	if route == "" {
		route = s.Work
	}
	return e.label(b, "route", route)
}

func (e *encoder) label(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	b, m := wire.Open(b, 3, 1)
	b = wire.AppendUint(b, 1, e.text(key))
	b = wire.AppendUint(b, 2, e.text(value))
	return wire.Close(b, m)
}

// mapping is the executable, of which all frames are said to be.
func (e *encoder) mapping(b []byte) []byte {
	of := profile.Program()
	b, m := wire.Open(b, 3, 2)
	b = wire.AppendUint(b, 1, 1)
	b = wire.AppendUint(b, 5, e.text(of.Path))
	b = wire.AppendUint(b, 6, e.text(of.BuildID))
	for field := 7; field <= 10; field++ { // functions, files, lines and inlined frames are here
		b = wire.AppendUint(b, field, 1)
	}
	return wire.Close(b, m)
}

// functions has a location for each frame, and what these refer to.
func (e *encoder) functions(b []byte, frames []profile.Frame) []byte {
	type function struct{ name, file string }
	known := map[function]uint64{}
	for i, frame := range frames {
		of := function{frame.Function, frame.File}
		id, is := known[of]
		if !is {
			id = uint64(len(known)) + 1
			known[of] = id
			var m wire.Mark
			b, m = wire.Open(b, 5, 1)
			b = wire.AppendUint(b, 1, id)
			b = wire.AppendUint(b, 2, e.text(frame.Function))
			b = wire.AppendUint(b, 3, e.text(frame.Function))
			b = wire.AppendUint(b, 4, e.text(frame.File))
			b = wire.Close(b, m)
		}
		b2, m := wire.Open(b, 4, 1)
		b2 = wire.AppendUint(b2, 1, uint64(i)+1)
		b2 = wire.AppendUint(b2, 2, 1)
		b2 = wire.AppendUint(b2, 3, frame.Address)
		b2, line := wire.Open(b2, 4, 1)
		b2 = wire.AppendUint(b2, 1, id)
		b2 = wire.AppendUint(b2, 2, uint64(frame.Line))
		b2 = wire.Close(b2, line)
		b = wire.Close(b2, m)
	}
	return b
}
