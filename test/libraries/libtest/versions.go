// SPDX-License-Identifier: Apache-2.0

package libtest

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Full reports whether all versions are to be tested, not only one.
func Full() bool { return os.Getenv("OTEL_TEST_FULL") != "" }

// Release is a version of a library, with what it is tested with.
type Release struct {
	Version string
	// With are further requirements, "example.com/m@v1.2.3": a driver that goes
	// with the release, or what the Go release needs of one of its dependencies.
	With []string
}

// Library is a module under test.
type Library struct {
	Module   string
	Releases []Release // oldest first
	Quick    string    // the version that is tested each time: the one that was promised
}

func versions(module, quick string, all ...string) Library {
	l := Library{Module: module, Quick: quick}
	for _, version := range all {
		l.Releases = append(l.Releases, Release{Version: version})
	}
	return l
}

// Libraries are all modules under test: the oldest release that is promised, the
// one that is tested each time, and the newest there was.
var Libraries = []Library{
	versions("github.com/gin-gonic/gin", "v1.10.0", "v1.7.0", "v1.10.0", "v1.12.0"),
	versions("github.com/labstack/echo/v4", "v4.12.0", "v4.0.0", "v4.12.0", "v4.16.0"),
	versions("github.com/labstack/echo/v5", "v5.3.1", "v5.3.1"),
	versions("github.com/gorilla/mux", "v1.8.1", "v1.3.0", "v1.8.1"),
	{"github.com/gorilla/websocket", []Release{
		{"v1.4.0", []string{"github.com/coder/websocket@v1.8.12", "golang.org/x/net@v0.26.0", "github.com/go-chi/chi/v5@v5.0.0"}},
		{"v1.5.3", []string{"github.com/coder/websocket@v1.8.15", "golang.org/x/net@v0.56.0", "github.com/go-chi/chi/v5@v5.5.0"}},
	}, "v1.5.3"},
	versions("google.golang.org/grpc", "v1.61.0", "v1.44.0", "v1.61.0", "v1.85.0"),
	versions("github.com/jackc/pgx/v5", "v5.5.5", "v5.5.5", "v5.12.0"),
	versions("github.com/lib/pq", "v1.10.9", "v1.10.9", "v1.12.3"),
	versions("github.com/go-sql-driver/mysql", "v1.8.1", "v1.8.1", "v1.10.1"),
	versions("modernc.org/sqlite", "v1.29.5", "v1.29.5"),
	{"gorm.io/gorm", []Release{
		{"v1.22.0", []string{"gorm.io/driver/mysql@v1.1.2"}},
		{"v1.25.9", []string{"gorm.io/driver/mysql@v1.5.6"}},
		{"v1.31.2", []string{"gorm.io/driver/mysql@v1.6.0"}},
	}, "v1.25.9"},
	versions("github.com/redis/go-redis/v9", "v9.5.1", "v9.0.5", "v9.5.1", "v9.23.0"),
	versions("github.com/go-redis/redis/v8", "", "v8.11.5"),
	versions("go.mongodb.org/mongo-driver", "v1.15.1", "v1.11.1", "v1.15.1", "v1.17.10"),
	versions("go.mongodb.org/mongo-driver/v2", "", "v2.0.0", "v2.9.3"),
	versions("go.uber.org/zap", "v1.27.0", "v1.20.0", "v1.27.0", "v1.28.0"),
	versions("github.com/sirupsen/logrus", "v1.9.3", "v1.5.0", "v1.9.3", "v1.10.2"),
	versions("github.com/prometheus/client_golang", "v1.20.5", "v1.11.0", "v1.20.5", "v1.25.0"),
}

// EachVersion runs a test, named after the version, for each release of a module
// that is to be tested now. What it requires is the module first.
func EachVersion(t *testing.T, module string, test func(t *testing.T, version string, requires []string)) {
	at := slices.IndexFunc(Libraries, func(l Library) bool { return l.Module == module })
	if at < 0 {
		t.Fatalf("%s isn't among the libraries", module)
	}
	for _, release := range Libraries[at].Releases {
		if release.Version == Libraries[at].Quick || Full() {
			t.Run(release.Version, func(t *testing.T) {
				test(t, release.Version, append([]string{module + "@" + release.Version}, release.With...))
			})
		}
	}
}

// Promised is what is required to have each of some modules, "example.com/m", at
// the version that is tested each time.
func Promised(t testing.TB, modules ...string) (requires []string) {
	t.Helper()
	for _, module := range modules {
		at := slices.IndexFunc(Libraries, func(l Library) bool { return l.Module == module && l.Quick != "" })
		if at < 0 {
			t.Fatalf("%s isn't among the libraries", module)
		}
		requires = append(requires, module+"@"+Libraries[at].Quick)
		for _, release := range Libraries[at].Releases {
			if release.Version == Libraries[at].Quick {
				requires = append(requires, release.With...)
			}
		}
	}
	return requires
}

// Module is the path in a requirement, "example.com/m@v1.2.3".
func Module(requirement string) string {
	path, _, _ := strings.Cut(requirement, "@")
	return path
}
