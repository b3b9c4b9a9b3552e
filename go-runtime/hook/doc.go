// SPDX-License-Identifier: Apache-2.0

// Package hook is what generated glue calls around hooks: where a call begins,
// and the containment of a hook that panics. It knows neither rules nor
// OpenTelemetry.
//
// The API for authors of hooks is the module otel.example/hook; its types have
// their old names here too.
package hook

import "otel.example/hook"

// The types of the published module, for hooks that import this package.
type (
	Call      = hook.Call
	Function  = hook.Function
	Directive = hook.Directive
)
