// SPDX-License-Identifier: Apache-2.0

package current

// suppressing is the state of every node that Suppress pushes. It is never
// over.
var suppressing = &state{}

func suppress() { (&Node{suppressed: true}).put(suppressing, nil) }

// Suppress calls f. Nothing is traced in f, nor in a goroutine started from
// it, even after f has returned: what sends telemetry isn't telemetry. Spans of
// before aren't current in f: a goroutine that f leaves behind keeps none.
func Suppress(f func()) {
	if loadWord == nil {
		f()
		return
	}
	before := head()
	suppress()
	defer setHead(before)
	f()
}

// Suppression is the time from BeginSuppress to End.
type Suppression struct{ before *Node }

// BeginSuppress is Suppress for who can't wrap what is to be suppressed in a
// function: it holds until End, which is to be called on the same goroutine.
func BeginSuppress() Suppression {
	s := Suppression{head()}
	if loadWord != nil {
		suppress()
	}
	return s
}

// End restores what was current.
func (s Suppression) End() { setHead(s.before) }

// Suppressed reports whether this goroutine runs on behalf of Suppress, or
// nothing is traced at all (Off). Hooks ask it first.
func Suppressed() bool {
	n := head()
	return n != nil && n.suppressed || Off()
}
