// SPDX-License-Identifier: Apache-2.0

// Package suites runs the libraries' own tests with their package woven.
package suites

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

// suites are the libraries whose tests need no server, or one that is there, with
// those packages of them that rules are for.
var suites = []struct {
	module, version string
	packages        []string
	quick           bool
	// allocating tests say that a request costs no memory, which one that is traced
	// does. With the SDK disabled they pass.
	allocating []string
}{
	{"github.com/gorilla/mux", "v1.8.1", []string{"./..."}, true, nil},
	{"github.com/sirupsen/logrus", "v1.9.3", []string{"."}, true, nil},
	{"github.com/gin-gonic/gin", "v1.10.0", []string{"."}, false, nil},
	{"github.com/labstack/echo/v4", "v4.12.0", []string{"./..."}, false, nil},
	{"go.uber.org/zap", "v1.27.0", []string{".", "./zapcore"}, false, nil},
	{"gorm.io/gorm", "v1.25.9", []string{"./..."}, false, nil},
	{"github.com/redis/go-redis/v9", "v9.5.1", []string{".", "./internal/..."}, false, nil},
	{"google.golang.org/grpc", "v1.61.0", []string{".", "./test"}, false, nil},
	{"github.com/redis/go-redis/extra/redisotel/v9", "v9.23.0", []string{"./..."}, false, nil},
	{"github.com/XSAM/otelsql", "v0.44.0", []string{"."}, false, nil},
	{"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc", "v0.70.0", []string{"./..."}, false, nil},
	{"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin", "v0.65.0", []string{"./..."}, false, nil},
	{"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp", "v0.70.0", []string{"./..."}, false, nil},
	{"github.com/valyala/fasthttp", "v1.78.0", []string{".", "./fasthttpadaptor"}, false, []string{"TestAllocationServeConn", "TestAllocationClient"}},
	{"github.com/gofiber/fiber/v2", "v2.52.15", []string{".", "./middleware/recover", "./middleware/adaptor"}, false, nil},
	{"github.com/gofiber/fiber/v3", "v3.1.0", []string{".", "./client", "./middleware/recover", "./middleware/timeout", "./middleware/adaptor"}, false, nil},
	{"github.com/cloudwego/hertz", "v0.10.4", []string{"./pkg/route/...", "./pkg/app/client", "./pkg/app/middlewares/server/recovery", "./pkg/protocol/http1/..."}, false, nil},
	{"github.com/grpc-ecosystem/grpc-gateway/v2", "v2.33.0", []string{"./runtime"}, false, nil},
	{"github.com/kataras/iris/v12", "v12.2.11", []string{"./core/router", "./middleware/recover"}, false, nil},
	{"github.com/emicklei/go-restful/v3", "v3.14.0", []string{"."}, false, nil},
	{"go.opentelemetry.io/collector/config/confighttp", "v0.139.0", []string{"./..."}, false, nil},
	{"go.opentelemetry.io/collector/config/configgrpc", "v0.139.0", []string{"./..."}, false, nil},
	{"github.com/jackc/pgx/v5", "v5.12.0", []string{".", "./pgxpool", "./stdlib"}, false, nil},
	{"github.com/gomodule/redigo", "v1.9.3", []string{"./redis"}, false, nil},
	{"github.com/bradfitz/gomemcache", "v0.0.0-20260422231931-4d751bb6e37c", []string{"./memcache"}, false, nil},
	{"github.com/elastic/go-elasticsearch/v7", "v7.17.10", []string{".", "./estransport"}, false, nil},
	{"github.com/rs/zerolog", "v1.35.1", []string{"./..."}, false, nil},
	{"github.com/graphql-go/graphql", "v0.8.1", []string{"."}, false, nil},
	{"github.com/99designs/gqlgen", "v0.17.98", []string{"./graphql/executor", "./graphql/handler/..."}, false, nil},
	{"connectrpc.com/connect", "v1.21.1", []string{"."}, false, nil},
	{"connectrpc.com/connect/v2", "v2.0.2", []string{"./..."}, false, nil},
}

