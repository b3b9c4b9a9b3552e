// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/view/receiver"
)

// moody is a collector that behaves worse from one moment to the next.
type moody struct {
	address string
	mood    atomic.Int32
	server  *http.Server

	mu    sync.Mutex
	taken map[string]bool
}

const (
	well = iota
	slow
	tooMany     // 429
	unavailable // 503, to come back at once
	hangingUp   // closes the connection when it has read the request
	unknown     // 400
	moods
	gone // nobody listens
)

func (m *moody) serve(t *testing.T) {
	var listener net.Listener
	var err error
	for range 200 { // the port may still be closing
		if listener, err = net.Listen("tcp", m.address); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err != nil {
		t.Error(err)
		return
	}
	m.address = listener.Addr().String()
	m.server = &http.Server{Handler: m}
	go m.server.Serve(listener)
}

func (m *moody) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	mood := m.mood.Load()
	switch mood {
	case slow:
		time.Sleep(30 * time.Millisecond)
	case tooMany:
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case unavailable:
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case hangingUp:
		panic(http.ErrAbortHandler)
	case unknown:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	spans, wrong := receiver.Decode(body)
	if err != nil || wrong != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, span := range spans {
		m.taken[span.SpanID] = true
	}
}

// OTEL_TEST_SOAK=30m is how long to go on; a few seconds otherwise.
func soakTime(t *testing.T) time.Duration {
	text := os.Getenv("OTEL_TEST_SOAK")
	if text == "" {
		return 6 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// However the collector behaves: no span's end waits, memory and goroutines are
// bounded, and each span is accounted for.
func TestSoak(t *testing.T) {
	m := &moody{address: "127.0.0.1:0", taken: map[string]bool{}}
	m.serve(t)
	before := runtime.NumGoroutine()
	s, told := with("OTEL_EXPORTER_OTLP_ENDPOINT=http://"+m.address, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "OTEL_EXPORTER_OTLP_TIMEOUT=300",
		"OTEL_BSP_MAX_QUEUE_SIZE=500", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=100", "OTEL_BSP_SCHEDULE_DELAY=20")
	silence(t)
	made := s.newProvider(nil)
	tracer := made.provider.Tracer("soak")

	var spans, slowest atomic.Int64
	var over atomic.Bool
	var work sync.WaitGroup
	for range 4 {
		work.Add(1)
		go func() {
			defer work.Done()
			for !over.Load() {
				_, span := tracer.Start(context.Background(), "work", trace.WithAttributes(attribute.String("payload", strings.Repeat("x", 200))))
				begin := time.Now()
				span.End()
				if took := int64(time.Since(begin)); took > slowest.Load() {
					slowest.Store(took)
				}
				if n := spans.Add(1); n%50 == 0 {
					time.Sleep(time.Millisecond)
				}
			}
		}()
	}

	var heap runtime.MemStats
	var most uint64
	end := time.Now().Add(soakTime(t))
	for mood := int32(0); time.Now().Before(end); mood++ {
		if mood%(moods+1) == moods {
			m.server.Close()
			time.Sleep(200 * time.Millisecond)
			m.serve(t)
		} else {
			m.mood.Store(mood % (moods + 1))
			time.Sleep(300 * time.Millisecond)
		}
		m.mu.Lock()
		if len(m.taken) > 1<<20 {
			m.taken = map[string]bool{}
		}
		m.mu.Unlock()
		if runtime.ReadMemStats(&heap); heap.HeapAlloc > most {
			most = heap.HeapAlloc
		}
	}
	over.Store(true)
	work.Wait()
	m.mood.Store(well)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := made.provider.ForceFlush(ctx); err != nil {
		t.Error(err)
	}
	stats, queue := statsOf(made.otlp), made.queues[0]
	if total := stats.Sent + stats.Failed + stats.Rejected + queue.Dropped(); total != uint64(spans.Load()) || stats.Sent+stats.Failed+stats.Rejected != queue.Added() {
		t.Errorf("%d spans made, %d accounted for: %+v, %d added, %d dropped", spans.Load(), total, stats, queue.Added(), queue.Dropped())
	}
	if stats.Sent == 0 || stats.Failed == 0 || stats.Retries == 0 || queue.Dropped() == 0 {
		t.Errorf("not everything has happened: %+v, %d dropped", stats, queue.Dropped())
	}
	if m.mu.Lock(); soakTime(t) < time.Minute && uint64(len(m.taken)) < stats.Sent {
		t.Errorf("%d sent, but %d taken", stats.Sent, len(m.taken))
	}
	m.mu.Unlock()
	// A machine that is busy with something else may keep a goroutine waiting.
	if took := time.Duration(slowest.Load()); took > 2*time.Second {
		t.Errorf("the end of a span took %v", took)
	}
	if most > 200<<20 {
		t.Errorf("%d bytes on the heap", most)
	}
	if err := made.provider.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	m.server.Close()
	for i := 0; runtime.NumGoroutine() > before+2 && i < 300; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before+2 {
		buffer := make([]byte, 1<<20)
		t.Errorf("%d goroutines before, %d after:\n%s", before, after, buffer[:runtime.Stack(buffer, true)])
	}
	if len(*told) > 1 {
		t.Errorf("told %q", *told)
	}
	t.Logf("%d spans: %+v, %d dropped, slowest end %v, heap %d MiB", spans.Load(), stats, queue.Dropped(), time.Duration(slowest.Load()), most>>20)
}

// silence keeps what exporters report out of the test's output.
func silence(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	stderr := os.Stderr
	os.Stderr = null
	t.Cleanup(func() { os.Stderr = stderr; null.Close() })
}
