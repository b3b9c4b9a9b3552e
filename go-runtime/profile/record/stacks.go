// SPDX-License-Identifier: Apache-2.0

package record

import (
	"runtime"
	"strings"
	"unsafe"

	"otel.runtime/profile"
)

// stacks numbers stacks of program counters, as runtime.Callers has them.
type stacks struct {
	known map[string]int32
	all   [][]uintptr
}

// mostStacks is how many different ones are told apart in a window; the others are
// one, which is empty.
const mostStacks = 1 << 16

func (s *stacks) number(stack []uintptr) int32 {
	if len(stack) == 0 {
		return s.add("", nil)
	}
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(&stack[0])), len(stack)*int(unsafe.Sizeof(stack[0])))
	if n, is := s.known[string(bytes)]; is {
		return n
	}
	if len(s.all) >= mostStacks {
		return s.add("", nil)
	}
	return s.add(string(bytes), append([]uintptr(nil), stack...))
}

func (s *stacks) add(key string, stack []uintptr) int32 {
	if s.known == nil {
		s.known = map[string]int32{}
	}
	n, is := s.known[key]
	if !is {
		n = int32(len(s.all))
		s.known[key] = n
		s.all = append(s.all, stack)
	}
	return n
}

// frames names the functions of stacks.
type frames struct {
	known map[frame]int32
	all   []profile.Frame
}

type frame struct {
	pc       uintptr
	function string // of inlined ones, several have one pc
	line     int
}

// outside is of without the runtime's own functions at the innermost end, unless
// there are no others: who allocates is of interest.
func (f *frames) outside(stack []uintptr) []int32 {
	all := f.of(stack)
	for i, n := range all {
		if name := f.all[n].Function; !strings.HasPrefix(name, "runtime.") && !strings.HasPrefix(name, "internal/runtime/") {
			return all[i:]
		}
	}
	return all
}

// within reports whether a stack has a function, or a literal within it.
func (f *frames) within(stack []int32, function string) bool {
	for _, n := range stack {
		if name := f.all[n].Function; name == function || strings.HasPrefix(name, function+".") {
			return true
		}
	}
	return false
}

// of is what a stack has as profile.Sample.Stack.
func (f *frames) of(stack []uintptr) (all []int32) {
	if len(stack) == 0 {
		return nil
	}
	if f.known == nil {
		f.known = map[frame]int32{}
	}
	for from := runtime.CallersFrames(stack); ; {
		next, more := from.Next()
		if next.Function != "" && next.Function != "runtime.goexit" {
			key := frame{next.PC, next.Function, next.Line}
			n, is := f.known[key]
			if !is {
				n = int32(len(f.all))
				f.known[key] = n
				f.all = append(f.all, profile.Frame{Address: uint64(next.PC), Function: next.Function, File: next.File, Line: next.Line})
			}
			all = append(all, n)
		}
		if !more {
			return all
		}
	}
}
