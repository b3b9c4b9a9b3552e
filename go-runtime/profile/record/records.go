// SPDX-License-Identifier: Apache-2.0

package record

import (
	"math"
	"runtime"
	"time"

	"otel.runtime/internal/apart"
	"otel.runtime/profile"
)

// records are the places that the runtime records since the program began: what is
// new in a window is what there is more than at its start.
type records struct {
	kind   profile.Kind
	code   byte // what the runtime calls the kind
	began  time.Time
	before map[*uintptr][2]int64 // by the stack, which the runtime keeps for good
	room   []runtimeRecord
}

func newRecords(kind profile.Kind, code byte, began time.Time) *records {
	return &records{kind: kind, code: code, began: began, before: map[*uintptr][2]int64{}}
}

// read is what there is now; it holds until the next call.
func (r *records) read() []runtimeRecord {
	for {
		n := readRecords(r.code, r.room)
		if n <= len(r.room) {
			return r.room[:n]
		}
		r.room = make([]runtimeRecord, n+n/8+64)
	}
}

func (r *records) window(now time.Time) *profile.Profile {
	made := &profile.Profile{Kind: r.kind, Start: r.began, End: now}
	r.began = now
	if r.code == 'm' {
		made.Types = []profile.ValueType{{Type: "alloc_objects", Unit: "count"}, {Type: "alloc_space", Unit: "bytes"}, {Type: "inuse_objects", Unit: "count"}, {Type: "inuse_space", Unit: "bytes"}}
		made.PeriodType, made.Period = profile.ValueType{Type: "space", Unit: "bytes"}, int64(memoryRate())
	} else {
		made.Types = []profile.ValueType{{Type: "contentions", Unit: "count"}, {Type: "delay", Unit: "nanoseconds"}}
		made.PeriodType, made.Period = profile.ValueType{Type: "contentions", Unit: "count"}, 1
	}
	var named frames
	for i, record := range r.read() {
		r.room[i].Stack = nil
		if len(record.Stack) == 0 {
			continue
		}
		at, values := &record.Stack[0], record.Values
		before := r.before[at]
		if now := [2]int64{values[0], values[1]}; now != before {
			r.before[at] = now
		}
		values[0], values[1] = values[0]-before[0], values[1]-before[1]
		if values == [4]int64{} {
			continue
		}
		sample := profile.Sample{}
		if r.code == 'm' {
			allocated := scaled(values[0], values[1], made.Period)
			used := scaled(values[2], values[3], made.Period)
			sample.Values = []int64{allocated[0], allocated[1], used[0], used[1]}
			sample.Stack = named.outside(record.Stack)
		} else {
			sample.Values = []int64{values[0], int64(float64(values[1]) * float64(time.Second) / float64(ticksPerSecond()))}
			sample.Stack = named.of(record.Stack)
		}
		made.Samples = append(made.Samples, sample)
	}
	made.Frames = named.all
	if len(made.Samples) == 0 {
		return nil
	}
	return made
}

// scaled is how much was allocated, by what was sampled of it: of objects of one
// size, one is as likely as 1-exp(-size/rate).
func scaled(objects, bytes, rate int64) [2]int64 {
	if objects == 0 || bytes == 0 || rate <= 1 {
		return [2]int64{objects, bytes}
	}
	each := 1 / (1 - math.Exp(-float64(bytes)/float64(objects)/float64(rate)))
	return [2]int64{int64(float64(objects) * each), int64(float64(bytes) * each)}
}

// ownGoroutine is the function of ours that is among the goroutines that it asks for.
const ownGoroutine = "otel.runtime/profile/record.goroutineRecords"

// goroutineRecords has the goroutine that asks as well. It is none that is apart: the
// runtime doesn't count these, and would leave out one of the program's for it.
//
//go:noinline
func goroutineRecords() (all []runtime.StackRecord) {
	apart.Outside(func() {
		for n := runtime.NumGoroutine(); ; {
			all = make([]runtime.StackRecord, n+n/8+16)
			var ok bool
			if n, ok = runtime.GoroutineProfile(all); ok {
				all = all[:n]
				return
			}
		}
	})
	return all
}

// goroutines are the stacks of the goroutines that there are.
func goroutines(now time.Time) *profile.Profile {
	made := &profile.Profile{Kind: profile.Goroutine, Start: now, End: now, Period: 1,
		Types:      []profile.ValueType{{Type: "goroutine", Unit: "count"}},
		PeriodType: profile.ValueType{Type: "goroutine", Unit: "count"}}
	var seen stacks
	var number []int64
	all := goroutineRecords()
	for i := range all {
		n := int(seen.number(all[i].Stack()))
		for len(number) <= n {
			number = append(number, 0)
		}
		number[n]++
	}
	var named frames
	for n, stack := range seen.all {
		if stack := named.of(stack); !named.within(stack, ownGoroutine) {
			made.Samples = append(made.Samples, profile.Sample{Stack: stack, Values: []int64{number[n]}})
		}
	}
	made.Frames = named.all
	return made
}
