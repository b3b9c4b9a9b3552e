// SPDX-License-Identifier: Apache-2.0

// Added to package runtime: a CPU profile whose samples have the identifiers of
// the span that ran, and what the runtime records of allocations, locks and
// blocking. Package otel.runtime/profile reaches these through the function
// variables below, by linkname. Nothing here runs unless it asks for it.
//
// The rules of otel_goroutine.go hold here too.

package runtime

import "unsafe"

// The runtime has one CPU profile at a time, with one log of samples. While it is
// ours, otelProfileOurs, its log is otelProfileLog as well; that stays to be read
// when the profile has ended. otelProfileTheirs says that the program has asked
// for one. Written with cpuprof.lock held.
//
//go:linkname otelProfileOurs
var otelProfileOurs bool

//go:linkname otelProfileTheirs
var otelProfileTheirs bool

//go:linkname otelProfileLog
var otelProfileLog *profBuf

// otelProfileHeld is how many goroutines are in syscall.Exec: there is no profile of
// ours meanwhile.
//
//go:linkname otelProfileHeld
var otelProfileHeld int

// otelProfileLayout says where what a goroutine's word points to has what samples
// take: a pointer that is nil once it is over, the pointer to what is beneath, the
// 16 bytes of a trace's identifier and the 8 of a span's, a pointer to the work
// that it belongs to, which is laid out alike, and two bytes that are 1 if its end will
// be known.
//
//go:linkname otelProfileLayout
var otelProfileLayout struct{ State, Beneath, Trace, Span, Work, Recording, Ours uintptr }

// otelProfileCounts has how many samples there are of spans: each at the place
// that its identifier's last bits name, the latest one there. nil, or of a length
// that is a power of two.
//
//go:linkname otelProfileCounts
var otelProfileCounts []struct {
	Span        uint64
	Self, Total uint32
}

// otelProfileStart begins our profile, with hz samples in each second of CPU time.
// It is false, and nothing begins, while the program has one of its own, the log of our
// last one isn't read, or the program is being replaced.
//
//go:linkname otelProfileStart
var otelProfileStart func(hz int) bool = otelProfileBegin

//go:linkname otelProfileBegin
//go:noinline
func otelProfileBegin(hz int) bool {
	lock(&cpuprof.lock)
	if cpuprof.on || cpuprof.log != nil || otelProfileTheirs || otelProfileHeld > 0 || otelProfileLog != nil {
		unlock(&cpuprof.lock)
		return false
	}
	cpuprof.on = true
	cpuprof.log = newProfBuf(5, profBufWordCount, profBufTagCount)
	otelProfileLog = cpuprof.log
	otelProfileOurs = true
	setcpuprofilerate(int32(hz))
	unlock(&cpuprof.lock)
	return true
}

// otelProfileStop ends our profile, if there is one.
//
//go:linkname otelProfileStop
var otelProfileStop func() = otelProfileEnd

//go:linkname otelProfileEnd
//go:noinline
func otelProfileEnd() {
	lock(&cpuprof.lock)
	if otelProfileOurs {
		otelProfileClose()
	}
	unlock(&cpuprof.lock)
}

// otelProfileClose does so with cpuprof.lock held. What isn't read yet is left in
// otelProfileLog, so that another profile can begin at once.
//
//go:linkname otelProfileClose
//go:noinline
func otelProfileClose() {
	setcpuprofilerate(0)
	cpuprof.on = false
	cpuprof.addExtra()
	cpuprof.log.close()
	cpuprof.log = nil
	otelProfileOurs = false
}

// otelProfileYield is called first in SetCPUProfileRate, which all CPU profiles of
// the program begin and end with. What would end ours does nothing, as in a program
// that has no profile.
//
//go:linkname otelProfileYield
//go:noinline
func otelProfileYield(hz int) bool {
	lock(&cpuprof.lock)
	ours := otelProfileOurs
	otelProfileTheirs = hz > 0
	if ours && hz > 0 {
		otelProfileClose()
	}
	unlock(&cpuprof.lock)
	return ours && hz <= 0
}

// otelProfileHold ends our profile before syscall.Exec (by is 1), and lets it begin
// again where that has failed (by is -1): the process's timer goes on in the program
// that takes its place, which SIGPROF would kill.
//
//go:linkname otelProfileHold
//go:noinline
func otelProfileHold(by int) {
	lock(&cpuprof.lock)
	otelProfileHeld += by
	if otelProfileOurs && otelProfileHeld > 0 {
		otelProfileClose()
	}
	unlock(&cpuprof.lock)
}

// otelProfileRead is the next records of our profile, and their tags, the
// goroutines' labels. A record is its length, the time, five words (the number of
// samples, two of the trace, the span, and the span of the work that it belongs to)
// and the stack. The number is 1<<32 more if the end of that work will be known. It
// doesn't wait. eof: the profile has ended and all is read. The result holds until the
// next call. For one caller at a time.
//
//go:linkname otelProfileRead
var otelProfileRead func() (data []uint64, tags []unsafe.Pointer, eof bool) = otelProfileNext

//go:linkname otelProfileNext
//go:noinline
func otelProfileNext() (data []uint64, tags []unsafe.Pointer, eof bool) {
	lock(&cpuprof.lock)
	log := otelProfileLog
	unlock(&cpuprof.lock)
	data, tags, eof = log.read(profBufNonBlocking)
	if eof {
		lock(&cpuprof.lock)
		otelProfileLog = nil
		unlock(&cpuprof.lock)
	}
	return data, tags, eof
}

