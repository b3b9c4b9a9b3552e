// SPDX-License-Identifier: Apache-2.0

package jaegerremote

import (
	"fmt"
	"sync"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// strategy is a sampler for all spans, and others for some by their names.
type strategy struct {
	other     sdktrace.Sampler
	limit     *limiter // of other, if it is by rate
	operation map[string]sdktrace.Sampler
	limits    map[string]*limiter // lower bounds of operations
}

func probability(rate float64) *strategy { return &strategy{other: sdktrace.TraceIDRatioBased(rate)} }

func (s *strategy) of(name string) sdktrace.Sampler {
	if sampler, ok := s.operation[name]; ok {
		return sampler
	}
	return s.other
}

// limiter lets so many a second through, and some at once after a pause.
type limiter struct {
	mu      sync.Mutex
	rate    float64
	balance float64
	last    time.Time
}

func newLimiter(rate float64) *limiter {
	return &limiter{rate: rate, balance: atLeastOne(rate), last: time.Now()}
}

// again is the limiter for a rate: the old one, with what it has let through, if
// the rate is as it was.
func again(old *limiter, rate float64) *limiter {
	if old != nil && old.rate == rate {
		return old
	}
	return newLimiter(rate)
}

func atLeastOne(rate float64) float64 {
	if rate > 0 && rate < 1 {
		return 1
	}
	return rate
}

func (l *limiter) take() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.balance += now.Sub(l.last).Seconds() * l.rate
	l.last = now
	if most := atLeastOne(l.rate); l.balance > most {
		l.balance = most
	}
	if l.balance < 1 {
		return false
	}
	l.balance--
	return true
}

// limited samples so many traces a second.
type limited struct{ *limiter }

func (l limited) ShouldSample(p sdktrace.SamplingParameters) sdktrace.SamplingResult {
	return decided(l.take(), p)
}

func (l limited) Description() string { return fmt.Sprintf("RateLimitingSampler{%v}", l.rate) }

// bounded samples a part of all traces, and at least so many a second.
type bounded struct {
	sdktrace.Sampler
	least *limiter
}

func (b bounded) ShouldSample(p sdktrace.SamplingParameters) sdktrace.SamplingResult {
	result := b.Sampler.ShouldSample(p)
	if spare := b.least.take(); result.Decision == sdktrace.RecordAndSample || !spare {
		return result
	}
	return decided(true, p)
}

func decided(sampled bool, p sdktrace.SamplingParameters) sdktrace.SamplingResult {
	decision := sdktrace.Drop
	if sampled {
		decision = sdktrace.RecordAndSample
	}
	return sdktrace.SamplingResult{Decision: decision, Tracestate: trace.SpanContextFromContext(p.ParentContext).TraceState()}
}
