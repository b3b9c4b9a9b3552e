// SPDX-License-Identifier: Apache-2.0

// Package otelspan has the hooks of the directive //otel:span: an INTERNAL span
// for each call of the function that it stands above.
//
//	//otel:span [name] [key=parameter …]
//
// Without a name the span is called as the function is: "Pay", "Client.Pay". A
// name with blanks is written as a Go string. Each key becomes an attribute
// with the value of that parameter, or of the receiver, at entry.
//
// The span is a child of the span in the function's context if its first
// parameter is a context.Context, and this then has the new span; else of the
// goroutine's current one. If the last result is an error that isn't nil, or
// if the function is left by a panic, the span's status is Error.
package otelspan
