// SPDX-License-Identifier: Apache-2.0

package rediscall

import (
	"maps"
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"
	"weak"
)

// selected is the databases that clients have selected, other than that which they
// have if nothing is said. It doesn't hold the clients.
type selected struct {
	some atomic.Bool // whether there is one
	mu   sync.RWMutex
	all  map[uintptr]selection
	tidy int // how many there were when those that are gone were dropped last
}

type selection struct {
	client   weak.Pointer[byte] // to its beginning
	database int
}

// Opened says which database a new client, a pointer, has selected.
func (s *System) Opened(client any, database int) {
	if database == 0 || s.Library.Off || !isPointer(client) {
		return
	}
	at := reflect.ValueOf(client).UnsafePointer()
	of := &s.selected
	of.mu.Lock()
	defer of.mu.Unlock()
	if of.all == nil {
		of.all = map[uintptr]selection{}
	}
	if len(of.all) > 2*of.tidy+16 {
		maps.DeleteFunc(of.all, func(_ uintptr, known selection) bool { return known.client.Value() == nil })
		of.tidy = len(of.all)
	}
	of.all[uintptr(at)] = selection{weak.Make((*byte)(at)), database}
	of.some.Store(true)
}

// of is the database of a client; empty if it isn't known, as that of a client which
// another one has made.
func (s *selected) of(client any, derived bool) string {
	if !s.some.Load() {
		return "0"
	}
	if derived || !isPointer(client) {
		return ""
	}
	at := reflect.ValueOf(client).UnsafePointer()
	s.mu.RLock()
	known := s.all[uintptr(at)]
	s.mu.RUnlock()
	if unsafe.Pointer(known.client.Value()) != at {
		return "0"
	}
	return strconv.Itoa(known.database)
}

func isPointer(client any) bool {
	of := reflect.ValueOf(client)
	return of.Kind() == reflect.Pointer && !of.IsNil()
}
