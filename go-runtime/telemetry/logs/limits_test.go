// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"context"
	"testing"
)

func TestLimitsOfARecord(t *testing.T) {
	defer SetLimits(-1, -1)
	SetLimits(2, 3)
	to := &collecting{}
	begin(t, to)
	Write(Entry{Fields: Sorted(map[string]any{"a": "äöüx", "b": 12345, "c": "gone"})})
	if err := Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	r := to.all[0]
	if len(r.Attributes) != 2 || r.Attributes[0].Value.AsString() != "äöü" || r.Attributes[1].Value.AsInt64() != 12345 || r.Dropped != 1 {
		t.Errorf("%v, %d dropped", r.Attributes, r.Dropped)
	}
}

// The ids of a printed line are the record's span, or attributes if they are
// another's.
func TestIDsOfAPrintedLine(t *testing.T) {
	to := &collecting{}
	begin(t, to)
	ids := map[string]any{"trace_id": "0102030405060708090a0b0c0d0e0f10", "span_id": "0102030405060708", "trace_flags": "01"}
	Write(Entry{Printed: true, Fields: Sorted(ids)})
	Write(Entry{Printed: true, Fields: Sorted(map[string]any{"trace_id": "mine"})})
	Write(Entry{Fields: Sorted(ids)})
	if err := Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r := to.all[0]; len(r.Attributes) != 0 || !r.Span.IsSampled() || r.Span.SpanID().String() != "0102030405060708" {
		t.Errorf("%v %v", r.Attributes, r.Span)
	}
	if r := to.all[1]; len(r.Attributes) != 1 || r.Span.IsValid() {
		t.Errorf("%v %v", r.Attributes, r.Span)
	}
	if r := to.all[2]; len(r.Attributes) != 3 || r.Span.IsValid() {
		t.Errorf("%v %v", r.Attributes, r.Span)
	}
}
