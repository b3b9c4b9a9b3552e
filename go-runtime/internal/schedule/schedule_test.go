// SPDX-License-Identifier: Apache-2.0

package schedule

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not yet: " + what)
		}
	}
}

func start(every time.Duration, do func()) *Schedule {
	return Start(every, func() func() { return do })
}

func stacks() string {
	b := make([]byte, 1<<20)
	return string(b[:runtime.Stack(b, true)])
}

func TestCallsAgainAndAgainAndKeepsNoGoroutine(t *testing.T) {
	var calls atomic.Int64
	s := start(time.Millisecond, func() { calls.Add(1) })
	eventually(t, "three calls", func() bool { return calls.Load() >= 3 })
	s.Stop()
	idle := start(time.Hour, func() {})
	defer idle.Stop()
	eventually(t, "no goroutine", func() bool { return !strings.Contains(stacks(), "(*Schedule)") })
	before := calls.Load()
	time.Sleep(20 * time.Millisecond)
	if calls.Load() > before {
		t.Error("called after Stop")
	}
	s.Soon()
	time.Sleep(20 * time.Millisecond)
	if calls.Load() > before {
		t.Error("called after Stop, being asked")
	}
}

func TestSoonIsOneCallMoreAndNeverTwoAtATime(t *testing.T) {
	for _, every := range []time.Duration{0, time.Hour, 50 * time.Microsecond} {
		var at, calls, overlaps atomic.Int64
		var pending atomic.Bool
		s := start(every, func() {
			if at.Add(1) > 1 {
				overlaps.Add(1)
			}
			pending.Store(false)
			calls.Add(1)
			runtime.Gosched()
			at.Add(-1)
		})
		var all sync.WaitGroup
		for range 8 {
			all.Add(1)
			go func() {
				defer all.Done()
				for range 500 {
					pending.Store(true)
					s.Soon()
				}
			}()
		}
		all.Wait()
		eventually(t, "a call after the last Soon", func() bool { return !pending.Load() })
		s.Stop()
		if calls.Load() == 0 || overlaps.Load() > 0 {
			t.Errorf("every %v: %d calls, %d overlaps", every, calls.Load(), overlaps.Load())
		}
	}
}

// A bubble ends only when all of its goroutines have, and its timers are its own.
func TestABubbleStartsNothing(t *testing.T) {
	var calls atomic.Int64
	s := start(50*time.Millisecond, func() { calls.Add(1) })
	defer s.Stop()
	before := int64(0)
	synctest.Test(t, func(t *testing.T) {
		s.Soon()
		synctest.Wait()
		before = calls.Load()
	})
	eventually(t, "the next call by the timer", func() bool { return calls.Load() > before })
	never := start(0, func() { calls.Add(1000) })
	defer never.Stop()
	synctest.Test(t, func(t *testing.T) { never.Soon() })
	never.Soon()
	eventually(t, "a call from outside of the bubble", func() bool { return calls.Load() >= 1000 })
}
