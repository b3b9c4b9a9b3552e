// SPDX-License-Identifier: Apache-2.0

package sqltext

import (
	"sync"
	"sync/atomic"
)

const (
	maxGeneration = 1000    // statements
	maxBytes      = 4 << 20 // of a generation's queries and texts
)

type key struct{ system, query string }

// generations are two maps. What is asked for is in the young one; when that is
// full it becomes the old one, and what nobody asked for meanwhile is gone.
type generations struct {
	young, old atomic.Pointer[generation]
	turn       sync.Mutex // held while they change places
}

type generation struct {
	statements sync.Map // key to *entry
	count      atomic.Int64
	bytes      atomic.Int64
}

// entry has its key, so that one that is kept longer keeps nothing of the caller's.
type entry struct {
	key       key
	statement *Statement
}

var described = newGenerations()

func newGenerations() *generations {
	g := &generations{}
	g.young.Store(&generation{})
	g.old.Store(&generation{})
	return g
}

func (g *generations) get(k key) *Statement {
	boxed := any(k)
	if known, ok := g.young.Load().statements.Load(boxed); ok {
		return known.(*entry).statement
	}
	if known, ok := g.old.Load().statements.Load(boxed); ok {
		g.put(known.(*entry))
		return known.(*entry).statement
	}
	return nil
}

func (g *generations) put(e *entry) {
	young := g.young.Load()
	if _, was := young.statements.LoadOrStore(e.key, e); was {
		return
	}
	count, bytes := young.count.Add(1), young.bytes.Add(int64(len(e.key.query)+len(e.statement.Text)))
	if count < maxGeneration && bytes < maxBytes {
		return
	}
	g.turn.Lock()
	defer g.turn.Unlock()
	if g.young.Load() == young {
		g.old.Store(young)
		g.young.Store(&generation{})
	}
}
