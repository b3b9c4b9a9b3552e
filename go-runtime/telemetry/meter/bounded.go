// SPDX-License-Identifier: Apache-2.0

package meter

import (
	"strings"
	"sync"
	"sync/atomic"

	"go.opentelemetry.io/otel/attribute"
)

// cacheLimit is how many sets of attributes an instrument has beside the one of what
// is beyond: what tells them apart may come from outside. It is the specification's
// default, which older releases of the SDK, and a program's own one, may not have.
//
// https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits
const cacheLimit = 2000 - 1

// overflow stands for all sets beyond the limit.
var overflow = NewAttributes(attribute.Bool("otel.metric.overflow", true))

// Cache keeps attributes by a comparable description of them.
type Cache[K comparable] struct {
	known sync.Map
	size  atomic.Int32
}

// Get returns the attributes for key, made by build if they aren't known, or those of
// the overflow if there are too many. A key that is known stays so.
func (c *Cache[K]) Get(key K, build func(K) []attribute.KeyValue) Attributes {
	if known, ok := c.known.Load(key); ok {
		return known.(Attributes)
	}
	if c.size.Add(1) > cacheLimit {
		c.size.Add(-1)
		return overflow
	}
	known, loaded := c.known.LoadOrStore(key, NewAttributes(build(key)...))
	if loaded {
		c.size.Add(-1)
	}
	return known.(Attributes)
}

// Names are the values of one attribute, of which there may be any number: the first
// Limit are kept, so that others can't take up all the sets that an instrument has.
type Names struct {
	Limit int

	mu    sync.RWMutex
	known map[string]bool
}

// Get is name, or instead if it is one too many.
func (n *Names) Get(name, instead string) string {
	n.mu.RLock()
	known, full := n.known[name], len(n.known) >= n.Limit
	n.mu.RUnlock()
	if known {
		return name
	}
	if full {
		return instead
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = map[string]bool{}
	}
	if len(n.known) >= n.Limit && !n.known[name] {
		return instead
	}
	n.known[strings.Clone(name)] = true
	return name
}
