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

// ownSDK is the provider of our SDK, by its address; nil if there is none.
var ownSDK atomic.Pointer[byte]

// SetOurs says which provider is that of our SDK. It is a pointer.
func SetOurs(provider trace.TracerProvider) {
	ownSDK.Store((*byte)((*words)(unsafe.Pointer(&provider)).value))
}

// IsOurs reports whether a provider is the one of our SDK.
func IsOurs(provider trace.TracerProvider) bool {
	own := ownSDK.Load()
	return own != nil && (*words)(unsafe.Pointer(&provider)).value == unsafe.Pointer(own)
}

// SDKTracks is whether the SDK is woven: then it is there that the program's
// spans are tracked, and our provider's tracers needn't.
var SDKTracks bool
