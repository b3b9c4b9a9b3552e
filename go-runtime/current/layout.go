// SPDX-License-Identifier: Apache-2.0

package current

import "unsafe"

// Layout says where a Node has what a profiler's signal handler reads: state, a
// pointer that is nil once the node is over; the pointer to the node beneath; the
// identifiers of its trace and span; the pointer to its work; and whether it was
// recording, and is of our provider. The first two are atomic, the others don't change.
func Layout() (state, beneath, trace, span, work, recording, ours uintptr) {
	var n Node
	return unsafe.Offsetof(n.state), unsafe.Offsetof(n.previous), unsafe.Offsetof(n.trace), unsafe.Offsetof(n.span), unsafe.Offsetof(n.work),
		unsafe.Offsetof(n.recording), unsafe.Offsetof(n.ours)
}
