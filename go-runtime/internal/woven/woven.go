// SPDX-License-Identifier: Apache-2.0

// Package woven knows what otel wove into the program. "otel version -m"
// finds the same text in the binary's bytes.
package woven

// Text has one fact a line, fields separated by tabs; see
// lib/plan/woven_text.h. It is empty in a program that otel didn't build.
var Text string
