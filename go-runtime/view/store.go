// SPDX-License-Identifier: Apache-2.0

package view

import (
	"crypto/rand"
	"encoding/hex"
	"sync"

	"otel.runtime/view/receiver"
)

// Store keeps what was received, in memory and within its limits. All of its
// methods may be called from several goroutines at once.
type Store struct {
	limits   Limits
	instance string

	mu       sync.RWMutex
	traces   traces
	logs     logs
	metrics  metrics
	revision uint64
	changed  chan struct{} // closed at the next change
}

// NewStore is empty.
func NewStore(limits Limits) *Store {
	var instance [8]byte
	rand.Read(instance[:])
	s := &Store{limits: limits, instance: hex.EncodeToString(instance[:]), changed: make(chan struct{})}
	s.reset()
	return s
}

func (s *Store) reset() {
	s.traces, s.logs, s.metrics = newTraces(s.limits), logs{limits: s.limits}, newMetrics(s.limits)
}

// Signals receives into the store.
func (s *Store) Signals() receiver.Signals {
	return receiver.Signals{
		Spans:   func(all []receiver.Span) { s.change(len(all), func() { s.traces.add(all) }) },
		Metrics: func(all []receiver.Metric) { s.change(len(all), func() { s.metrics.add(all) }) },
		Logs:    func(all []receiver.LogRecord) { s.change(len(all), func() { s.logs.add(all) }) },
	}
}

// Clear forgets everything, and what was dropped too.
func (s *Store) Clear() { s.change(1, s.reset) }

func (s *Store) change(items int, apply func()) {
	if items == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	apply()
	s.revision++
	close(s.changed)
	s.changed = make(chan struct{})
}

// Changed is closed at the next change.
func (s *Store) Changed() <-chan struct{} {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.changed
}

// Status is how much is kept, and how much had to go.
type Status struct {
	Instance string `json:"instance"` // differs after a restart
	Revision uint64 `json:"revision"` // grows with each change
	Spans    int    `json:"spans"`
	Traces   int    `json:"traces"`
	Logs     int    `json:"logs"`
	Series   int    `json:"series"`

	DroppedSpans  int    `json:"dropped_spans"`
	DroppedTraces int    `json:"dropped_traces"`
	DroppedLogs   int    `json:"dropped_logs"`
	DroppedSeries int    `json:"dropped_series"`
	Limits        Limits `json:"limits"`
}

// Status is that of this moment.
func (s *Store) Status() Status {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return Status{
		Instance: s.instance, Revision: s.revision, Limits: s.limits,
		Spans: s.traces.spans, Traces: len(s.traces.byID), Logs: len(s.logs.records), Series: len(s.metrics.series),
		DroppedSpans: s.traces.droppedSpans, DroppedTraces: s.traces.droppedTraces, DroppedLogs: s.logs.dropped, DroppedSeries: s.metrics.dropped,
	}
}
