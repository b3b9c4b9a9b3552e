// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"fmt"
	"strconv"
	"strings"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/internal/setting"
)

// sampler is what OTEL_TRACES_SAMPLER and its _ARG name. The SDK reads them too,
// but not a configuration file. drops reports whether it is certain to say no to
// any span with this parent, which isn't valid for a root. stop ends what the
// sampler does by itself.
func (s settings) sampler() (sampler sdktrace.Sampler, drops func(parent trace.SpanContext) bool, stop func()) {
	stop = func() {}
	const standard = "parentbased_always_on"
	name := strings.ToLower(s.get("OTEL_TRACES_SAMPLER"))
	if name == "" {
		name = standard
	}
	root, parentBased := strings.CutPrefix(name, "parentbased_")
	switch root {
	case "always_on":
		sampler = sdktrace.AlwaysSample()
	case "always_off":
		sampler = sdktrace.NeverSample()
	case "traceidratio":
		sampler = sdktrace.TraceIDRatioBased(s.ratio())
	case "jaeger_remote":
		sampler, stop = s.jaegerRemote()
	default:
		what := "unknown sampler"
		if name == "xray" {
			what = "unsupported sampler"
		}
		s.tell(fmt.Sprintf("OTEL_TRACES_SAMPLER: %s %s; known are always_on, always_off, traceidratio, jaeger_remote, and these with parentbased_ before; %s is used", what, setting.Quote(name), standard))
		sampler, root, parentBased = sdktrace.AlwaysSample(), "always_on", true
	}
	dropsRoots := root == "always_off"
	if !parentBased {
		return sampler, func(trace.SpanContext) bool { return dropsRoots }, stop
	}
	return sdktrace.ParentBased(sampler), func(parent trace.SpanContext) bool {
		if parent.IsValid() {
			return !parent.IsSampled()
		}
		return dropsRoots
	}, stop
}

func (s settings) ratio() float64 {
	const name = "OTEL_TRACES_SAMPLER_ARG"
	text := s.get(name)
	if text == "" {
		return 1
	}
	ratio, err := strconv.ParseFloat(text, 64)
	if err != nil || !(ratio >= 0 && ratio <= 1) {
		s.tell(fmt.Sprintf("%s: %s is not a number from 0 to 1; 1 is used", name, setting.Quote(text)))
		return 1
	}
	return ratio
}

// limits are the OTEL_SPAN_*, OTEL_EVENT_*, OTEL_LINK_* and OTEL_ATTRIBUTE_*
// limits of spans; none is -1.
func (s settings) limits() sdktrace.SpanLimits {
	l := sdktrace.NewSpanLimits() // a newer SDK has more of them
	l.AttributeValueLengthLimit = s.limit(sdktrace.DefaultAttributeValueLengthLimit, "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT")
	l.AttributeCountLimit = s.limit(sdktrace.DefaultAttributeCountLimit, "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT")
	l.EventCountLimit = s.limit(sdktrace.DefaultEventCountLimit, "OTEL_SPAN_EVENT_COUNT_LIMIT")
	l.LinkCountLimit = s.limit(sdktrace.DefaultLinkCountLimit, "OTEL_SPAN_LINK_COUNT_LIMIT")
	l.AttributePerEventCountLimit = s.limit(sdktrace.DefaultAttributePerEventCountLimit, "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT")
	l.AttributePerLinkCountLimit = s.limit(sdktrace.DefaultAttributePerLinkCountLimit, "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT")
	return l
}

// limit is the first of the variables that has a number; below 0 is no limit.
func (s settings) limit(otherwise int, names ...string) int {
	for _, name := range names {
		text := s.get(name)
		if text == "" {
			continue
		}
		if n, err := strconv.Atoi(text); err == nil {
			if n < 0 {
				n = -1
			}
			return n
		}
		s.tell(fmt.Sprintf("%s: %s is not a number; it is not used", name, setting.Quote(text)))
	}
	return otherwise
}
