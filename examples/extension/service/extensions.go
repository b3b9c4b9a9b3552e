// SPDX-License-Identifier: Apache-2.0

//go:build otel_hooks

package main

// Nothing in the service imports the extension; otel links its hooks. This line keeps it in go.mod (go mod tidy) and
// in vendor (go mod vendor), and is in no build.
import _ "acme.example/telemetry/hooks"
