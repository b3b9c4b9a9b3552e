// SPDX-License-Identifier: Apache-2.0

// Package target has functions to hook. They aren't inlined, plain or woven:
// the difference is what hooks cost.
package target

type Thing struct{ Name string }

//go:noinline
func Empty() {}

//go:noinline
func WithCall() {}

//go:noinline
func BeforeOnly() {}

//go:noinline
func Values(t *Thing, n int, text string) (int, error) { return n + len(text), nil }

//go:noinline
func Pointers(t *Thing, n int, text string) (sum int, err error) { return n + len(text), nil }

//go:noinline
func (t *Thing) Method(n int) int { return n }

//go:noinline
func Generic[T any](v T, n int) int { return n }

//go:noinline
func Boxed[T any](v T, n int) T { return v }

//go:noinline
func NotLinked() {}
