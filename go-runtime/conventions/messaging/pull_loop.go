// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"weak"

	"otel.runtime/current"
	"otel.runtime/instrumentation"
	"otel.runtime/internal/apart"
	"otel.runtime/internal/leaving"
)

// PullLoop has the operations of processing what a system's consumers have handed
// out, one message or batch after the other: such an operation ends where its
// goroutine asks the same consumer for more, where the message is settled, where the
// consumer is closed, or with the process. Consumers are pointers, which are held
// weakly: of one that is collected without being closed nothing stays.
type PullLoop struct {
	system    *System
	consumers sync.Map // weak.Pointer[byte] to *handed
	used      atomic.Bool
	closing   sync.WaitGroup
}

// NewPullLoop is for what a system's consumers hand out. To be called once, at start.
func NewPullLoop(s *System) *PullLoop { return &PullLoop{system: s} }

// mostHanded is how many operations a consumer has at most: of more, each by a
// goroutine that never comes back, the oldest one ends.
const mostHanded = 64

// handed is what one consumer has handed out, oldest first.
type handed struct {
	of reflect.Type // of the consumer, a pointer

	mu    sync.Mutex
	calls []*Call
	gone  bool // the consumer is closed
}

func keyOf(consumer any) (key weak.Pointer[byte], of *byte) {
	if v := reflect.ValueOf(consumer); v.Kind() == reflect.Pointer && !v.IsNil() {
		of = (*byte)(v.UnsafePointer())
		key = weak.Make(of)
	}
	return key, of
}

// Identity says which message one is that has been handed out as a pointer, which it
// doesn't keep. Others are told apart by any comparable value that keeps nothing.
func Identity(message any) any {
	if key, of := keyOf(message); of != nil {
		return key
	}
	return nil
}

// keep keeps c, which was begun on this goroutine. Without a consumer it ends at once.
func (l *PullLoop) keep(consumer any, c *Call) {
	c.goroutine = current.Goroutine()
	key, of := keyOf(consumer)
	if of == nil {
		c.End(instrumentation.Failure{})
		return
	}
	if l.used.CompareAndSwap(false, true) {
		leaving.Before(l.closeAll)
	}
	for !l.consumer(key, of, reflect.TypeOf(consumer)).add(c) {
	}
}

// consumer is the entry of a consumer, made where there is none.
func (l *PullLoop) consumer(key weak.Pointer[byte], of *byte, kind reflect.Type) *handed {
	if known, ok := l.consumers.Load(key); ok {
		return known.(*handed)
	}
	known, loaded := l.consumers.LoadOrStore(key, &handed{of: kind})
	if !loaded {
		runtime.AddCleanup(of, l.remove, key)
	}
	return known.(*handed)
}

// next ends what this goroutine has been handed before, and returns where that was. A
// goroutine that was started meanwhile is another one.
func (l *PullLoop) next(consumer any) (ended []processed) {
	here := current.Goroutine()
	for _, c := range l.take(consumer, func(c *Call) bool { return c.goroutine == here }) {
		if span := c.Span(); span != nil {
			ended = append(ended, processed{span.SpanContext().TraceID(), c.within})
		}
		c.handedBack()
	}
	return ended
}

// Settled ends the processing of a message that has been settled; if message is nil,
// what this goroutine has been handed, or the only one that there is. Not that of a
// batch, of which there may be more to settle. To be called when the settlement has
// ended.
func (l *PullLoop) Settled(consumer, message any) {
	key, _ := keyOf(consumer)
	known, ok := l.consumers.Load(key)
	if !ok {
		return
	}
	only := known.(*handed).len() == 1
	for _, c := range l.take(consumer, func(c *Call) bool {
		return c.count <= 1 && (message != nil && c.message == message || message == nil && (only || c.Node().Here()))
	}) {
		c.handedBack()
	}
}

// SettledBySome is Settled for who doesn't know the consumer.
func (l *PullLoop) SettledBySome(message any) {
	if message == nil {
		return
	}
	l.consumers.Range(func(_, of any) bool {
		taken := of.(*handed).take(func(c *Call) bool { return c.count <= 1 && c.message == message })
		for _, c := range taken {
			c.handedBack()
		}
		return len(taken) == 0
	})
}

// Close ends all that a consumer has handed out.
func (l *PullLoop) Close(consumer any) {
	if key, of := keyOf(consumer); of != nil {
		l.remove(key)
	}
}

// CloseApart is Close for who holds a lock of the client's, which a span processor of
// the program's might want too.
func (l *PullLoop) CloseApart(consumer any) {
	key, of := keyOf(consumer)
	if of == nil {
		return
	}
	known, ok := l.consumers.LoadAndDelete(key)
	if !ok {
		return
	}
	all := known.(*handed).close()
	if len(all) == 0 {
		return
	}
	l.closing.Add(1)
	apart.Go(func() {
		defer l.closing.Done()
		for _, c := range all {
			c.handedBack()
		}
	})
}

// CloseIf is Close of all consumers that closed reports to be.
func (l *PullLoop) CloseIf(closed func(consumer any) bool) {
	l.consumers.Range(func(key, of any) bool {
		key2 := key.(weak.Pointer[byte])
		if consumer := key2.Value(); consumer != nil && closed(of.(*handed).pointer(consumer)) {
			l.remove(key2)
		}
		return true
	})
}

// closeAll is for the end of the process.
func (l *PullLoop) closeAll() {
	l.closing.Wait()
	l.consumers.Range(func(key, _ any) bool {
		l.remove(key.(weak.Pointer[byte]))
		return true
	})
}

func (l *PullLoop) remove(key weak.Pointer[byte]) {
	if known, ok := l.consumers.LoadAndDelete(key); ok {
		for _, c := range known.(*handed).close() {
			c.handedBack()
		}
	}
}

func (l *PullLoop) take(consumer any, which func(*Call) bool) []*Call {
	key, of := keyOf(consumer)
	if of == nil {
		return nil
	}
	known, ok := l.consumers.Load(key)
	if !ok {
		return nil
	}
	return known.(*handed).take(which)
}

// handedBack ends a call on whatever goroutine: in a function with a span of its own,
// say, or in the midst of what another consumer has handed out, which both go on.
func (c *Call) handedBack() {
	c.Node().HandBack()
	c.End(instrumentation.Failure{})
}

// pointer is the consumer as who has it knows it.
func (h *handed) pointer(consumer *byte) any {
	return reflect.NewAt(h.of.Elem(), reflect.ValueOf(consumer).UnsafePointer()).Convert(h.of).Interface()
}

func (h *handed) len() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.calls)
}

// add reports whether it has: not to a consumer that was closed meanwhile, which may
// be opened again.
func (h *handed) add(c *Call) bool {
	var oldest *Call
	h.mu.Lock()
	gone := h.gone
	if !gone {
		if len(h.calls) == mostHanded {
			oldest = h.calls[0]
			h.calls = append(h.calls[:0], h.calls[1:]...)
		}
		h.calls = append(h.calls, c)
	}
	h.mu.Unlock()
	if oldest != nil {
		oldest.handedBack()
	}
	return !gone
}

func (h *handed) take(which func(*Call) bool) (taken []*Call) {
	h.mu.Lock()
	defer h.mu.Unlock()
	rest := h.calls[:0]
	for _, c := range h.calls {
		if which(c) {
			taken = append(taken, c)
		} else {
			rest = append(rest, c)
		}
	}
	for i := len(rest); i < len(h.calls); i++ {
		h.calls[i] = nil
	}
	h.calls = rest
	return taken
}

func (h *handed) close() []*Call {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gone = true
	all := h.calls
	h.calls = nil
	return all
}
