// SPDX-License-Identifier: Apache-2.0

// Command plain measures the same functions; it is built without otel.
package main

import "example.com/cost/measure"

func main() { measure.Print() }
