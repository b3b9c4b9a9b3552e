// SPDX-License-Identifier: Apache-2.0

// A program that has a secret in each place where programs have them, and says nothing.
// Its own code puts it into no span, metric or log record.
package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// secret is what must not leave in any telemetry.
var secret = os.Getenv("PLANTED")

// written is a text as a message has it: in quotes if it would end otherwise.
func written(text string) string {
	if strings.ContainsAny(text, " \"'") {
		return strconv.Quote(text)
	}
	return text
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	web(ctx)
	names(ctx)
	statements(ctx)
	stores(ctx)
	calls(ctx)
	loggers(ctx)
	spans(ctx)
	scrape()
	if os.Getenv("ENDING") == "panic" {
		panic("password=" + secret)
	}
}

// scrape prints what is served for Prometheus.
func scrape() {
	port := os.Getenv("OTEL_EXPORTER_PROMETHEUS_PORT")
	if port == "" {
		return
	}
	for _, accept := range []string{"text/plain", "application/openmetrics-text"} {
		request, _ := http.NewRequest("GET", "http://localhost:"+port+"/metrics", nil)
		request.Header.Set("Accept", accept)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			os.Stdout.WriteString("no metrics: " + err.Error())
			return
		}
		io.Copy(os.Stdout, response.Body)
		response.Body.Close()
	}
}
