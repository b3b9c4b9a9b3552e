// SPDX-License-Identifier: Apache-2.0

package record

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"otel.runtime/internal/apart"
	"otel.runtime/internal/schedule"
	"otel.runtime/profile"
)

// Config says what is recorded, and who gets it.
type Config struct {
	Kinds         []profile.Kind
	Interval      time.Duration // the length of a window
	CPURate       int           // samples in a second of CPU time
	MutexFraction int           // one of so many contentions is sampled, unless the program has set it
	BlockRate     int           // as runtime.SetBlockProfileRate has it, in nanoseconds
	Exporters     []profile.Exporter
	ProfileIDs    bool // spans get the attribute pyroscope.profile.id
	Report        func(line string)
}

// Recorder records until Shutdown.
type Recorder struct {
	to         []profile.Exporter
	interval   time.Duration
	report     func(string)
	profileIDs bool
	cpuRate    int // 0 if CPU time isn't recorded
	when       *schedule.Schedule
	ended      ended

	mu         sync.Mutex // guards what is below
	cpu        *cpu       // nil if it isn't recorded; the pointer doesn't change
	records    []*records
	goroutines bool
	due        time.Time
	stopped    bool

	turn chan struct{} // holds a token while nobody exports
}

// collectEvery is how often the runtime's samples of CPU time are taken over: its
// log has room for those of some 20 seconds of CPU time.
func collectEvery() time.Duration {
	if runtime.GOMAXPROCS(0) > 16 {
		return 100 * time.Millisecond
	}
	return 500 * time.Millisecond
}

// Start begins to record. Not to be called where the runtime isn't woven: see
// Available.
func Start(c Config) *Recorder {
	now := time.Now()
	r := &Recorder{to: c.Exporters, interval: c.Interval, report: c.Report, profileIDs: c.ProfileIDs, due: now.Add(c.Interval), turn: make(chan struct{}, 1)}
	r.turn <- struct{}{}
	every := c.Interval
	for _, kind := range c.Kinds {
		switch kind {
		case profile.CPU:
			prepare()
			r.cpuRate = c.CPURate
			r.cpu = &cpu{hz: c.CPURate, began: now}
			r.cpu.collect()
			if collect := collectEvery(); collect < every {
				every = collect
			}
		case profile.Heap:
			// The linker has set it to 0 unless the program may ask for such a profile.
			if runtime.MemProfileRate == 0 {
				runtime.MemProfileRate = 512 * 1024
			}
			r.records = append(r.records, newRecords(kind, 'm', now))
		case profile.Goroutine:
			r.goroutines = true
		case profile.Mutex:
			if runtime.SetMutexProfileFraction(-1) == 0 {
				runtime.SetMutexProfileFraction(c.MutexFraction)
			}
			r.records = append(r.records, newRecords(kind, 'x', now))
		case profile.Block:
			runtime.SetBlockProfileRate(c.BlockRate)
			r.records = append(r.records, newRecords(kind, 'b', now))
		}
	}
	r.when = schedule.Start(every, func() func() { return r.collect })
	return r
}

// collect takes over samples, and exports a window that is over. What exports may
// take longer than the runtime's log of samples has room for, so it has a goroutine
// of its own; a window that ends meanwhile becomes a longer one.
func (r *Recorder) collect() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	now := time.Now()
	if r.cpu != nil {
		r.cpu.collect()
	}
	if now.Before(r.due) {
		return
	}
	select {
	case <-r.turn:
	default:
		return
	}
	window := r.window(now, false)
	apart.Go(func() {
		defer func() { r.turn <- struct{}{} }()
		ctx, cancel := context.WithTimeout(context.Background(), exportTimeout)
		defer cancel()
		r.export(ctx, window)
	})
}

// exportTimeout is for all exporters of a window together. They have their own.
const exportTimeout = time.Minute

// window ends the one under way, with r.mu held. Nothing is left to the next one if
// this is final.
func (r *Recorder) window(now time.Time, final bool) (all []*profile.Profile) {
	defer func() {
		if p := recover(); p != nil {
			r.report(fmt.Sprintf("internal error: %v; the profiles of one window are lost", p))
			all = nil
		}
	}()
	r.due = now.Add(r.interval)
	if r.cpu != nil {
		ended := r.ended.knows
		if final {
			ended = nil
		}
		if made := r.cpu.window(now, ended); made != nil {
			r.ended.describe(made.Samples)
			all = append(all, made)
		}
		r.ended.next()
	}
	for _, of := range r.records {
		if made := of.window(now); made != nil {
			all = append(all, made)
		}
	}
	if r.goroutines {
		all = append(all, goroutines(now))
	}
	return all
}

// export has each exporter take a window. They report their own trouble.
func (r *Recorder) export(ctx context.Context, window []*profile.Profile) {
	if len(window) == 0 {
		return
	}
	for _, to := range r.to {
		func() {
			defer func() {
				if p := recover(); p != nil {
					r.report(fmt.Sprintf("internal error: %v; profiles of one window are lost", p))
				}
			}()
			_ = to.ExportProfiles(ctx, window)
		}()
	}
}

// Flush exports what was recorded since the last window, until ctx ends.
func (r *Recorder) Flush(ctx context.Context) error {
	if r == nil {
		return nil
	}
	select {
	case <-r.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { r.turn <- struct{}{} }()
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		return nil
	}
	if r.cpu != nil {
		r.cpu.collect()
	}
	window := r.window(time.Now(), true)
	r.mu.Unlock()
	r.export(ctx, window)
	return ctx.Err()
}

// Shutdown is Flush, after which nothing is recorded.
func (r *Recorder) Shutdown(ctx context.Context) error {
	if r == nil {
		return nil
	}
	r.when.Stop()
	err := r.Flush(ctx)
	r.mu.Lock()
	if !r.stopped && r.cpu != nil {
		stopCPU()
	}
	r.stopped = true
	r.mu.Unlock()
	for _, to := range r.to {
		if stopped := to.Shutdown(ctx); err == nil {
			err = stopped
		}
	}
	return err
}
