// SPDX-License-Identifier: Apache-2.0

// Package hooktest builds programs that are woven by the rule sets, without
// otel: for tests of the run time alone. It splices the same text at the same
// places as lib/weave, through go build's -overlay, and knows of rules and
// hooks only what the rule sets of the standard library use. No program links
// it.
package hooktest
