// SPDX-License-Identifier: Apache-2.0

package current

import (
	"strings"
	"sync/atomic"
	"unsafe"

	"go.opentelemetry.io/otel/trace"
)

// hookScopes is what the instrumentation scopes of our hooks begin with: they
// push and end their spans themselves.
const hookScopes = "otel.runtime/"

// IsHookScope reports whether a tracer of that name belongs to our hooks.
func IsHookScope(name string) bool { return strings.HasPrefix(name, hookScopes) }

// ownSDK is the provider of our SDK, and the one in front of it, by their
// addresses; nil if there is none.
var ownSDK, ownFront atomic.Pointer[byte]

// SetOurs says which provider is that of our SDK, and which one the program sees
// in its place. Both are pointers; front may be nil.
func SetOurs(provider, front trace.TracerProvider) {
	ownSDK.Store((*byte)((*words)(unsafe.Pointer(&provider)).value))
	ownFront.Store((*byte)((*words)(unsafe.Pointer(&front)).value))
}

// IsOurs reports whether a provider is one of these.
func IsOurs(provider trace.TracerProvider) bool {
	value := (*byte)((*words)(unsafe.Pointer(&provider)).value)
	return value != nil && (value == ownSDK.Load() || value == ownFront.Load())
}

// SDKTracks is whether the SDK is woven: then it is there that the program's
// spans are tracked, and our provider's tracers needn't.
var SDKTracks bool
