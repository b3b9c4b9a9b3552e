// SPDX-License-Identifier: Apache-2.0

package db

import (
	"os"
	"strings"
)

// Disabled reports whether OTEL_GO_DISABLED_INSTRUMENTATIONS lists one of the
// names. To be asked once, at start.
func Disabled(names ...string) bool {
	for _, word := range strings.Split(os.Getenv("OTEL_GO_DISABLED_INSTRUMENTATIONS"), ",") {
		for _, name := range names {
			if strings.TrimSpace(word) == name {
				return true
			}
		}
	}
	return false
}
