// SPDX-License-Identifier: Apache-2.0

package current

// suppressing is the state of every node that Suppress pushes. It is never
// over.
var suppressing = &state{}

// Suppress calls f. Nothing is traced in f, nor in a goroutine started from
// it, even after f has returned: what sends telemetry isn't telemetry. Spans of
// before aren't current in f: a goroutine that f leaves behind keeps none.
func Suppress(f func()) {
	if loadWord == nil {
		f()
		return
	}
	before := head()
	push(suppressing, nil, false, true)
	defer setHead(before)
	f()
}

// Suppressed reports whether this goroutine runs on behalf of Suppress. Hooks
// ask it first.
func Suppressed() bool {
	n := head()
	return n != nil && n.suppressed
}
