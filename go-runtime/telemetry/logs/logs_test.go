// SPDX-License-Identifier: Apache-2.0

package logs

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/batch"
)

// collecting keeps what it is given.
type collecting struct {
	mu  sync.Mutex
	all []otlp.LogRecord
	err error
}

func (c *collecting) ExportLogs(_ context.Context, records []otlp.LogRecord) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, records...)
	return c.err
}

var limits = batch.Limits{Delay: time.Hour, Timeout: time.Second, Queue: 10, Batch: 10}

// begin starts a queue of its own for one test.
func begin(t *testing.T, to ...Exporter) {
	t.Cleanup(func() {
		for _, q := range *running.Swap(nil) {
			q.Stop()
		}
	})
	Start(Pipeline{Limits: limits, To: to})
}

func TestNothingIsTakenUnlessAskedFor(t *testing.T) {
	Emit(otlp.LogRecord{Body: "lost"})
	added, dropped := Counts()
	if Enabled() || Flush(context.Background()) != nil || added+dropped != 0 {
		t.Error("a queue that nobody started")
	}
}

func TestRecordsAreObservedAndExported(t *testing.T) {
	to := &collecting{}
	begin(t, to)
	for _, body := range []string{"a", "b"} {
		Emit(otlp.LogRecord{Body: body})
	}
	if err := Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(to.all) != 2 || to.all[0].Body != "a" || to.all[1].Body != "b" || to.all[0].Observed.IsZero() {
		t.Errorf("%v", to.all)
	}
	if added, dropped := Counts(); added != 2 || dropped != 0 {
		t.Errorf("%d added, %d dropped", added, dropped)
	}
}

func TestErrorsAreReturnedAndTheNextExporterIsAsked(t *testing.T) {
	bad, good := &collecting{err: errors.New("no")}, &collecting{}
	begin(t, bad, good)
	Emit(otlp.LogRecord{Body: "x"})
	if err := Flush(context.Background()); err == nil || err.Error() != "no" || len(good.all) != 1 {
		t.Errorf("%v %v", err, good.all)
	}
}

func TestFieldsOfAnEntry(t *testing.T) {
	to := &collecting{}
	begin(t, to)
	Write(Entry{Message: "a", Fields: Sorted(map[string]any{
		"b": 1, "a": map[string]any{"y": map[string]any{"z": 2.5}, "x": true}, "empty": map[string]any{},
		"err": fmt.Errorf("no %s", "cheese"), "later": errors.New("b"), "nil": nil,
	})})
	if err := Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, a := range to.all[0].Attributes {
		got += fmt.Sprintf("%s=%s\n", a.Key, a.Value.Emit())
	}
	want := `a.x=true
a.y.z=2.5
b=1
empty=map[]
err=no cheese
later=b
nil=<nil>
exception.type=*errors.errorString
exception.message=no cheese
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
