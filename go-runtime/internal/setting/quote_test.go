// SPDX-License-Identifier: Apache-2.0

package setting

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	for value, want := range map[string]string{
		"otpl":                        `"otpl"`,
		"base2_exponential_histogram": `"base2_exponential_histogram"`,
		"5s":                          `"5s"`,
		"collector.observability.svc.cluster.local:4317":        `"collector.observability.svc.cluster.local:4317"`,
		"grpc://user:hunter2@host":                              `"grpc://REDACTED@host"`,
		"grpc://user:hun@ter2/hunter2@host:1/x":                 `"grpc://REDACTED@host:1/x"`,
		"user:hunter2@host":                                     `"REDACTED@host"`,
		"unix:///run/otel.sock":                                 `"unix:///run/otel.sock"`,
		"https://host/x?key=hunter2":                            `"https://host/x?REDACTED"`,
		"https://host/x#hunter2":                                `"https://host/x#REDACTED"`,
		"api-key=hunter2":                                       `"api-key=REDACTED"`,
		"api-key:hunter2":                                       `"api-key:REDACTED"`,
		`{"password":"hunter2"}`:                                `"REDACTED"`,
		"app:hunter2@tcp(db)/shop":                              `"REDACTED@tcp(db)/shop"`,
		"Bearer hunter2":                                        `"Bearer REDACTED"`,
		"https://ingest.example/v2/abcdef0123456789abcdef/otlp": `"https://ingest.example/v2/REDACTED/otlp"`,
		"-----BEGIN PRIVATE KEY-----hunter2":                    `"REDACTED"`,
		"a\nhunter2":                                            `"REDACTED"`,
		"glc_eyJvIjoiMTIzNDU2Nzg5MCIsIm4iOiJodW50ZXIyIn0":       `"glc_REDACTED"`,
		strings.Repeat("ab.", 100):                              `"` + strings.Repeat("ab.", 26) + `ab…"`,
		"":                                                      `""`,
	} {
		if got := Quote(value); got != want {
			t.Errorf("%s: got %s, want %s", value, got, want)
		}
	}
}

func FuzzQuoteTellsNoPassword(f *testing.F) {
	for _, marks := range []string{"", "/", "@", "?", "#", ":", " ", "=", "://", "\n", "%", "\xff"} {
		f.Add(marks, "")
		f.Add("", marks)
		f.Add(marks, marks)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, form := range []string{"https://user:PASSWORD@host:4317/path", "user:PASSWORD@host", "key=PASSWORD"} {
			value := strings.Replace(form, "PASSWORD", before+"planted"+after, 1)
			if told := Quote(value); strings.Contains(told, "planted") {
				t.Errorf("%q is told as %s", value, told)
			}
		}
	})
}
