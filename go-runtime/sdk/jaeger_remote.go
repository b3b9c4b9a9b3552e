// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"otel.runtime/internal/near"
	"otel.runtime/internal/setting"
	"otel.runtime/sdk/jaegerremote"
)

// jaegerRemote reads OTEL_TRACES_SAMPLER_ARG of jaeger_remote:
//
//	endpoint=http://localhost:5778,pollingIntervalMs=5000,initialSamplingRate=0.25
//
// What isn't understood of it is told and counts as not said.
func (s settings) jaegerRemote() (sampler sdktrace.Sampler, stop func()) {
	c := jaegerremote.Config{Service: s.service, Endpoint: "http://localhost:5778/sampling", Interval: time.Minute, Initial: 0.001}
	report := func(format string, args ...any) { s.report("OTEL_TRACES_SAMPLER_ARG: " + fmt.Sprintf(format, args...)) }
	for _, pair := range s.list("OTEL_TRACES_SAMPLER_ARG") {
		name, value, _ := strings.Cut(pair, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch name {
		case "endpoint":
			c.Endpoint = value
		case "pollingIntervalMs":
			if n, err := strconv.ParseInt(value, 10, 31); err == nil && n > 0 {
				c.Interval = time.Duration(n) * time.Millisecond
			} else {
				report("pollingIntervalMs: %s is not a positive number; %d is used", setting.Quote(value), c.Interval.Milliseconds())
			}
		case "initialSamplingRate":
			if rate, err := strconv.ParseFloat(value, 64); err == nil && rate >= 0 && rate <= 1 {
				c.Initial = rate
			} else {
				report("initialSamplingRate: %s is not a number from 0 to 1; %v is used", setting.Quote(value), c.Initial)
			}
		default:
			report("unknown key %s; it is not used%s", setting.Quote(name), near.Hint(name, []string{"endpoint", "pollingIntervalMs", "initialSamplingRate"}))
		}
	}
	remote, err := jaegerremote.New(c, s.report)
	if err != nil {
		report("endpoint: %v; the rate stays at %v", err, c.Initial)
		return sdktrace.TraceIDRatioBased(c.Initial), func() {}
	}
	return remote, remote.Stop
}
