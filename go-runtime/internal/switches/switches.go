// SPDX-License-Identifier: Apache-2.0

// Package switches says which instrumentations the environment has switched
// off.
package switches

import (
	"strings"

	"otel.runtime/internal/environ"
)

// Off reports whether OTEL_GO_DISABLED_INSTRUMENTATIONS lists one of the names
// by which a library is known. To be asked once, at start.
func Off(names ...string) bool {
	for _, off := range strings.Split(environ.Get("OTEL_GO_DISABLED_INSTRUMENTATIONS"), ",") {
		off = strings.TrimSpace(off)
		for _, name := range names {
			if off == name {
				return true
			}
		}
	}
	return false
}

// Known are the names by which OTEL_GO_DISABLED_INSTRUMENTATIONS knows libraries.
var Known = []string{
	"net/http", "nethttp", "net/http:server", "net/http:client", "net/http:metrics",
	"gin", "github.com/gin-gonic/gin", "echo", "github.com/labstack/echo", "mux", "github.com/gorilla/mux", "grpc", "google.golang.org/grpc",
	"database/sql", "databasesql", "sql", "gorm", "gormdb", "go-redis", "goredis", "redis", "mongo-driver", "mongodb", "mongo",
	"slog", "log/slog", "zap", "go.uber.org/zap", "logrus", "github.com/sirupsen/logrus", "log", "otel:span", "span", "opentelemetry", "otel",
}

// Unknown are the names in a list that no library here has, each with the nearest
// that one has, or "".
func Unknown(list string) (names, near []string) {
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		best, distance := "", len(name)/2+1
		for _, known := range Known {
			if d := distanceOf(name, known); d < distance {
				best, distance = known, d
			}
		}
		if distance > 0 {
			names, near = append(names, name), append(near, best)
		}
	}
	return names, near
}

// distanceOf is how many letters have to be added, left out or changed.
func distanceOf(a, b string) int {
	if a == b {
		return 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			least := diagonal
			if a[i-1] != b[j-1] {
				least++
			}
			if row[j]+1 < least {
				least = row[j] + 1
			}
			if row[j-1]+1 < least {
				least = row[j-1] + 1
			}
			diagonal, row[j] = row[j], least
		}
	}
	return row[len(b)]
}
