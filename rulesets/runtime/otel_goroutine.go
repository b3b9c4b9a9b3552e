// SPDX-License-Identifier: Apache-2.0

// Added to package runtime: one word for each goroutine, which a new goroutine
// takes over from the one that starts it; goroutines that stand apart from the
// program's; the way out of the process; and whether a frame is being left by a
// panic. The packages of otel.runtime reach
// these through the function variables below, by linkname.
//
// Package runtime's export data must not change, else nearly every package is
// compiled again: so each function and variable here has a one-argument
// go:linkname (such symbols are numbered apart), each function that other files
// call is noinline, there is no named type, and no import but unsafe. The file
// has to be the last one of the package on the compiler's command line, so that
// its variables are numbered after all others.

package runtime

import "unsafe"

// otelWord is the word behind gp, which malg allocates there. Only for a gp
// with a goid: the static g0 isn't made by malg.
//
//go:linkname otelWord
//go:nosplit
func otelWord(gp *g) *unsafe.Pointer {
	return (*unsafe.Pointer)(add(unsafe.Pointer(gp), unsafe.Sizeof(g{})))
}

// otelApart is the byte behind that word: 1 for a goroutine that was started
// apart, or by such a one, as long as it lives; 2 while a goroutine starts one.
//
//go:linkname otelApart
//go:nosplit
func otelApart(gp *g) *uint8 {
	return (*uint8)(add(unsafe.Pointer(gp), unsafe.Sizeof(g{})+unsafe.Sizeof(uintptr(0))))
}

// otelInherit gives a new goroutine its creator's word, unless it is one of the
// runtime's own, which is what it returns. One that is started apart gets none,
// and what that one starts is apart too. Called on g0 in newproc1, while the
// creator waits for it: so it calls nothing outside of package runtime, and what
// the word points to must never change. newg is made by malg; its goid is that
// of the goroutine which had it before.
//
//go:linkname otelInherit
//go:noinline
func otelInherit(newg, callergp *g) bool {
	born := callergp.goid != 0 && *otelApart(callergp) != 0
	*otelApart(newg) = 0
	if born {
		*otelApart(newg) = 1
	} else if isSystemGoroutine(newg, false) {
		return true
	}
	if callergp.goid != 0 {
		*otelWord(newg) = *otelWord(callergp)
	}
	return born
}

// otelIsSystem has isSystemGoroutine count goroutines that are apart among the
// runtime's own: they aren't in stack dumps, profiles and NumGoroutine, and have
// neither their creator's synctest bubble nor its labels. Not with fixed, which
// asks who runs while a collection has stopped the program.
//
//go:linkname otelIsSystem
//go:noinline
//go:nosplit
func otelIsSystem(gp *g, fixed bool) bool {
	return !fixed && gp.goid != 0 && *otelApart(gp) == 1
}

// otelStart starts f on a goroutine that is apart.
//
//go:linkname otelStart
var otelStart func(f func()) = otelStartApart

//go:linkname otelStartApart
//go:noinline
func otelStartApart(f func()) {
	gp := getg()
	word, apart := *otelWord(gp), otelApart(gp)
	*otelWord(gp) = nil
	if *apart == 0 {
		*apart = 2
	}
	go f()
	if *apart == 2 {
		*apart = 0
	}
	*otelWord(gp) = word
}

// otelIsApart reports whether the calling goroutine is apart.
//
//go:linkname otelIsApart
var otelIsApart func() bool = otelLoadApart

//go:linkname otelLoadApart
//go:noinline
//go:nosplit
func otelLoadApart() bool { return otelIsSystem(getg(), false) }

// otelClear forgets the word of a goroutine that ended: its g is kept, and
// what the word points to would be kept with it.
//
//go:linkname otelClear
//go:noinline
func otelClear(gp *g) {
	if gp.goid != 0 {
		*otelWord(gp) = nil
	}
}

// otelCallback is called where C calls Go. A thread that C has made has one g
// for all its callbacks, which have nothing to do with one another.
//
//go:linkname otelCallback
//go:noinline
func otelCallback() {
	if gp := getg(); gp.m.isextra && gp.m.ncgo == 0 {
		otelClear(gp)
	}
}

// otelContext is the calling goroutine's word.
//
//go:linkname otelContext
var otelContext func() unsafe.Pointer = otelLoadWord

//go:linkname otelLoadWord
//go:noinline
//go:nosplit
func otelLoadWord() unsafe.Pointer {
	gp := getg()
	if gp.goid == 0 {
		return nil
	}
	return *otelWord(gp)
}

