// SPDX-License-Identifier: Apache-2.0

// Package secrets has one program with a secret in each place where programs have
// them, and looks for it in every byte that telemetry sends or says.
package secrets

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"libraries/libtest"
	"libraries/servers"
)

// planted are secrets, with the parts of them by which they are known again: any of
// these in what is sent or said is a leak.
var planted = map[string]struct {
	secret string
	parts  []string
}{
	"token":      {"qzxj-secret-4711", []string{"qzxj", "secret-4711"}},
	"word":       {"qzxjword", []string{"qzxj"}},
	"characters": {`qzxjA@qzxjB/qzxjC:qzxjD?#qzxjE&%;p=qzxjF`, []string{"qzxj"}},
	"quotes":     {`qzxjA"qzxjB'qzxjC\qzxjD} qzxjE`, []string{"qzxj"}},
}

func forms(part string) []string {
	return []string{part, strings.ToUpper(part), hex.EncodeToString([]byte(part)), base64.StdEncoding.EncodeToString([]byte(part))[:5]}
}

// leaks are texts around parts of a secret.
func leaks(data []byte, parts []string) (all []string) {
	text := string(data)
	for _, part := range parts {
		for _, form := range forms(part) {
			for from := 0; len(all) < 3; {
				at := strings.Index(text[from:], form)
				if at < 0 {
					break
				}
				from += at + len(form)
				all = append(all, around(text, from-len(form)))
			}
		}
	}
	return all
}

func around(text string, at int) string {
	return strconv.Quote(text[max(0, at-100):min(len(text), at+40)])
}

func TestNoSecretLeaves(t *testing.T) {
	requires := libtest.Promised(t, "github.com/jackc/pgx/v5", "github.com/lib/pq", "github.com/go-sql-driver/mysql", "modernc.org/sqlite",
		"github.com/redis/go-redis/v9", "go.mongodb.org/mongo-driver", "go.uber.org/zap", "github.com/sirupsen/logrus", "github.com/rs/zerolog", "gorm.io/gorm")
	requires = append(requires, "google.golang.org/grpc@v1.67.3", "github.com/microsoft/go-mssqldb@v1.11.2", "github.com/sijms/go-ora/v2@v2.8.24")
	program := libtest.NewProgram(t, "testdata/leaky", requires...)
	program.Complete(t)
	woven := program.Woven(t)
	for name, secret := range planted {
		for kind, settings := range exports(t, secret.secret) {
			if name != "characters" && kind != "http/protobuf" && kind != "wrong settings" {
				continue // how it leaves doesn't depend on the secret
			}
			t.Run(name+"/"+kind, func(t *testing.T) {
				c := startCollector(t, strings.Contains(kind, "rude"))
				endpoint := strings.Replace(c.URL, "http://", "http://"+url.UserPassword("u", secret.secret).String()+"@", 1)
				env := append([]string{
					"PLANTED=" + secret.secret, "OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint, "OTEL_EXPORTER_OTLP_HEADERS=api-key=" + url.PathEscape(secret.secret),
					"OTEL_TRACES_EXPORTER=otlp", "OTEL_METRICS_EXPORTER=otlp", "OTEL_LOGS_EXPORTER=otlp", "OTEL_GO_RESOURCE_DETECTORS=all", "OTEL_LOG_LEVEL=debug",
					"OTEL_GO_FLUSH_TIMEOUT=20s", "DATABASE_URL=postgres://u:" + secret.secret + "@h/x", "OTEL_GO_X_OBSERVABILITY=true",
				}, settings...)
				for _, side := range []string{"SERVER_CAPTURE_REQUEST", "SERVER_CAPTURE_RESPONSE", "CLIENT_CAPTURE_REQUEST", "CLIENT_CAPTURE_RESPONSE"} {
					env = append(env, "OTEL_INSTRUMENTATION_HTTP_"+side+"_HEADERS=authorization,proxy-authorization,cookie,set-cookie,x-api-key,x-token,location,referer,x-debug,baggage")
				}
				said := libtest.Run(t, woven, env, "serve", "--password", secret.secret, "--db=postgres://u:"+secret.secret+"@h/x", "-p"+secret.secret, "--header", "Authorization: "+secret.secret,
					"--user=bob:"+secret.secret, `{"password":`+strconv.Quote(secret.secret)+`}`, "host=h password="+secret.secret)
				if kind == "uncaught panic" { // which the program's own run time prints
					said = ""
				}
				for _, found := range leaks([]byte(said), secret.parts) {
					t.Errorf("it is said: %s", found)
				}
				all := 0
				for path, body := range c.taken() {
					all += len(body)
					for _, found := range leaks(body, secret.parts) {
						t.Errorf("it is sent to %s: %s", path, found)
					}
				}
				nothing := kind == "console" || kind == "wrong settings" || kind == "proxy"
				if nothing != (all < 50_000) || len(said) < 100 && kind != "uncaught panic" {
					t.Errorf("%d bytes were sent, %d said", all, len(said))
				}
			})
		}
	}
}

