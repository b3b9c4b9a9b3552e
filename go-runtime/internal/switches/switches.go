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
	"client_golang", "github.com/prometheus/client_golang", "slog", "log/slog", "zap", "go.uber.org/zap", "logrus", "github.com/sirupsen/logrus", "log", "otel:span", "span", "opentelemetry", "otel",
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