// otelSetContext sets the calling goroutine's word.
//
//go:linkname otelSetContext
var otelSetContext func(unsafe.Pointer) = otelStoreWord

//go:linkname otelStoreWord
//go:noinline
//go:nosplit
func otelStoreWord(word unsafe.Pointer) {
	if gp := getg(); gp.goid != 0 {
		*otelWord(gp) = word
	}
}

// otelCallSite is a number for the call stack of its caller: the goroutine, the
// return addresses of the innermost frames, and how far these are from the base
// of the stack, since stacks move. 0 on architectures without frame pointers.
//
//go:linkname otelCallSite
var otelCallSite func() uintptr = otelHashFrames

// The frames are this goroutine's own and outside of a call to the runtime that
// might move them: nothing is called here, and the runtime isn't preempted.
//
//go:linkname otelHashFrames
//go:noinline
//go:nosplit
func otelHashFrames() uintptr {
	gp := getg()
	if !framepointer_enabled || gp.goid == 0 {
		return 0
	}
	fp := getfp()
	hash := uintptr(gp.goid)*0x9E3779B1 ^ (gp.stack.hi - fp)
	for n := 0; n < 40 && fp >= gp.stack.lo && fp < gp.stack.hi-16; n++ {
		hash = (hash ^ *(*uintptr)(unsafe.Pointer(fp + unsafe.Sizeof(fp)))) * 0x01000193
		hash ^= hash >> 15
		next := *(*uintptr)(unsafe.Pointer(fp))
		if next <= fp {
			break
		}
		fp = next
	}
	return hash | 1
}

// otelGoroutine is a number for the calling goroutine, which no other one has or will
// have; 0 on a stack that is no goroutine's.
//
//go:linkname otelGoroutine
var otelGoroutine func() uint64 = otelLoadGoroutine

//go:linkname otelLoadGoroutine
//go:noinline
//go:nosplit
func otelLoadGoroutine() uint64 { return getg().goid }

// otelExiting, if set, is called when main returns and in os.Exit, whatever
// the exit code, before the exit hooks of the runtime. On any goroutine, and on
// several if several call os.Exit.
//
//go:linkname otelExiting
var otelExiting func()

//go:linkname otelExit
//go:noinline
func otelExit() {
	if f := otelExiting; f != nil {
		f()
	}
}

// otelReplacing, if set, is called before syscall.Exec, which may fail. Our CPU
// profile ends before that: see otelProfileHold.
//
//go:linkname otelReplacing
var otelReplacing func()

//go:linkname otelExec
//go:noinline
func otelExec() {
	otelProfileHold(1)
	if f := otelReplacing; f != nil {
		f()
	}
}

// otelUncaught, if set, is called on a goroutine whose panic nobody recovered,
// after its deferred calls and before anything is printed.
//
//go:linkname otelUncaught
var otelUncaught func()

// otelPrintable stands around the argument of preprintpanics in gopanic, where
// the runtime itself is about to run the user's Error and String methods: code
// outside of the runtime may be called here, and only here, on a panic's way
// to the end of the process.
//
//go:linkname otelPrintable
//go:noinline
func otelPrintable(p *_panic) *_panic {
	if f := otelUncaught; f != nil {
		f()
	}
	return p
}

// otelPanicking tells how the function whose stack frame holds the address
// frame is being left, asked by one of its deferred calls: by a panic that it
// didn't recover, with the panic's value, or by Goexit, or (false, false) by
// return.
//
//go:linkname otelPanicking
var otelPanicking func(frame unsafe.Pointer) (value any, panics, goexit bool) = otelLeaving

// While a panic or a Goexit runs deferred calls it is the newest of
// gp._panic, and its sp and fp bound the frame that it has come to: see
// (*_panic).nextFrame. Both move with the stack, as frame does.
//
//go:linkname otelLeaving
//go:noinline
func otelLeaving(frame unsafe.Pointer) (value any, panics, goexit bool) {
	p := getg()._panic
	if p == nil || p.deferreturn || p.recovered ||
		uintptr(frame) < uintptr(p.sp) || uintptr(frame) >= uintptr(p.fp) {
		return nil, false, false
	}
	if p.goexit {
		return nil, false, true
	}
	return p.arg, true, false
}

// otelIsLibrary reports whether the process belongs to another program, which
// has loaded this one as a library (-buildmode c-archive or c-shared).
//
//go:linkname otelIsLibrary
var otelIsLibrary func() bool = otelBuiltAsLibrary

//go:linkname otelBuiltAsLibrary
//go:noinline
func otelBuiltAsLibrary() bool { return islibrary || isarchive }
