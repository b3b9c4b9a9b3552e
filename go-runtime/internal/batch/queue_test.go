// SPDX-License-Identifier: Apache-2.0

package batch

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// collecting keeps what it is given.
type collecting struct {
	mu      sync.Mutex
	batches [][]int
	err     error
}

func (c *collecting) export(_ context.Context, items []int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batches = append(c.batches, slices.Clone(items))
	return c.err
}

func (c *collecting) all() (all []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Concat(c.batches...)
}

func limits(queue, batch int) Limits {
	return Limits{Delay: time.Hour, Timeout: time.Minute, Queue: queue, Batch: batch}
}

func TestFlushExportsInOrderAndInBatches(t *testing.T) {
	to := &collecting{}
	q := New(limits(100, 50), to.export, nil)
	defer q.Stop()
	for i := range 49 {
		q.Add(i)
	}
	if err := q.Flush(context.Background()); err != nil || len(to.all()) != 49 || !slices.IsSorted(to.all()) || q.Added() != 49 || q.Waiting() != 0 {
		t.Errorf("%v %v", err, to.all())
	}
}

func TestACompleteBatchIsExportedAtOnce(t *testing.T) {
	to := &collecting{}
	q := New(limits(100, 3), to.export, nil)
	defer q.Stop()
	for i := range 7 {
		q.Add(i)
	}
	for deadline := time.Now().Add(10 * time.Second); len(to.all()) < 6; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not exported")
		}
	}
	for _, batch := range to.batches {
		if len(batch) > 3 {
			t.Errorf("a batch of %d", len(batch))
		}
	}
}

func TestExportAfterADelay(t *testing.T) {
	to := &collecting{}
	q := New(Limits{Delay: time.Millisecond, Timeout: time.Minute, Queue: 10, Batch: 10}, to.export, nil)
	defer q.Stop()
	q.Add(1)
	for deadline := time.Now().Add(10 * time.Second); len(to.all()) < 1; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not exported")
		}
	}
}

func TestWithoutADelayOnlyCompleteBatchesAreExported(t *testing.T) {
	to := &collecting{}
	q := New(Limits{Timeout: time.Minute, Queue: 10, Batch: 3}, to.export, nil)
	defer q.Stop()
	q.Add(1)
	q.Add(2)
	time.Sleep(20 * time.Millisecond)
	if n := len(to.all()); n > 0 {
		t.Errorf("%d exported", n)
	}
	q.Add(3)
	for deadline := time.Now().Add(10 * time.Second); len(to.all()) < 3; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not exported")
		}
	}
}

func TestAnIdleQueueHasNoGoroutine(t *testing.T) {
	to := &collecting{}
	q := New(Limits{Delay: time.Millisecond, Timeout: time.Minute, Queue: 10, Batch: 10}, to.export, nil)
	idle := New(limits(10, 10), to.export, nil)
	defer idle.Stop()
	q.Add(1)
	idle.Add(1)
	for deadline := time.Now().Add(10 * time.Second); len(to.all()) < 1; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not exported")
		}
	}
	q.Stop()
	var all string
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		b := make([]byte, 1<<20)
		if all = string(b[:runtime.Stack(b, true)]); !strings.Contains(all, "Queue[...]") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(all)
		}
	}
}

func TestAFullQueueDropsCountsAndTellsOnce(t *testing.T) {
	to := &collecting{}
	told := 0
	q := New(limits(10, 10), to.export, func() { told++ })
	defer q.Stop()
	<-q.turn // an export that hangs
	for i := range 25 {
		q.Add(i)
	}
	if q.Dropped() != 15 || q.Added() != 10 || told != 1 {
		t.Errorf("%d dropped, %d added, told %d times", q.Dropped(), q.Added(), told)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if q.Flush(ctx) == nil {
		t.Error("a flush waits longer than it may")
	}
	q.turn <- struct{}{}
}

func TestTheTimeoutEndsAnExport(t *testing.T) {
	q := New(Limits{Delay: time.Hour, Timeout: time.Millisecond, Queue: 10, Batch: 10}, func(ctx context.Context, _ []int) error {
		<-ctx.Done()
		return ctx.Err()
	}, nil)
	defer q.Stop()
	q.Add(1)
	if err := q.Flush(context.Background()); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestAddingAllocatesNothingInTheLongRun(t *testing.T) {
	q := New(limits(64, 32), func(context.Context, []int) error { return nil }, nil)
	defer q.Stop()
	ctx := context.Background()
	round := func() {
		for i := range 64 {
			q.Add(i)
		}
		q.Flush(ctx)
	}
	round()
	// A context for each of the two batches, and what belongs to it.
	if n := testing.AllocsPerRun(100, round); n > 20 {
		t.Errorf("%.0f allocations for 64 items", n)
	}
}
