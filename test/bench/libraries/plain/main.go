// SPDX-License-Identifier: Apache-2.0

// plain is the program as it is built with go and with otel.
package main

import "otel.test/libraries/calls"

func main() { calls.Print(calls.Instrumentation{}) }
