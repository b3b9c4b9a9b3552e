// SPDX-License-Identifier: Apache-2.0

// Package jaegerremote is the sampler whose rates a Jaeger or an OpenTelemetry Collector
// decides: they are asked for again and again, and change while the program runs.
//
// https://opentelemetry.io/docs/specs/otel/trace/sdk/#jaegerremotesampler
// https://www.jaegertracing.io/docs/latest/architecture/sampling/#remote-sampling
package jaegerremote

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/internal/bubble"
	"otel.runtime/internal/schedule"
)

// Config says whom to ask, and what holds until there is an answer.
type Config struct {
	Service  string
	Endpoint string // an http or https URL; without a path, /sampling
	Interval time.Duration
	Initial  float64 // rate from 0 to 1
}

// Sampler is a sdktrace.Sampler. It asks for the first time when it is first asked,
// and no goroutine waits in between.
type Sampler struct {
	config  Config
	url     string
	report  func(string)
	trouble atomic.Bool // told
	current atomic.Pointer[strategy]

	once    sync.Once
	mu      sync.Mutex
	when    *schedule.Schedule
	stopped bool
}

var _ sdktrace.Sampler = (*Sampler)(nil)

// New makes a sampler; tell gets a line when it can't ask any more.
func New(config Config, report func(string)) (*Sampler, error) {
	url, err := urlOf(config)
	if err != nil {
		return nil, err
	}
	s := &Sampler{config: config, url: url, report: report}
	s.current.Store(probability(config.Initial))
	return s, nil
}

// ShouldSample goes by what was answered last.
func (s *Sampler) ShouldSample(p sdktrace.SamplingParameters) sdktrace.SamplingResult {
	s.once.Do(s.start)
	return s.current.Load().of(p.Name).ShouldSample(p)
}

// Description implements [sdktrace.Sampler].
func (s *Sampler) Description() string {
	return fmt.Sprintf("JaegerRemoteSampler{%v}", s.config.Initial)
}

func (s *Sampler) start() {
	if bubble.Inside() {
		return // its clock isn't ours
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopped {
		s.when = schedule.Start(s.config.Interval, func() (apart func()) { return s.poll })
		s.when.Soon()
	}
}

// Stop ends asking.
func (s *Sampler) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	if s.when != nil {
		s.when.Stop()
	}
}

// poll asks once. After a failure what was answered last holds.
func (s *Sampler) poll() {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	answer, err := fetch(ctx, s.url)
	if err != nil {
		if !s.trouble.Swap(true) {
			s.report("jaeger_remote: sampling strategies can't be had, and stay as they are: " + err.Error())
		}
		return
	}
	s.trouble.Store(false)
	s.current.Store(answer.strategy(s.current.Load()))
}