// settings are what the tests of a library are told of a server: a variable and its
// value.
var settings = map[string]func(t testing.TB) (name, value string){
	"github.com/jackc/pgx/v5": func(t testing.TB) (name, value string) {
		return "PGX_TEST_DATABASE", "host=127.0.0.1 user=postgres dbname=postgres port=" + servers.Postgres(t)
	},
}

// What passes in a plain build passes in a woven one.
func TestOwnTestsOfLibraries(t *testing.T) {
	for _, s := range suites {
		if !s.quick && !libtest.Full() {
			continue
		}
		t.Run(s.module, func(t *testing.T) {
			folder := source(t, s.module+"@"+s.version)
			if of := settings[s.module]; of != nil {
				t.Setenv(of(t))
			}
			args := append([]string{"test", "-json", "-count=1", "-vet=off"}, s.packages...)
			plain := results(t, folder, nil, "go", args...)
			woven := results(t, folder, nil, libtest.Otel(t), append([]string{"go"}, args...)...)
			if len(s.allocating) > 0 {
				args = append([]string{"go"}, append(args, "-run", "^("+strings.Join(s.allocating, "|")+")$")...)
				for test, result := range results(t, folder, []string{"OTEL_SDK_DISABLED=true"}, libtest.Otel(t), args...) {
					woven[test] = result
				}
			}
			passed := 0
			for test, result := range plain {
				if result == "pass" {
					passed++
					if woven[test] != "pass" {
						t.Errorf("%s: %q in the woven build", test, woven[test])
					}
				}
			}
			if passed < 10 {
				t.Errorf("only %d tests pass in the plain build", passed)
			}
			t.Logf("%d tests pass in both", passed)
		})
	}
}

// source is a copy of a module that can be written.
func source(t *testing.T, module string) string {
	t.Helper()
	download := exec.Command("go", "mod", "download", "-json", module)
	download.Env = append(os.Environ(), "GOWORK=off")
	download.Dir = t.TempDir()
	out, err := download.Output()
	var of struct{ Dir string }
	if err == nil {
		err = json.Unmarshal(out, &of)
	}
	if err != nil {
		t.Fatalf("go mod download %s: %v\n%s", module, err, out)
	}
	folder := t.TempDir()
	err = filepath.WalkDir(of.Dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(folder, strings.TrimPrefix(path, of.Dir))
		if entry.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	dropFolders(t, folder)
	return folder
}

// dropFolders takes the replacements by folders out of a go.mod: what was beside the module in its repository is had as
// a module of its own.
func dropFolders(t *testing.T, folder string) {
	t.Helper()
	edit := func(args ...string) []byte {
		cmd := exec.Command("go", append([]string{"mod", "edit"}, args...)...)
		cmd.Dir = folder
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", cmd, err)
		}
		return out
	}
	var of struct {
		Replace []struct{ Old, New struct{ Path string } }
	}
	if err := json.Unmarshal(edit("-json"), &of); err != nil {
		t.Fatal(err)
	}
	for _, r := range of.Replace {
		if strings.HasPrefix(r.New.Path, ".") {
			edit("-dropreplace=" + r.Old.Path)
		}
	}
}

// results are what became of each test, "pass", "fail" or "skip", by package and
// name, with env.
func results(t *testing.T, folder string, env []string, command string, args ...string) map[string]string {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Dir = folder
	cmd.Env = append(append(os.Environ(), env...), "GOWORK=off", "GOFLAGS=-mod=mod", "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none",
		"OTEL_PROPAGATORS=none") // some look at what there is before anybody sets one
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	results := map[string]string{}
	decoder := json.NewDecoder(&out)
	for decoder.More() {
		var event struct{ Package, Test, Action string }
		if err := decoder.Decode(&event); err != nil {
			t.Fatalf("%s %s: %v\n%s", command, strings.Join(args, " "), err, said.String())
		}
		if event.Test != "" && slices.Contains([]string{"pass", "fail", "skip"}, event.Action) {
			results[event.Package+" "+event.Test] = event.Action
		}
	}
	if len(results) == 0 {
		t.Fatalf("%s %s: no test was run\n%s", command, strings.Join(args, " "), said.String())
	}
	return results
}
