// SPDX-License-Identifier: Apache-2.0

package printed

import (
	"context"
	"fmt"
	"sync"
	"time"

	"otel.runtime/telemetry/logs"
)

// Record is a line of a logging library.
type Record struct {
	logs.Entry // without Fields
	Lines      []Field
}

// scope is a record that is on its way through the program's handlers.
type scope struct {
	ctx     context.Context
	mu      sync.Mutex
	records []Record
	bridged bool
}

// open has the scopes by the times of their records, in nanoseconds.
var open sync.Map

// Begin says that a record is on its way. false if another of that time is.
func Begin(at time.Time, ctx context.Context) bool {
	if at.IsZero() {
		return false
	}
	_, is := open.LoadOrStore(at.UnixNano(), &scope{ctx: ctx})
	return !is
}

// Add takes a line. If no record of its time is on its way, as a handler prints
// later, it is exported by itself.
func Add(r Record) {
	if s, is := open.Load(r.Time.UnixNano()); is {
		s := s.(*scope)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.records = append(s.records, r)
		return
	}
	write(r, nil)
}

// Bridged says that a bridge to the Logs API has the record of that time.
func Bridged(at time.Time) {
	if s, is := open.Load(at.UnixNano()); is {
		s := s.(*scope)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.bridged = true
	}
}

// End exports what was printed of the record that Begin was told of, and reports
// whether anything was, or a bridge has it.
func End(at time.Time) bool {
	value, is := open.LoadAndDelete(at.UnixNano())
	if !is {
		return true
	}
	s := value.(*scope)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bridged {
		return true
	}
	if len(s.records) == 0 {
		return false
	}
	first := s.records[0]
	for _, other := range s.records[1:] {
		first.Lines = common(first.Lines, other.Lines)
		if other.Message != first.Message {
			first.Message = ""
		}
	}
	write(first, s.ctx)
	return true
}

// common are the fields that both have, with the same values: where one handler
// masks and another doesn't, neither's is exported.
func common(a, b []Field) (both []Field) {
	texts := map[string]string{}
	for _, f := range b {
		texts[f.Key] = fmt.Sprint(f.Value)
	}
	for _, f := range a {
		if text, has := texts[f.Key]; has && text == fmt.Sprint(f.Value) {
			both = append(both, f)
		}
	}
	return both
}

func write(r Record, ctx context.Context) {
	if r.Context == nil {
		r.Context = ctx
	}
	r.Fields = func(yield func(key string, value any)) {
		for _, f := range r.Lines {
			yield(f.Key, f.Value)
		}
	}
	r.Entry.Printed = true
	logs.Write(r.Entry)
}
