// SPDX-License-Identifier: Apache-2.0

package otlp

import (
	"go.opentelemetry.io/otel/sdk/metric"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"otel.runtime/internal/setting"
)

// fromEnv reads "NAME=value" lines; NAME without its common prefix.
func fromEnv(lines ...string) (Config, []string) {
	values := map[string]string{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		values["OTEL_EXPORTER_OTLP_"+name] = value
	}
	var told []string
	c := ConfigFromEnv(Traces, func(name string) string { return values[name] }, func(s string) { told = append(told, s) })
	return c, told
}

func TestDestination(t *testing.T) {
	for _, c := range []struct {
		env  string
		want string
		told string
	}{
		{"", "grpc http://localhost:4317", ""},
		{"ENDPOINT=http://localhost:4317", "grpc http://localhost:4317", ""},
		{"ENDPOINT=http://localhost:4317/", "grpc http://localhost:4317", ""},
		{"ENDPOINT=http://localhost:4318", "http/protobuf http://localhost:4318/v1/traces", ""},
		{"ENDPOINT=http://localhost:4318/", "http/protobuf http://localhost:4318/v1/traces", ""},
		{"ENDPOINT=https://otlp.example", "grpc https://otlp.example:443", ""},
		{"ENDPOINT=http://[::1]", "grpc http://[::1]:4317", ""},
		{"ENDPOINT=https://otlp.example/otlp", "http/protobuf https://otlp.example/otlp/v1/traces", ""},
		{"ENDPOINT=collector:4317", "grpc https://collector:4317", ""},
		{"ENDPOINT=collector:4317 INSECURE=true", "grpc http://collector:4317", ""},
		{"ENDPOINT=collector INSECURE=TRUE", "grpc http://collector:4317", ""},
		{"ENDPOINT=collector:4318 INSECURE=true", "http/protobuf http://collector:4318/v1/traces", ""},
		{"TRACES_ENDPOINT=http://a:9/v1/traces", "http/protobuf http://a:9/v1/traces", ""},
		{"TRACES_ENDPOINT=http://a:4318", "http/protobuf http://a:4318/", ""},
		{"TRACES_ENDPOINT=http://a:4317 ENDPOINT=http://b:4318", "grpc http://a:4317", ""},
		{"PROTOCOL=http/protobuf", "http/protobuf http://localhost:4318/v1/traces", ""},
		{"PROTOCOL=http/protobuf ENDPOINT=http://a:4317", "http/protobuf http://a:4317/v1/traces", ""},
		{"PROTOCOL=http/json", "http/json http://localhost:4318/v1/traces", ""},
		{"PROTOCOL=http/json ENDPOINT=http://a:4317", "http/json http://a:4317/v1/traces", ""},
		{"PROTOCOL=http/protobuf TRACES_PROTOCOL=grpc", "grpc http://localhost:4317", ""},
		{"PROTOCOL=grpc ENDPOINT=http://a:4318", "grpc http://a:4318", ""},
		{"PROTOCOL=http", "grpc http://localhost:4317", `OTEL_EXPORTER_OTLP_PROTOCOL: unknown protocol "http"; known are grpc, http/protobuf and http/json, the endpoint decides`},
		{"PROTOCOL=HTTP/PROTOBUF", "http/protobuf http://localhost:4318/v1/traces", ""},
		{"ENDPOINT=dns:///collector:4317 INSECURE=true", "grpc http://collector:4317", ""},
		{"ENDPOINT=dns://resolver/collector", "grpc https://collector:443", ""},
		{"ENDPOINT=unix:///run/otel.sock", "grpc http://localhost:4317", ""},
		{"ENDPOINT=ftp://a", "grpc http://localhost:4317", `OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://a" is not an http or https URL; the default endpoint is used`},
		{"ENDPOINT=http://", "grpc http://localhost:4317", `OTEL_EXPORTER_OTLP_ENDPOINT: "http://" is not an http or https URL; the default endpoint is used`},
		{"ENDPOINT=a:1 INSECURE=yes", "grpc https://a:1", `OTEL_EXPORTER_OTLP_INSECURE: "yes" is neither true nor false; false is used`},
	} {
		config, told := fromEnv(strings.Fields(c.env)...)
		if got := string(config.Protocol) + " " + config.URL.String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.env, got, c.want)
		}
		if got := strings.Join(told, "\n"); got != c.told {
			t.Errorf("%s: told %q, want %q", c.env, got, c.told)
		}
	}
}

