// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"context"
	"errors"
	"math/rand"
	"sync"
	"time"
)

// backoff is the pause before each further attempt: it doubles from first to
// most, and each is varied by half of itself so that many programs don't return
// to a restarted collector at one moment.
type backoff struct {
	first, most time.Duration
}

var defaultBackoff = backoff{first: 500 * time.Millisecond, most: 5 * time.Second}

func (b backoff) pause(attempt int) time.Duration {
	pause := b.first
	for ; attempt > 1 && pause < b.most; attempt-- {
		pause *= 2
	}
	if pause > b.most {
		pause = b.most
	}
	return pause/2 + time.Duration(rand.Int63n(int64(pause)+1))
}

// deliver sends f until it is taken, refused for good, or ctx would end before
// the next attempt. The reason is that of the last attempt that was answered in
// time.
func (e *delivery) deliver(ctx context.Context, f *frame) (answer, *refusal) {
	var last *refusal
	for attempt := 1; ; attempt++ {
		got, err := e.sender.send(ctx, f)
		if err == nil {
			return got, nil
		}
		var refused *refusal
		if !errors.As(err, &refused) {
			refused = &refusal{reason: err.Error()}
		}
		if refused.offline {
			e.sender.close() // whatever the connection was, the next one is new
		}
		if ctx.Err() != nil {
			if last != nil {
				return answer{}, last
			}
			return answer{}, refused
		}
		last = refused
		if !refused.retryable || !e.wait(ctx, attempt, refused) {
			return answer{}, refused
		}
		e.retried.Add(1)
	}
}

// wait reports whether to try again after the pause it made.
func (e *delivery) wait(ctx context.Context, attempt int, refused *refusal) bool {
	pause := e.retries.pause(attempt)
	if refused.after > 0 {
		pause = refused.after
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= pause {
		return false
	}
	var hurried <-chan struct{}
	if refused.offline {
		hurried = e.hurry.begun()
		select {
		case <-hurried:
			return false
		default:
		}
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-hurried: // one attempt more, now: the collector may have come up
		return true
	case <-ctx.Done():
		return false
	}
}

// hurry is a condition that several may hold at once.
type hurry struct {
	mu      sync.Mutex
	holders int
	started chan struct{} // closed while there are holders
}

func (h *hurry) channel() chan struct{} {
	if h.started == nil {
		h.started = make(chan struct{})
	}
	return h.started
}

// begun is closed as soon as there is a holder.
func (h *hurry) begun() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.channel()
}

func (h *hurry) begin() (release func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.holders++; h.holders == 1 {
		close(h.channel())
	}
	var once sync.Once
	return func() {
		once.Do(func() {
			h.mu.Lock()
			defer h.mu.Unlock()
			if h.holders--; h.holders == 0 {
				h.started = nil
			}
		})
	}
}
