// SPDX-License-Identifier: Apache-2.0

package life

import (
	"context"
	"strings"
	"testing"
	"time"

	"otel.runtime/internal/leaving"
)

// What only the end of the process ends is ended before the last flush, and not
// before another one.
func TestWhatIsDoneBeforeTheLastFlush(t *testing.T) {
	var did []string
	leaving.Before(func() { did = append(did, "left") })
	flush := func(context.Context) error { did = append(did, "flushed"); return nil }
	k := &keeper{timeout: time.Minute, left: make(chan struct{}), cut: make(chan struct{})}
	k.flush.Store(&flush)
	k.flushNow()
	k.exit()
	if got := strings.Join(did, " "); got != "flushed left flushed" {
		t.Error(got)
	}
}