func TestSettings(t *testing.T) {
	c, told := fromEnv("COMPRESSION=gzip", "TIMEOUT=2500", "HEADERS=api-key=a%20b%2C, x=1,", "TRACES_COMPRESSION=none")
	if c.Gzip || c.Timeout != 2500*time.Millisecond || c.Headers.Get("Api-Key") != "a b," || c.Headers.Get("X") != "1" || len(told) > 0 {
		t.Errorf("%+v %q", c, told)
	}
	c, told = fromEnv("COMPRESSION=zstd", "TIMEOUT=1s", "HEADERS=secret,content-type=a,grpc-timeout=1,b=%zz,c=%0A,d=1")
	want := []string{
		`OTEL_EXPORTER_OTLP_COMPRESSION: unknown compression "zstd"; known are gzip and none, none is used`,
		`OTEL_EXPORTER_OTLP_TIMEOUT: "1s" is not a number of milliseconds; 10000 is used`,
		`OTEL_EXPORTER_OTLP_HEADERS: entry 1 is not a header of the form key=value; it is ignored`,
		`OTEL_EXPORTER_OTLP_HEADERS: "content-type" belongs to the protocol; it is ignored`,
		`OTEL_EXPORTER_OTLP_HEADERS: "grpc-timeout" belongs to the protocol; it is ignored`,
		`OTEL_EXPORTER_OTLP_HEADERS: entry 4 is not a header of the form key=value; it is ignored`,
		`OTEL_EXPORTER_OTLP_HEADERS: entry 5 is not a header of the form key=value; it is ignored`,
	}
	if c.Gzip || c.Timeout != defaultTimeout || len(c.Headers) != 1 || !reflect.DeepEqual(told, want) {
		t.Errorf("%+v\n%s", c, strings.Join(told, "\n"))
	}
}

func TestCertificateTrouble(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c, told := fromEnv("CERTIFICATE="+empty, "CLIENT_KEY="+empty)
	want := []string{
		"OTEL_EXPORTER_OTLP_CERTIFICATE: " + setting.Quote(empty) + ": there is no certificate in it; the system's certificates are used",
		"OTEL_EXPORTER_OTLP_CLIENT_KEY: there is no OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE with it; no client certificate is used",
	}
	if c.TLS == nil || c.TLS.RootCAs != nil || len(c.TLS.Certificates) != 0 || !reflect.DeepEqual(told, want) {
		t.Errorf("%+v\n%s", c.TLS, strings.Join(told, "\n"))
	}
}

func TestHistogramAggregation(t *testing.T) {
	for value, want := range map[string]bool{"": false, "explicit_bucket_histogram": false, "Base2_Exponential_Bucket_Histogram": true, "other": false} {
		told := 0
		c := ConfigFromEnv(Metrics, func(name string) string {
			if name == "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION" {
				return value
			}
			return ""
		}, func(string) { told++ })
		_, exponential := NewMetrics(c, nil, nil, false).Aggregation(metric.InstrumentKindHistogram).(metric.AggregationBase2ExponentialHistogram)
		if exponential != want || (told > 0) != (value == "other") {
			t.Errorf("%q: %v, told %d times", value, exponential, told)
		}
	}
}

// Whatever is in a wrong place, nothing told quotes a password.
func TestNoSettingTellsASecret(t *testing.T) {
	values := []string{"grpc://user:planted@host", "user:plan@planted/planted@host:1", "http://user:planted@host:x", "Bearer planted", "key=planted",
		"-----BEGIN CERTIFICATE-----\nplanted", "/planted=planted", "https://host:x/?planted", "content-type=planted", "grpc-x=planted"}
	count := 0
	for _, name := range []string{"ENDPOINT", "PROTOCOL", "COMPRESSION", "TIMEOUT", "HEADERS", "INSECURE", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE"} {
		for _, value := range values {
			_, told := fromEnv(name+"="+value, "ENDPOINT=host:1", name+"="+value, "CLIENT_KEY="+value)
			count += len(told)
			if text := strings.Join(told, "\n"); strings.Contains(strings.ReplaceAll(text, `"/planted=REDACTED"`, ""), "planted") {
				t.Errorf("%s=%s: %s", name, value, text)
			}
		}
	}
	if count < 50 {
		t.Errorf("only %d messages", count)
	}
}
