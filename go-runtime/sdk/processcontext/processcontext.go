// SPDX-License-Identifier: Apache-2.0

// Package processcontext shows the resource to readers outside of the process, such as
// eBPF profilers, which find it in its memory. On Linux, by OpenTelemetry's process
// context.
//
// https://github.com/open-telemetry/opentelemetry-specification/blob/main/oteps/profiles/4719-process-ctx.md
package processcontext

import (
	"encoding/binary"
	"sync/atomic"
	"time"
	"unsafe"

	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/exporter/otlp"
	"otel.runtime/exporter/otlp/wire"
)

const (
	signature = "OTEL_CTX"
	version   = 2
	headSize  = 32 // signature, version, size of the payload, when, address of the payload
)

// payload is a ProcessContext message.
func payload(of *resource.Resource) []byte {
	b, m := wire.Open(nil, 1, 2)
	b = otlp.AppendAttributes(b, 1, of)
	return wire.Close(b, m)
}

// write makes memory the context; the signature, by which it counts, is written last.
func write(memory, content []byte) {
	binary.NativeEndian.PutUint32(memory[8:], version)
	binary.NativeEndian.PutUint32(memory[12:], uint32(len(content)))
	binary.NativeEndian.PutUint64(memory[16:], uint64(time.Now().UnixNano()))
	binary.NativeEndian.PutUint64(memory[24:], uint64(uintptr(unsafe.Pointer(&memory[headSize]))))
	copy(memory[headSize:], content)
	atomic.StoreUint64((*uint64)(unsafe.Pointer(&memory[0])), binary.NativeEndian.Uint64([]byte(signature)))
}
