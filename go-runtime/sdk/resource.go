// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"fmt"
	"path"
	"runtime/debug"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/detect"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/setting"
	"otel.runtime/otlp"
)

// resource describes this process: what detectors find, and before that what
// OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME say, or the configuration file
// in their place.
func (s settings) resource() *resource.Resource {
	build, _ := debug.ReadBuildInfo()
	from := resource.WithFromEnv()
	if s.file != nil {
		from = resource.WithAttributes(s.fileAttributes()...)
	}
	r, err := resource.New(context.Background(),
		resource.WithTelemetrySDK(),
		resource.WithAttributes(serviceAttributes(build, detect.Executable())...),
		resource.WithAttributes(s.detected()...),
		from,
	)
	if r == nil { // with an error there may be a part
		s.tell("no resource: " + err.Error())
		return resource.Empty()
	}
	// The tracer provider reads the environment again and reports its errors.
	return r
}

// detected is what the detectors find that are chosen: with a configuration file,
// those that it names.
func (s settings) detected() []attribute.KeyValue {
	if s.file == nil {
		return detect.Resource(detect.Chosen(s.get(detect.Variable), func(name, hint string) {
			s.tell(fmt.Sprintf("%s: unknown detector %s; it is not used%s", detect.Variable, setting.Quote(name), hint))
		}))
	}
	var kept []attribute.KeyValue
	all := detect.Resource(s.file.Detectors)
	for _, name := range s.file.Detectors {
		if service := environ.Get("OTEL_SERVICE_NAME"); name == "service" && service != "" {
			all = append(all, attribute.String("service.name", service))
		}
	}
	for _, a := range all {
		if s.file.Detected.Has(string(a.Key)) {
			kept = append(kept, a)
		}
	}
	return kept
}

// serviceAttributes names the service after the main package.
func serviceAttributes(build *debug.BuildInfo, executable string) []attribute.KeyValue {
	attributes := []attribute.KeyValue{
		attribute.String("service.name", serviceName(build, executable)),
		attribute.String("telemetry.distro.name", "otel"),
		attribute.String("telemetry.distro.version", otlp.Version),
	}
	if build != nil && build.Main.Version != "" && build.Main.Version != "(devel)" {
		attributes = append(attributes, attribute.String("service.version", build.Main.Version))
	}
	return attributes
}

func serviceName(build *debug.BuildInfo, executable string) string {
	if build != nil {
		for _, from := range []string{build.Path, build.Main.Path} {
			name := path.Base(from)
			if isMajorVersion(name) {
				name = path.Base(path.Dir(from))
			}
			switch name {
			case ".", "/", "command-line-arguments": // go run main.go
				continue
			}
			return name
		}
	}
	if executable == "" {
		return "unknown_service:go"
	}
	return "unknown_service:" + executable
}

// isMajorVersion knows the last element of a module path that has one, as in
// example.com/shop/v2; it says nothing about what the module is.
func isMajorVersion(element string) bool {
	return len(element) > 1 && element[0] == 'v' && strings.Trim(element[1:], "0123456789") == ""
}
