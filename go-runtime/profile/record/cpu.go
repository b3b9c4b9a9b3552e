// SPDX-License-Identifier: Apache-2.0

package record

import (
	"encoding/binary"
	"time"
	"unsafe"

	"otel.runtime/profile"
)

// cpu adds up samples of CPU time. For one goroutine at a time.
type cpu struct {
	hz int

	began   time.Time
	stacks  stacks
	samples map[cpuSample]int64 // how many there are of each
	lost    int64
}

// cpuSample is what samples have in common that are counted as one. The tag, which
// keeps the goroutine's labels, is of the window that it was seen in.
type cpuSample struct {
	stack      int32
	wait       bool // the end of root will be known
	high, low  uint64
	span, root uint64
	tag        unsafe.Pointer
}

// mostSamples is how many are told apart in a window: of the others, only the stack
// is known.
const mostSamples = 1 << 16

// headerWords precede the stack in a record: length, time, the number of samples,
// the trace, the span, the root.
const headerWords = 7

// collect takes over what the runtime has recorded, and begins to profile where
// nobody does.
func (c *cpu) collect() {
	for {
		data, tags, eof := readCPU()
		c.add(data, tags)
		if eof {
			startCPU(c.hz)
			return
		}
		if len(data) == 0 {
			return
		}
	}
}

func (c *cpu) add(data []uint64, tags []unsafe.Pointer) {
	var stack [128]uintptr
	for n := 0; len(data) >= headerWords && n < len(tags); n++ {
		record := data[:data[0]]
		data = data[data[0]:]
		pcs := stack[:0]
		for _, pc := range record[headerWords:] {
			pcs = append(pcs, uintptr(pc))
		}
		if record[2] == 0 && len(pcs) == 1 { // the log was full
			c.lost += int64(pcs[0])
			continue
		}
		c.count(cpuSample{c.stacks.number(pcs), record[2]>>32 != 0, record[3], record[4], record[5], record[6], tags[n]}, int64(uint32(record[2])))
	}
}

func (c *cpu) count(of cpuSample, n int64) {
	if c.samples == nil {
		c.samples = map[cpuSample]int64{}
	}
	if _, known := c.samples[of]; !known && len(c.samples) >= mostSamples {
		of = cpuSample{stack: of.stack}
	}
	c.samples[of] += n
}

// window is what was added up since the last one; nil if there is nothing. What belongs
// to work that hasn't ended yet, so that its route isn't known, is left to the next
// window, once: ended tells, and is nil if there is no next window.
func (c *cpu) window(now time.Time, ended func(root uint64) bool) *profile.Profile {
	next := cpu{hz: c.hz, began: now}
	period := int64(time.Second) / int64(c.hz)
	made := &profile.Profile{
		Kind: profile.CPU, Start: c.began, End: now, Lost: c.lost,
		Types:      []profile.ValueType{{Type: "samples", Unit: "count"}, {Type: "cpu", Unit: "nanoseconds"}},
		PeriodType: profile.ValueType{Type: "cpu", Unit: "nanoseconds"}, Period: period,
	}
	var named frames
	stacks := make([][]int32, len(c.stacks.all))
	for of, n := range c.samples {
		if of.wait && ended != nil && !ended(of.root) {
			of.wait, of.stack = false, next.stacks.number(c.stacks.all[of.stack])
			next.count(of, n)
			continue
		}
		if stacks[of.stack] == nil {
			stacks[of.stack] = named.of(c.stacks.all[of.stack])
		}
		sample := profile.Sample{Stack: stacks[of.stack], Values: []int64{n, n * period}, Labels: labelsAt(of.tag)}
		binary.BigEndian.PutUint64(sample.Span.Trace[:8], of.high)
		binary.BigEndian.PutUint64(sample.Span.Trace[8:], of.low)
		binary.BigEndian.PutUint64(sample.Span.ID[:], of.span)
		binary.BigEndian.PutUint64(sample.Span.Root[:], of.root)
		made.Samples = append(made.Samples, sample)
	}
	made.Frames = named.all
	*c = next
	if len(made.Samples) == 0 && made.Lost == 0 {
		return nil
	}
	return made
}
