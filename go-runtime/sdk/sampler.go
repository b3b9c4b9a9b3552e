// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"fmt"
	"strconv"
	"strings"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"otel.runtime/internal/setting"
	"otel.runtime/sdk/config"
)

// sampler is what OTEL_TRACES_SAMPLER and its _ARG name. The SDK reads them too,
// but not a configuration file. drops reports whether it is certain to say no to
// any span with this parent, which isn't valid for a root. stop ends what the
// sampler does by itself.
func (s settings) sampler() (sampler sdktrace.Sampler, drops func(parent trace.SpanContext) bool, stop func()) {
	if s.file != nil && s.file.Sampler != nil {
		return s.samplerOf(s.file.Sampler)
	}
	const standard = "parentbased_always_on"
	name := strings.ToLower(s.get("OTEL_TRACES_SAMPLER"))
	if name == "" {
		name = standard
	}
	root, parentBased := strings.CutPrefix(name, "parentbased_")
	sampler, drops, stop = s.leafSampler(root)
	if sampler == nil {
		what := "unknown sampler"
		if name == "xray" {
			what = "unsupported sampler"
		}
		s.report(fmt.Sprintf("OTEL_TRACES_SAMPLER: %s %s; known are always_on, always_off, traceidratio, jaeger_remote, and these with parentbased_ before; %s is used", what, setting.Quote(name), standard))
		parentBased = true
		sampler, drops, stop = s.leafSampler("always_on")
	}
	if !parentBased {
		return sampler, drops, stop
	}
	return sdktrace.ParentBased(sampler), byParent{root: drops}.drops, stop
}

// leafSampler is one that doesn't go by the parent; nil if none has the name.
func (s settings) leafSampler(name string) (sampler sdktrace.Sampler, drops func(parent trace.SpanContext) bool, stop func()) {
	drops, stop = func(trace.SpanContext) bool { return name == "always_off" }, func() {}
	switch name {
	case "always_on":
		sampler = sdktrace.AlwaysSample()
	case "always_off":
		sampler = sdktrace.NeverSample()
	case "traceidratio":
		sampler = sdktrace.TraceIDRatioBased(s.ratio())
	case "jaeger_remote":
		sampler, stop = s.jaegerRemote()
	}
	return sampler, drops, stop
}

// byParent is what parts of a sampler that goes by the parent are certain to drop;
// nil is the default.
type byParent struct {
	root, remoteSampled, remoteNotSampled, localSampled, localNotSampled func(parent trace.SpanContext) bool
}

func (b byParent) drops(parent trace.SpanContext) bool {
	part := b.root
	switch {
	case !parent.IsValid():
	case parent.IsRemote() && parent.IsSampled():
		part = b.remoteSampled
	case parent.IsRemote():
		part = b.remoteNotSampled
	case parent.IsSampled():
		part = b.localSampled
	default:
		part = b.localNotSampled
	}
	if part == nil {
		return parent.IsValid() && !parent.IsSampled()
	}
	return part(parent)
}

// samplerOf is a sampler of a configuration file that no variable can name.
func (s settings) samplerOf(c *config.Sampler) (sampler sdktrace.Sampler, drops func(parent trace.SpanContext) bool, stop func()) {
	if c.Name != "" {
		leaf := s
		leaf.getenv = func(name string) string {
			if name == "OTEL_TRACES_SAMPLER_ARG" {
				return c.Argument
			}
			return s.getenv(name)
		}
		return leaf.leafSampler(c.Name)
	}
	var b byParent
	var stops []func()
	part := func(of *config.Sampler, to *func(parent trace.SpanContext) bool, with func(sdktrace.Sampler) sdktrace.ParentBasedSamplerOption) (options []sdktrace.ParentBasedSamplerOption) {
		if of == nil {
			return nil
		}
		made, certain, end := s.samplerOf(of)
		*to, stops = certain, append(stops, end)
		return []sdktrace.ParentBasedSamplerOption{with(made)}
	}
	root := sdktrace.AlwaysSample()
	if c.Root != nil {
		var end func()
		root, b.root, end = s.samplerOf(c.Root)
		stops = append(stops, end)
	}
	options := part(c.RemoteParentSampled, &b.remoteSampled, sdktrace.WithRemoteParentSampled)
	options = append(options, part(c.RemoteParentNotSampled, &b.remoteNotSampled, sdktrace.WithRemoteParentNotSampled)...)
	options = append(options, part(c.LocalParentSampled, &b.localSampled, sdktrace.WithLocalParentSampled)...)
	options = append(options, part(c.LocalParentNotSampled, &b.localNotSampled, sdktrace.WithLocalParentNotSampled)...)
	return sdktrace.ParentBased(root, options...), b.drops, func() {
		for _, end := range stops {
			end()
		}
	}
}

func (s settings) ratio() float64 {
	const name = "OTEL_TRACES_SAMPLER_ARG"
	text := s.get(name)
	if text == "" {
		return 1
	}
	ratio, err := strconv.ParseFloat(text, 64)
	if err != nil || !(ratio >= 0 && ratio <= 1) {
		s.report(fmt.Sprintf("%s: %s is not a number from 0 to 1; 1 is used", name, setting.Quote(text)))
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
		s.report(fmt.Sprintf("%s: %s is not a number; it is not used", name, setting.Quote(text)))
	}
	return otherwise
}
