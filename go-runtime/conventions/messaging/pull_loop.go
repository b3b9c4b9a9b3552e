// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"reflect"
	"runtime"
	"sync"
	"weak"

	"otel.runtime/instrumentation"
)

// PullLoop has the operations of processing what consumers have handed out, one
// message or batch after the other: such an operation ends where its goroutine asks
// the same consumer for more, where the message is settled, or where the consumer is
// closed. Consumers are pointers, which are held weakly: of one that is collected
// without being closed nothing stays. The zero value has none.
type PullLoop struct {
	consumers sync.Map // weak.Pointer[byte] to *handed
}

// mostHanded is how many operations a consumer has at most: of more, each by a
// goroutine that never comes back, the oldest one ends.
const mostHanded = 64

// handed is what one consumer has handed out, oldest first.
type handed struct {
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

// Handed keeps c, which Process has begun on this goroutine, until Next, Settled or
// Close. Without a consumer it ends at once.
func (l *PullLoop) Handed(consumer any, c *Call) {
	key, of := keyOf(consumer)
	if of == nil {
		c.End(instrumentation.Failure{})
		return
	}
	for !l.consumer(key, of).add(c) {
	}
}

// consumer is the entry of a consumer, made where there is none.
func (l *PullLoop) consumer(key weak.Pointer[byte], of *byte) *handed {
	if known, ok := l.consumers.Load(key); ok {
		return known.(*handed)
	}
	known, loaded := l.consumers.LoadOrStore(key, &handed{})
	if !loaded {
		runtime.AddCleanup(of, l.remove, key)
	}
	return known.(*handed)
}

// Next ends what this goroutine has been handed before. To be called where it asks
// the consumer for more.
func (l *PullLoop) Next(consumer any) { l.end(consumer, func(c *Call) bool { return c.Node().Here() }) }

// Settled ends what has been settled: this goroutine's, or the only one that there
// is; not a batch, of which there may be more to settle. To be called when the
// settlement has ended.
func (l *PullLoop) Settled(consumer any) {
	key, _ := keyOf(consumer)
	known, ok := l.consumers.Load(key)
	if !ok {
		return
	}
	only := known.(*handed).len() == 1
	l.end(consumer, func(c *Call) bool { return c.count == 1 && (only || c.Node().Here()) })
}

// SettledHere is Settled for who doesn't know the consumer: what this goroutine has
// been handed ends, by whichever.
func (l *PullLoop) SettledHere() {
	l.consumers.Range(func(_, of any) bool {
		for _, c := range of.(*handed).take(func(c *Call) bool { return c.count == 1 && c.Node().Here() }) {
			c.handedBack()
		}
		return true
	})
}

// Close ends all that a consumer has handed out.
func (l *PullLoop) Close(consumer any) {
	if key, of := keyOf(consumer); of != nil {
		l.remove(key)
	}
}

func (l *PullLoop) remove(key weak.Pointer[byte]) {
	if known, ok := l.consumers.LoadAndDelete(key); ok {
		for _, c := range known.(*handed).close() {
			c.handedBack()
		}
	}
}

func (l *PullLoop) end(consumer any, which func(*Call) bool) {
	key, of := keyOf(consumer)
	if of == nil {
		return
	}
	if known, ok := l.consumers.Load(key); ok {
		for _, c := range known.(*handed).take(which) {
			c.handedBack()
		}
	}
}

// handedBack ends a call on whatever goroutine: in a function with a span of its own,
// say, or in the midst of what another consumer has handed out, which both go on.
func (c *Call) handedBack() {
	c.Node().HandBack()
	c.End(instrumentation.Failure{})
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
