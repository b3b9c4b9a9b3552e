// SPDX-License-Identifier: Apache-2.0

package rpc

import (
	"strings"

	"otel.runtime/internal/environ"
	"otel.runtime/internal/pattern"
)

// excluded are patterns of methods, "package.Service/Method", that aren't traced.
var excluded = pattern.List(environ.Get("OTEL_GO_RPC_EXCLUDE"))

// Exclude has other patterns, for tests; restore has those of before.
func Exclude(patterns string) (restore func()) {
	before := excluded
	excluded = pattern.List(patterns)
	return func() { excluded = before }
}

// Excluded reports whether calls of a method, with a slash in front of it or without,
// aren't to be traced, by a server as by a client. A pattern without a slash is of a
// service.
func Excluded(full string) bool {
	if len(excluded) == 0 {
		return false
	}
	full = strings.TrimPrefix(full, "/")
	service, _, _ := strings.Cut(full, "/")
	for _, p := range excluded {
		if pattern.Matches(p, full) || !strings.Contains(p, "/") && pattern.Matches(p, service) {
			return true
		}
	}
	return false
}
