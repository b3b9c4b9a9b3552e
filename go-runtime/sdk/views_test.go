// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"bytes"
	"context"
	"testing"
)

// The views of a configuration file are those of the provider.
func TestViewsOfAFile(t *testing.T) {
	m, sent, told := metricsOfFile(t, `file_format: "1.0"
meter_provider:
  readers: [{periodic: {exporter: {otlp_http: {endpoint: "URL"}}}}]
  views: [{selector: {instrument_name: "dropped.*"}, stream: {aggregation: {drop: }}}]
`)
	if len(told) != 0 {
		t.Errorf("%q", told)
	}
	for _, name := range []string{"dropped.one", "kept.one"} {
		counter, _ := m.provider.Meter("m").Int64Counter(name)
		counter.Add(context.Background(), 1)
	}
	if err := m.provider.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(*sent, []byte("kept.one")) || bytes.Contains(*sent, []byte("dropped.one")) {
		t.Errorf("%q", *sent)
	}
}
