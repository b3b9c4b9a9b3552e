// SPDX-License-Identifier: Apache-2.0

package life

import (
	"testing"
	"time"
)

func TestFlushTimeout(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"":            defaultTimeout,
		"0":           0,
		"250":         250 * time.Millisecond,
		"1.5s":        1500 * time.Millisecond,
		"soon":        defaultTimeout,
		"-1s":         defaultTimeout,
		"99999999999": defaultTimeout,
	} {
		if got := flushTimeout(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
