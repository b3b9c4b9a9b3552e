// SPDX-License-Identifier: Apache-2.0

package bubble

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestInside(t *testing.T) {
	if Inside() {
		t.Error("outside of a bubble")
	}
	synctest.Test(t, func(t *testing.T) {
		if !Inside() {
			t.Error("not inside of a bubble")
		}
		time.Sleep(time.Hour)
		done := make(chan bool)
		go func() { done <- Inside() }()
		if !<-done {
			t.Error("a goroutine of the bubble isn't inside of it")
		}
	})
	if Inside() {
		t.Error("after a bubble")
	}
}
