// SPDX-License-Identifier: Apache-2.0

// Package switches says which instrumentations the environment has switched
// off.
package switches

import (
	"strings"

	"otel.runtime/internal/environ"
	"otel.runtime/internal/near"
)

// Off reports whether OTEL_GO_DISABLED_INSTRUMENTATIONS lists one of the names
// by which a library is known. To be asked once, at start.
func Off(names ...string) bool {
	return Lists(environ.Get("OTEL_GO_DISABLED_INSTRUMENTATIONS"), names...)
}

// Lists reports whether a list of that form has one of the names.
func Lists(list string, names ...string) bool {
	for _, off := range strings.Split(list, ",") {
		off = strings.TrimSpace(off)
		for _, name := range names {
			if off == name {
				return true
			}
		}
	}
	return false
}

// Unknown are the names in a list that no library here has, each with the nearest
// that one has, or "".
func Unknown(list string) (names, meant []string) {
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if best := near.Name(name, Known); best != name {
			names, meant = append(names, name), append(meant, best)
		}
	}
	return names, meant
}
