// SPDX-License-Identifier: Apache-2.0

package receiver

import (
	"encoding/json"
	"io"
	"sync"
)

// Lines writes each span as a line of JSON, at once.
type Lines struct {
	mu     sync.Mutex
	to     *json.Encoder
	failed error
}

// NewLines writes to out.
func NewLines(out io.Writer) *Lines {
	to := json.NewEncoder(out)
	to.SetEscapeHTML(false)
	return &Lines{to: to}
}

// Take receives spans.
func (l *Lines) Take(spans []Span) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range spans {
		if err := l.to.Encode(s); err != nil {
			l.failed = err
		}
	}
}

// Close returns the last error of writing.
func (l *Lines) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.failed
}
