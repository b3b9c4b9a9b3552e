// SPDX-License-Identifier: Apache-2.0

// Package measure calls each function of target often.
package measure

import (
	"fmt"
	"testing"
	"time"

	"example.com/cost/target"
)

var thing = &target.Thing{Name: "thing"}

var measured = []struct {
	name string
	call func()
}{
	{"no parameters, empty pair", func() { target.Empty() }},
	{"no parameters, empty pair with the call", func() { target.WithCall() }},
	{"no parameters, before only", func() { target.BeforeOnly() }},
	{"values read, unnamed results read", func() { target.Values(thing, 1, "x") }},
	{"pointers to change", func() { target.Pointers(thing, 1, "x") }},
	{"method, data from before to after", func() { thing.Method(3) }},
	{"generic, empty pair", func() { target.Generic(thing, 1) }},
	{"generic, a pointer boxed", func() { target.Boxed(thing, 1) }},
	{"hooks not linked", func() { target.NotLinked() }},
	{"go statement, until the goroutine has run", start},
}

var ran = make(chan bool)

func start() {
	go func() { ran <- true }()
	<-ran
}

// Print writes a line for each function: name, nanoseconds and allocations of
// one call, with tabs. The fastest of many short rounds counts: one that no other
// process interrupted.
func Print() {
	const calls = 5000
	for _, m := range measured {
		best := time.Duration(1 << 62)
		for range 400 {
			start := time.Now()
			for range calls {
				m.call()
			}
			best = min(best, time.Since(start))
		}
		fmt.Printf("%s\t%.2f\t%.0f\n", m.name, float64(best)/calls, testing.AllocsPerRun(1000, m.call))
	}
}
