// SPDX-License-Identifier: Apache-2.0

// Package current knows the current span of each goroutine: the newest one
// that was started there, or on the goroutine that started this one, and isn't
// over. With it a call that was given no context, or a context without a span,
// still finds its parent.
//
// Each goroutine has one word, added to package runtime by a rule set. It
// points to the newest of a list of nodes, which goroutines started from here
// share. In a program whose runtime isn't woven there is no word: nothing is
// current, and context.Context is the only way that spans travel.
package current
