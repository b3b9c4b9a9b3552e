// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"fmt"
	"io"
	"sync"
	"time"

	"otel.runtime/internal/trouble"
)

// quiet is how long after a line on the log the next may come.
const quiet = time.Minute

// notice reports trouble once: the first failure, and then only one that
// follows a recovery, a minute or more after the last line.
type notice struct {
	log io.Writer        // nil: wherever trouble is told
	now func() time.Time // nil: time.Now

	mu      sync.Mutex
	failing bool
	told    time.Time
	warned  time.Time
}

func (n *notice) failed(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now
	if n.now != nil {
		now = n.now
	}
	if n.failing || !n.told.IsZero() && now().Sub(n.told) < quiet {
		return
	}
	n.failing, n.told = true, now()
	n.report(fmt.Sprintf("%v; the program is not affected", err))
}

// warn reports what a collector says of data that it took, once a minute.
func (n *notice) warn(line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := time.Now
	if n.now != nil {
		now = n.now
	}
	if !n.warned.IsZero() && now().Sub(n.warned) < quiet {
		return
	}
	n.warned = now()
	n.report(line)
}

func (n *notice) report(line string) {
	if n.log == nil {
		trouble.Report(line)
	} else {
		fmt.Fprintf(n.log, "otel: %s\n", trouble.Scrub(line))
	}
}

// isFailing reports whether the last thing told, or known, is a failure.
func (n *notice) isFailing() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.failing
}

func (n *notice) recovered() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.failing = false
}
