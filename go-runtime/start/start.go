// SPDX-License-Identifier: Apache-2.0

// Package start puts the run time together when a woven program starts. It is
// imported by the generated otel.runtime.go of each main package, and by glue,
// so that it is initialised before any hook can be called.
package start
