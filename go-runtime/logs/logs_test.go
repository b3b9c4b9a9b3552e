// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"otel.runtime/otlp"
)

// collecting keeps what it is given.
type collecting struct {
	mu      sync.Mutex
	batches [][]otlp.LogRecord
	err     error
}

func (c *collecting) ExportLogs(_ context.Context, records []otlp.LogRecord) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batches = append(c.batches, records)
	return c.err
}

func (c *collecting) bodies() (all []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, batch := range c.batches {
		for _, r := range batch {
			all = append(all, r.Body)
		}
	}
	return all
}

// begin starts a queue of its own for one test.
func begin(t *testing.T, limits Limits, to ...Exporter) {
	t.Cleanup(func() { running.Store(nil) })
	Start(limits, to...)
}

func TestNothingIsTakenUnlessAskedFor(t *testing.T) {
	Emit(otlp.LogRecord{Body: "lost"})
	if Enabled() || Flush(context.Background()) != nil || Dropped() != 0 {
		t.Error("a queue that nobody started")
	}
}

func TestFlushExportsInOrderAndInBatches(t *testing.T) {
	to := &collecting{}
	begin(t, Limits{Delay: time.Hour, Timeout: time.Second, Queue: 100, Batch: 50}, to)
	for i := 0; i < 49; i++ {
		Emit(otlp.LogRecord{Body: strconv.Itoa(i)})
	}
	if err := Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	got := to.bodies()
	if len(got) != 49 || got[0] != "0" || got[48] != "48" || to.batches[0][0].Observed.IsZero() {
		t.Errorf("%v", got)
	}
}

func TestACompleteBatchIsExportedAtOnce(t *testing.T) {
	to := &collecting{}
	begin(t, Limits{Delay: time.Hour, Timeout: time.Second, Queue: 100, Batch: 3}, to)
	for i := 0; i < 3; i++ {
		Emit(otlp.LogRecord{Body: "x"})
	}
	for deadline := time.Now().Add(10 * time.Second); len(to.bodies()) < 3; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not exported")
		}
	}
}

// stuck never answers until it is released.
type stuck struct{ release chan struct{} }

func (s stuck) ExportLogs(ctx context.Context, _ []otlp.LogRecord) error {
	<-s.release
	return nil
}

func TestAFullQueueDropsAndCounts(t *testing.T) {
	to := stuck{make(chan struct{})}
	begin(t, Limits{Delay: time.Hour, Timeout: time.Hour, Queue: 10, Batch: 10}, to)
	q := running.Load()
	q.exporting.Lock() // an export that hangs
	for i := 0; i < 25; i++ {
		Emit(otlp.LogRecord{})
	}
	if Dropped() != 15 {
		t.Errorf("%d dropped", Dropped())
	}
	close(to.release)
	q.exporting.Unlock()
}

func TestErrorsAreReturnedAndTheNextExporterIsAsked(t *testing.T) {
	bad, good := &collecting{err: errors.New("no")}, &collecting{}
	begin(t, Limits{Delay: time.Hour, Timeout: time.Second, Queue: 10, Batch: 10}, bad, good)
	Emit(otlp.LogRecord{Body: "x"})
	if err := Flush(context.Background()); err == nil || err.Error() != "no" || len(good.bodies()) != 1 {
		t.Errorf("%v %v", err, good.bodies())
	}
}
