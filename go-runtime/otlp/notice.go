// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// quiet is how long after a line on the log the next may come.
const quiet = time.Minute

// notice tells of trouble once: the first failure, and then only one that
// follows a recovery, a minute or more after the last line.
type notice struct {
	log io.Writer        // nil: stderr
	now func() time.Time // nil: time.Now

	mu      sync.Mutex
	failing bool
	told    time.Time
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
	log := n.log
	if log == nil {
		log = os.Stderr
	}
	fmt.Fprintf(log, "otel: %v; the program is not affected\n", err)
}

func (n *notice) recovered() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.failing = false
}