// exports are the ways out, with the secret in settings where people have it, and
// where they have it by mistake.
func exports(t *testing.T, secret string) map[string][]string {
	escaped := url.PathEscape(secret)
	file := filepath.Join(t.TempDir(), "otel.yaml")
	text := "file_format: '1.0'\npropagator: {composite: [{tracecontext: }, {baggage: }]}\nresource: {attributes: [{name: port, value: ${PLANTED}, type: int}]}\n" +
		"tracer_provider: {processors: [{batch: {exporter: {otlp_http: {endpoint: '${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces', headers: [{name: api-key, value: \"${PLANTED}\"}], headers_list: 'x=" + escaped + "', compression: " + strconv.Quote(secret) + "}}}}]}\n" +
		"meter_provider: {readers: [{periodic: {exporter: {otlp_grpc: {endpoint: '${OTEL_EXPORTER_OTLP_ENDPOINT}', timeout: " + strconv.Quote(secret) + "}}}}]}\n" +
		"logger_provider: {processors: [{simple: {exporter: {otlp_http: {endpoint: '${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/logs', password: " + strconv.Quote(secret) + "}}}}]}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const otlp = "OTEL_EXPORTER_OTLP_PROTOCOL="
	return map[string][]string{
		"http/protobuf":      {otlp + "http/protobuf"},
		"http/json":          {otlp + "http/json"},
		"grpc":               {otlp + "grpc", "OTEL_EXPORTER_OTLP_COMPRESSION=gzip"},
		"rude http":          {otlp + "http/protobuf"},
		"rude grpc":          {otlp + "grpc"},
		"console":            {"OTEL_TRACES_EXPORTER=console", "OTEL_METRICS_EXPORTER=console", "OTEL_LOGS_EXPORTER=console"},
		"prometheus":         {"OTEL_METRICS_EXPORTER=prometheus", "OTEL_EXPORTER_PROMETHEUS_PORT=" + servers.FreePort(t)},
		"configuration file": {"OTEL_CONFIG_FILE=" + file},
		"old names":          {otlp + "http/protobuf", "OTEL_SEMCONV_STABILITY_OPT_IN=rpc/dup", "OTEL_GO_LOGS_UNREDACTED="},
		"uncaught panic":     {otlp + "http/protobuf", "ENDING=panic"},
		"proxy": {otlp + "http/protobuf", "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector.invalid:4318", "HTTP_PROXY=http://u:" + secret + "@127.0.0.1:1", "HTTPS_PROXY=http://u:" + secret + "@127.0.0.1:1",
			"OTEL_TRACES_EXPORTER=otlp,console"},
		"wrong settings": {
			"OTEL_EXPORTER_OTLP_ENDPOINT=grpc://u:" + secret + "@h:1", "OTEL_EXPORTER_OTLP_PROTOCOL=password=" + secret, "OTEL_EXPORTER_OTLP_HEADERS=" + secret, "OTEL_EXPORTER_OTLP_TIMEOUT=token:" + secret,
			"OTEL_RESOURCE_ATTRIBUTES=" + secret, "OTEL_TRACES_SAMPLER=u:" + secret + "@h", "OTEL_TRACES_SAMPLER_ARG=api_key=" + secret, "OTEL_PROPAGATORS=password=" + secret, "OTEL_BSP_SCHEDULE_DELAY=Bearer " + secret,
			"OTEL_METRICS_EXPORTER=console,api-key:" + secret, "OTEL_EXPORTER_OTLP_CERTIFICATE=-----BEGIN PRIVATE KEY-----" + secret, "OTEL_GO_DISABLED_INSTRUMENTATIONS=password=" + secret, "OTEL_EXPORTER_OTLP_HEADER=x=" + secret,
		},
	}
}
