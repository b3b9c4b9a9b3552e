// SPDX-License-Identifier: Apache-2.0

// Package switches says which instrumentations the environment has switched
// off.
package switches

import (
	"os"
	"strings"
)

// Off reports whether OTEL_GO_DISABLED_INSTRUMENTATIONS lists one of the names
// by which a library is known. To be asked once, at start.
func Off(names ...string) bool {
	for _, off := range strings.Split(os.Getenv("OTEL_GO_DISABLED_INSTRUMENTATIONS"), ",") {
		off = strings.TrimSpace(off)
		for _, name := range names {
			if off == name {
				return true
			}
		}
	}
	return false
}
