// SPDX-License-Identifier: Apache-2.0

package config

import (
	"runtime"
	"strconv"
	"strings"
	"sync"

	sdkmetric "go.opentelemetry.io/otel/sdk/metric"
)

// A view of the SDK has no aggregation_cardinality_limit. But where a stream is made,
// the SDK asks the views, and then, on the same goroutine, the reader for the limit:
// so a view that has one leaves it for the reader.

// ViewLimits are the limits that views have left.
type ViewLimits struct {
	mu   sync.Mutex
	left map[string]int // by goroutines
}

// most is how many goroutines may have one left that nobody asked for, as the SDK
// knew the stream.
const most = 1000

// limiting is a view with a limit; 0 is none, which takes back what another has left.
func (l *ViewLimits) limiting(view sdkmetric.View, limit int) sdkmetric.View {
	return func(of sdkmetric.Instrument) (sdkmetric.Stream, bool) {
		stream, matches := view(of)
		l.mu.Lock()
		defer l.mu.Unlock()
		if matches && limit > 0 {
			if l.left == nil || len(l.left) >= most {
				l.left = map[string]int{}
			}
			l.left[goroutine()] = limit
		} else if len(l.left) > 0 {
			delete(l.left, goroutine())
		}
		return stream, matches
	}
}

// Take is the limit of the stream that is being made on this goroutine, if a view
// has one for it.
func (l *ViewLimits) Take() (limit int, ok bool) {
	if l == nil {
		return 0, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.left) == 0 {
		return 0, false
	}
	here := goroutine()
	limit, ok = l.left[here]
	delete(l.left, here)
	return limit, ok
}

// goroutine is the number of the calling one, as a stack trace begins with it.
func goroutine() string {
	var room [32]byte
	text := string(room[:runtime.Stack(room[:], false)])
	number, _, _ := strings.Cut(strings.TrimPrefix(text, "goroutine "), " ")
	if _, err := strconv.ParseUint(number, 10, 64); err != nil {
		return ""
	}
	return number
}
