// SPDX-License-Identifier: Apache-2.0

package db

import (
	"strings"

	"otel.runtime/internal/environ"
)

// Disabled reports whether OTEL_GO_DISABLED_INSTRUMENTATIONS lists one of the
// names. To be asked once, at start.
func Disabled(names ...string) bool {
	for _, word := range strings.Split(environ.Get("OTEL_GO_DISABLED_INSTRUMENTATIONS"), ",") {
		for _, name := range names {
			if strings.TrimSpace(word) == name {
				return true
			}
		}
	}
	return false
}
