// SPDX-License-Identifier: Apache-2.0

package view

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// A stream tells of changes at most so often, and says something at least so
// often, so that both ends notice when the other has gone.
const (
	livePause = 250 * time.Millisecond
	liveAlive = 15 * time.Second
)

// live streams the store's status until the reader goes or ctx ends.
func live(ctx context.Context, w http.ResponseWriter, r *http.Request, store *Store) {
	to := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprint(w, "retry: 1000\n\n")
	alive := time.NewTicker(liveAlive)
	defer alive.Stop()
	for {
		changed := store.Changed() // before the status, so that no change is missed
		status, err := json.Marshal(store.Status())
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", status); err != nil || to.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-alive.C:
		case <-r.Context().Done():
			return
		case <-ctx.Done():
			return
		}
		select {
		case <-time.After(livePause):
		case <-ctx.Done():
			return
		}
	}
}
