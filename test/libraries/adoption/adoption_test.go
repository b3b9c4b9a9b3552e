// SPDX-License-Identifier: Apache-2.0

// Package adoption has a program use the instrumentation packages that do what
// hooks do too.
package adoption

import (
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

var requires = []string{
	"github.com/XSAM/otelsql@v0.44.0",
	"github.com/exaring/otelpgx@v0.13.0",
	"github.com/redis/go-redis/extra/redisotel/v9@v9.23.0",
	"go.mongodb.org/mongo-driver@v1.17.10",
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin@v0.65.0",
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux@v0.58.0",
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho@v0.60.0",
	"go.opentelemetry.io/contrib/instrumentation/go.mongodb.org/mongo-driver/mongo/otelmongo@v0.40.0",
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc@v0.70.0",
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp@v0.70.0",
	"go.opentelemetry.io/otel/sdk@v1.47.0",
}

// One thing has one span, where the program wanted it: for each package, with the
// global provider and with one that is passed, as a server and as a client, each
// provider gets the spans of the plain build, with their parents, links, events,
// attributes, statuses and times, and no others. Where not all is tested, stories
// have three of the packages.
func TestOneSpanForOneThing(t *testing.T) {
	if !libtest.Full() {
		return
	}
	program := libtest.NewProgram(t, "testdata/matrix", requires...)
	program.Complete(t, requires...)
	plain, woven := program.Plain(t), program.Woven(t)
	env := []string{
		"REDIS=" + servers.Redis(t), "MONGO=" + servers.BuildMongo(t).Start(t), "POSTGRES=" + servers.Postgres(t),
		"OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none",
	}
	want, got := libtest.Run(t, plain, env), libtest.Run(t, woven, env)
	if want != got {
		t.Errorf("plain and woven differ:\n%s", libtest.Difference(want, got))
	}
	libtest.RunRace(t, program, want, env, libtest.AsIs)
	for _, provider := range []string{"global", "passed"} {
		for _, of := range []string{"otelhttp server", "otelhttp client", "otelgin", "otelecho", "otelmux", "otelgrpc", "otelsql", "redisotel", "otelmongo", "otelpgx", "otelpgx natively"} {
			if !strings.Contains(want, of+", "+provider+": "+provider+": ") {
				t.Errorf("%s: %s has no span in the plain build:\n%s", of, provider, want)
			}
		}
	}
}