// otelProfileSample is called by the signal handler, for a goroutine whose labels
// are at tag. It reads what that goroutine's word points to, which stays reachable
// from it as its labels do, since the goroutine itself is what was interrupted. What
// is beneath that is read only while the goroutine has a P that nobody can take from
// it, as in a system call since Go 1.26: another goroutine may take it out of the list
// meanwhile, but no garbage collection ends then. Only numbers are written, so no write
// barrier is left out.
//
//go:linkname otelProfileSample
//go:noinline
func otelProfileSample(tag *unsafe.Pointer, now int64, hdr []uint64, stk []uintptr) {
	if !otelProfileOurs || tag == nil {
		cpuprof.log.write(tag, now, hdr, stk)
		return
	}
	at := &otelProfileLayout
	gp := (*g)(unsafe.Pointer(uintptr(unsafe.Pointer(tag)) - unsafe.Offsetof(g{}.labels)))
	var header [5]uint64
	header[0] = hdr[0]
	var n unsafe.Pointer
	if gp.goid != 0 {
		n = *otelWord(gp)
	}
	for i := 0; n != nil && *(*unsafe.Pointer)(add(n, at.State)) == nil; i++ {
		if i == 16 || gp.m == nil || gp.m.p == 0 || readgstatus(gp)&^_Gscan == _Gsyscall {
			n = nil
			break
		}
		n = *(*unsafe.Pointer)(add(n, at.Beneath))
	}
	if n != nil {
		trace := (*[16]uint8)(add(n, at.Trace))
		for i := 0; i < 8; i++ {
			header[1] = header[1]<<8 | uint64(trace[i])
			header[2] = header[2]<<8 | uint64(trace[8+i])
		}
		header[3] = otelProfileSpan(n)
		root := n
		if w := *(*unsafe.Pointer)(add(n, at.Work)); w != nil && *(*unsafe.Pointer)(add(w, at.State)) != nil {
			root = w
		}
		header[4] = otelProfileSpan(root)
		if *(*uint8)(add(root, at.Recording)) == 1 && *(*uint8)(add(root, at.Ours)) == 1 {
			header[0] |= 1 << 32
		}
		otelProfileCount(header[3], 1, 0)
		otelProfileCount(header[4], 0, 1)
	}
	cpuprof.log.write(tag, now, header[:], stk)
}

//go:linkname otelProfileSpan
//go:noinline
func otelProfileSpan(n unsafe.Pointer) (id uint64) {
	for _, b := range (*[8]uint8)(add(n, otelProfileLayout.Span)) {
		id = id<<8 | uint64(b)
	}
	return id
}

//go:linkname otelProfileCount
//go:noinline
func otelProfileCount(span uint64, self, total uint32) {
	if span == 0 || len(otelProfileCounts) == 0 {
		return
	}
	at := &otelProfileCounts[span&uint64(len(otelProfileCounts)-1)]
	if at.Span != span {
		at.Span, at.Self, at.Total = span, 0, 0
	}
	at.Self += self
	at.Total += total
}

// otelProfileRecords fills to with what the runtime has recorded since the program
// began, and returns how many records there are: of allocations ('m': objects and
// bytes allocated, objects and bytes in use, as sampled), of contention of locks
// ('x': number, cycles) or of blocking ('b': likewise). If these are more than to
// has room for, nothing is filled. Stacks are the runtime's own and never change.
//
// runtime.MemProfile would tell the same of allocations; but the linker has the
// runtime record these only in a program that refers to it, as a program of the
// user's may or may not.
//
//go:linkname otelProfileRecords
var otelProfileRecords func(kind byte, to []struct {
	Stack  []uintptr
	Values [4]int64
}) int = otelProfileCopy

//go:linkname otelProfileCopy
//go:noinline
func otelProfileCopy(kind byte, to []struct {
	Stack  []uintptr
	Values [4]int64
}) (n int) {
	if kind == 'm' {
		lock(&profMemActiveLock)
		head := (*bucket)(mbuckets.Load())
		none := true
		for b := head; b != nil; b = b.allnext {
			mp := b.mp()
			if n++; mp.active.allocs != 0 {
				none = false
			}
		}
		if none { // no garbage collection has ended yet
			for b := head; b != nil; b = b.allnext {
				mp := b.mp()
				for c := range mp.future {
					lock(&profMemFutureLock[c])
					mp.active.add(&mp.future[c])
					mp.future[c] = memRecordCycle{}
					unlock(&profMemFutureLock[c])
				}
			}
		}
		if n <= len(to) {
			for i, b := 0, head; b != nil; i, b = i+1, b.allnext {
				mp := b.mp()
				used := int64(mp.active.allocs) - int64(mp.active.frees)
				to[i].Stack = b.stk()
				to[i].Values = [4]int64{int64(mp.active.allocs), int64(mp.active.allocs) * int64(b.size), used, used * int64(b.size)}
			}
		}
		unlock(&profMemActiveLock)
		return n
	}
	lock(&profBlockLock)
	head := (*bucket)(bbuckets.Load())
	if kind == 'x' {
		head = (*bucket)(xbuckets.Load())
	}
	for b := head; b != nil; b = b.allnext {
		n++
	}
	if n <= len(to) {
		for i, b := 0, head; b != nil; i, b = i+1, b.allnext {
			bp := b.bp()
			to[i].Stack = b.stk()
			to[i].Values = [4]int64{int64(bp.count), bp.cycles}
		}
	}
	unlock(&profBlockLock)
	return n
}

// otelProfileTicks is how many cycles of such a record a second has.
//
//go:linkname otelProfileTicks
var otelProfileTicks func() int64 = ticksPerSecond

// otelProfileRate is MemProfileRate, which the program may set while we read it: here
// the race detector doesn't see that.
//
//go:linkname otelProfileRate
var otelProfileRate func() int = otelProfileMemRate

//go:linkname otelProfileMemRate
//go:noinline
func otelProfileMemRate() int { return MemProfileRate }
