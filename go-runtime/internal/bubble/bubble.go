// SPDX-License-Identifier: Apache-2.0

// Package bubble knows whether a goroutine is in a bubble of testing/synctest:
// there timers run by the bubble's clock, and a new goroutine belongs to the
// bubble, so that neither is of use to what outlives it.
package bubble

import "time"

var began = time.Now()

// Inside reports whether the calling goroutine is in a bubble: its times have
// no monotonic reading or, before Go 1.25, one that counts from the year 1970.
func Inside() bool {
	now := time.Now()
	return now == now.Round(0) || now.Sub(began) > 20*365*24*time.Hour
}
