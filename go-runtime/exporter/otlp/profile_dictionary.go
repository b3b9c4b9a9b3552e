// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"encoding/binary"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/otlp/wire"
	"otel.runtime/profile"
)

// dictionary is a ProfilesDictionary that is being made: what samples refer to by
// its index. The first entry of each table is the zero value.
type dictionary struct {
	strings    table[string]
	functions  table[function]
	known      table[profile.Frame] // locations
	stacks     table[string]        // of the locations' indices, as they are packed
	links      table[link]
	attributes table[attribute.KeyValue]

	frame   uint64   // the attribute that says that a frame is Go's
	mapping []uint64 // attributes of the executable
	common  []uint64 // attributes of each sample
}

type function struct{ name, file uint64 }

type link struct {
	trace [16]byte
	span  [8]byte
}

// table numbers values, from 1.
type table[V comparable] struct {
	known map[V]uint64
	all   []V
}

func (t *table[V]) index(value V) uint64 {
	n, is := t.known[value]
	if !is {
		if t.known == nil {
			t.known = map[V]uint64{}
		}
		t.all = append(t.all, value)
		n = uint64(len(t.all))
		t.known[value] = n
	}
	return n
}

func newDictionary(of *resource.Resource) *dictionary {
	d := &dictionary{}
	d.frame = d.attribute(attribute.String("profile.frame.type", "go"))
	if id := profile.Program().BuildID; id != "" {
		d.mapping = []uint64{d.attribute(attribute.String("process.executable.build_id.go", id))}
	}
	// Pyroscope looks for it at each sample, not in the resource.
	if name, ok := of.Set().Value("service.name"); ok {
		d.common = []uint64{d.attribute(attribute.String("service.name", name.Emit()))}
	}
	return d
}

func (d *dictionary) text(s string) uint64 {
	if s == "" {
		return 0
	}
	return d.strings.index(s)
}

// attribute is the index of one whose value is a string.
func (d *dictionary) attribute(kv attribute.KeyValue) uint64 {
	d.text(string(kv.Key))
	return d.attributes.index(kv)
}

func (d *dictionary) link(s *profile.Span) uint64 { return d.links.index(link{s.Trace, s.ID}) }

// locations are the indices of a profile's frames; 0 for those that nothing has
// referred to yet.
type locations struct {
	of      []profile.Frame
	numbers []uint64
}

// location is the index of a frame.
func (d *dictionary) location(n int32, frames *locations) uint64 {
	if frames.numbers[n] == 0 {
		frame := frames.of[n]
		d.functions.index(function{d.text(frame.Function), d.text(frame.File)})
		frames.numbers[n] = d.known.index(frame)
	}
	return frames.numbers[n]
}

// stack is the index of one, whose locations are those of frames.
func (d *dictionary) stack(stack []int32, frames *locations) uint64 {
	if len(stack) == 0 {
		return 0
	}
	packed := make([]byte, 0, 2*len(stack))
	for _, frame := range stack {
		packed = binary.AppendUvarint(packed, d.location(frame, frames))
	}
	return d.stacks.index(string(packed))
}

// append appends the tables.
func (d *dictionary) append(b []byte) []byte {
	program := d.text(profile.Program().Path) // before the strings are written
	none := func(b []byte, field int) []byte { return wire.Close(wire.Open(b, field, 1)) }

	b = none(b, 1)
	b, m := wire.Open(b, 1, 1)
	b = wire.AppendUint(b, 4, program)
	b = appendIndices(b, 5, d.mapping)
	b = wire.Close(b, m)

	b = none(b, 2)
	for _, frame := range d.known.all {
		b, m = wire.Open(b, 2, 1)
		b = wire.AppendUint(b, 1, 1)
		b = wire.AppendUint(b, 2, frame.Address)
		var line wire.Mark
		b, line = wire.Open(b, 3, 1)
		b = wire.AppendUint(b, 1, d.functions.index(function{d.text(frame.Function), d.text(frame.File)}))
		b = wire.AppendUint(b, 2, uint64(frame.Line))
		b = wire.Close(b, line)
		b = appendIndices(b, 4, []uint64{d.frame})
		b = wire.Close(b, m)
	}

	b = none(b, 3)
	for _, of := range d.functions.all {
		b, m = wire.Open(b, 3, 1)
		b = wire.AppendUint(b, 1, of.name)
		b = wire.AppendUint(b, 2, of.name)
		b = wire.AppendUint(b, 3, of.file)
		b = wire.Close(b, m)
	}

	b, m = wire.Open(b, 4, 1)
	b = wire.AppendBytes(b, 1, make([]byte, 16))
	b = wire.AppendBytes(b, 2, make([]byte, 8))
	b = wire.Close(b, m)
	for _, of := range d.links.all {
		b, m = wire.Open(b, 4, 1)
		b = wire.AppendBytes(b, 1, of.trace[:])
		b = wire.AppendBytes(b, 2, of.span[:])
		b = wire.Close(b, m)
	}

	b = none(b, 6)
	for _, kv := range d.attributes.all {
		b, m = wire.Open(b, 6, 1)
		b = wire.AppendUint(b, 1, d.text(string(kv.Key)))
		var value wire.Mark
		b, value = wire.Open(b, 2, 1)
		b = appendValue(b, kv.Value)
		b = wire.Close(b, value)
		b = wire.Close(b, m)
	}

	b = none(b, 7)
	for _, packed := range d.stacks.all {
		b, m = wire.Open(b, 7, 1)
		b = wire.AppendBytes(b, 1, []byte(packed))
		b = wire.Close(b, m)
	}

	b = wire.AppendPresentString(b, 5, "")
	for _, text := range d.strings.all {
		b = wire.AppendPresentString(b, 5, text)
	}
	return b
}
