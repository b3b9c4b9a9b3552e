// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// The limits of a configuration file are those of the reader.
func TestCardinalityLimitsOfAFile(t *testing.T) {
	m, sent, told := metricsOfFile(t, `file_format: "1.0"
meter_provider:
  readers: [{periodic: {cardinality_limits: {default: 4, counter: 3, histogram: none}, exporter: {otlp_http: {endpoint: "URL"}}}}]
`)
	if len(told) != 1 || !strings.HasSuffix(told[0], `otel.yaml:3:81: "none" is not a positive integer; it is ignored`) {
		t.Errorf("%q", told)
	}
	meter, ctx := m.provider.Meter("m"), context.Background()
	counter, _ := meter.Int64Counter("c")
	updown, _ := meter.Int64UpDownCounter("u")
	for i := 0; i < 10; i++ {
		counter.Add(ctx, 1, metric.WithAttributes(attribute.String("counted", fmt.Sprint("c", i))))
		updown.Add(ctx, 1, metric.WithAttributes(attribute.String("counted", fmt.Sprint("u", i))))
	}
	if err := m.provider.Shutdown(ctx); err != nil {
		t.Fatal(err)
	}
	// Of a limit one set is that of the overflow.
	for set, want := range map[string]bool{"c1": true, "c2": false, "u2": true, "u3": false, "otel.metric.overflow": true} {
		if bytes.Contains(*sent, []byte(set)) != want {
			t.Errorf("%s is there: %v", set, !want)
		}
	}
}
