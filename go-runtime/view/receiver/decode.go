// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"encoding/hex"
	"errors"
	"fmt"

	"otel.runtime/exporter/otlp/wire"
)

// Decode reads an ExportTraceServiceRequest. Unknown fields are passed over;
// whatever doesn't have the form of its message is an error.
func Decode(request []byte) ([]Span, error) {
	var spans []Span
	r := wire.NewReader(request)
	for r.Next() {
		if r.Field() != 1 {
			continue
		}
		of, err := decodeResourceSpans(r.Bytes())
		if err != nil {
			return nil, fmt.Errorf("resource spans: %w", err)
		}
		spans = append(spans, of...)
	}
	return spans, r.Err()
}

func decodeResourceSpans(message []byte) ([]Span, error) {
	var resource Attributes
	var schema string
	var spans []Span
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			var err error
			if resource, err = decodeResource(r.Bytes()); err != nil {
				return nil, fmt.Errorf("resource: %w", err)
			}
		case 2:
			of, err := decodeScopeSpans(r.Bytes())
			if err != nil {
				return nil, fmt.Errorf("scope spans: %w", err)
			}
			spans = append(spans, of...)
		case 3:
			schema = r.Text()
		}
	}
	for i := range spans {
		spans[i].Resource, spans[i].ResourceSchemaURL = resource, schema
	}
	return spans, r.Err()
}

func decodeResource(message []byte) (Attributes, error) {
	attributes := Attributes{}
	r := wire.NewReader(message)
	for r.Next() {
		if r.Field() == 1 {
			if err := attributes.add(r.Bytes()); err != nil {
				return nil, err
			}
		}
	}
	return attributes, r.Err()
}

func decodeScopeSpans(message []byte) ([]Span, error) {
	var scope Scope
	var schema string
	var spans []Span
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			var err error
			if scope, err = decodeScope(r.Bytes()); err != nil {
				return nil, fmt.Errorf("scope: %w", err)
			}
		case 2:
			span, err := decodeSpan(r.Bytes())
			if err != nil {
				return nil, fmt.Errorf("span: %w", err)
			}
			spans = append(spans, span)
		case 3:
			schema = r.Text()
		}
	}
	scope.SchemaURL = schema
	for i := range spans {
		spans[i].Scope = scope
	}
	return spans, r.Err()
}

func decodeScope(message []byte) (Scope, error) {
	var s Scope
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			s.Name = r.Text()
		case 2:
			s.Version = r.Text()
		case 3:
			if err := s.Attributes.add(r.Bytes()); err != nil {
				return s, err
			}
		}
	}
	return s, r.Err()
}

// kinds and statuses are indexed by their number in OTLP.
var (
	kinds    = []string{"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"}
	statuses = []string{"UNSET", "OK", "ERROR"}
)

func nameOf(names []string, number uint64) string {
	if number < uint64(len(names)) {
		return names[number]
	}
	return fmt.Sprint(number)
}

func decodeSpan(message []byte) (Span, error) {
	s := Span{Kind: kinds[0], Status: Status{Code: statuses[0]}, Attributes: Attributes{}, Events: []Event{}, Links: []Link{}}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 1:
			s.TraceID, err = id(r.Bytes(), 16)
		case 2:
			s.SpanID, err = id(r.Bytes(), 8)
		case 3:
			s.TraceState = r.Text()
		case 4:
			if len(r.Bytes()) > 0 {
				s.ParentSpanID, err = id(r.Bytes(), 8)
			}
		case 5:
			s.Name = r.Text()
		case 6:
			s.Kind = nameOf(kinds, r.Uint())
		case 7:
			s.Start = r.Fixed64()
		case 8:
			s.End = r.Fixed64()
		case 9:
			err = s.Attributes.add(r.Bytes())
		case 10:
			s.DroppedAttributes = uint32(r.Uint())
		case 11:
			var e Event
			e, err = decodeEvent(r.Bytes())
			s.Events = append(s.Events, e)
		case 12:
			s.DroppedEvents = uint32(r.Uint())
		case 13:
			var l Link
			l, err = decodeLink(r.Bytes())
			s.Links = append(s.Links, l)
		case 14:
			s.DroppedLinks = uint32(r.Uint())
		case 15:
			s.Status, err = decodeStatus(r.Bytes())
		case 16:
			s.Flags = r.Fixed32()
		}
		if err != nil {
			return s, err
		}
	}
	if r.Err() == nil && (s.TraceID == "" || s.SpanID == "") {
		return s, errors.New("it has no trace_id or no span_id")
	}
	return s, r.Err()
}

// id demands the right length, and something other than zeros, which the
// specification calls invalid.
func id(b []byte, size int) (string, error) {
	if len(b) != size {
		return "", fmt.Errorf("an id of %d bytes, want %d", len(b), size)
	}
	for _, c := range b {
		if c != 0 {
			return hex.EncodeToString(b), nil
		}
	}
	return "", errors.New("an id of zeros")
}

func decodeEvent(message []byte) (Event, error) {
	e := Event{Attributes: Attributes{}}
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 1:
			e.Time = r.Fixed64()
		case 2:
			e.Name = r.Text()
		case 3:
			if err := e.Attributes.add(r.Bytes()); err != nil {
				return e, err
			}
		case 4:
			e.Dropped = uint32(r.Uint())
		}
	}
	return e, r.Err()
}

func decodeLink(message []byte) (Link, error) {
	l := Link{Attributes: Attributes{}}
	r := wire.NewReader(message)
	for r.Next() {
		var err error
		switch r.Field() {
		case 1:
			l.TraceID, err = id(r.Bytes(), 16)
		case 2:
			l.SpanID, err = id(r.Bytes(), 8)
		case 3:
			l.TraceState = r.Text()
		case 4:
			err = l.Attributes.add(r.Bytes())
		case 5:
			l.Dropped = uint32(r.Uint())
		case 6:
			l.Flags = r.Fixed32()
		}
		if err != nil {
			return l, err
		}
	}
	return l, r.Err()
}

func decodeStatus(message []byte) (Status, error) {
	s := Status{Code: statuses[0]}
	r := wire.NewReader(message)
	for r.Next() {
		switch r.Field() {
		case 2:
			s.Message = r.Text()
		case 3:
			s.Code = nameOf(statuses, r.Uint())
		}
	}
	return s, r.Err()
}
