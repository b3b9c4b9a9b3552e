// SPDX-License-Identifier: Apache-2.0

package messaging

import (
	"sync"

	"otel.runtime/current"
)

// Outer has the calls of functions that do their work by others which are hooked too:
// what the goroutine calls from Enter to Leave is within. In a program whose runtime
// isn't woven nothing is.
type Outer struct{ goroutines sync.Map }

func (o *Outer) Enter() {
	if here := current.Goroutine(); here != 0 {
		o.goroutines.Store(here, true)
	}
}

func (o *Outer) Leave() { o.goroutines.Delete(current.Goroutine()) }

// Within reports whether this goroutine has entered.
func (o *Outer) Within() bool {
	_, within := o.goroutines.Load(current.Goroutine())
	return within
}
