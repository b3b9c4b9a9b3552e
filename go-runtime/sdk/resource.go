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

	"otel.runtime/exporter/otlp"
	"otel.runtime/internal/environ"
	"otel.runtime/internal/setting"
	"otel.runtime/sdk/detect"
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
		s.report("no resource: " + err.Error())
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
			s.report(fmt.Sprintf("%s: unknown detector %s; it is not used%s", detect.Variable, setting.Quote(name), hint))
		}), s.report)
	}
	var kept []attribute.KeyValue
	all := detect.Resource(s.file.Detectors, s.report)
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

// serviceName is the last element of the main package's path; or the module's,
// if that one is a word which many programs have for a directory. A word for what
// the program does in a system is added, as a module may have several such: cmd/api
// and cmd/worker of example.com/shop are shop-api and shop-worker, cmd/main is shop.
func serviceName(build *debug.BuildInfo, executable string) string {
	command, module := "", ""
	if build != nil {
		command, module = lastElement(build.Path), lastElement(build.Main.Path)
		if build.Path == build.Main.Path {
			command = ""
		}
	}
	switch {
	case command == "" && module == "" && executable == "":
		return "unknown_service:go"
	case command == "" && module == "":
		return "unknown_service:" + executable
	case command == "" || module != "" && namesNothing[command]:
		return module
	case module != "" && namesRole[command] && module != command:
		if strings.HasSuffix(module, "-"+command) || strings.HasSuffix(module, "_"+command) {
			return module
		}
		return module + "-" + command
	}
	return command
}

var (
	// namesNothing are names of directories that say nothing about the program.
	namesNothing = setOf("app", "bin", "cmd", "command", "main", "program", "src")
	// namesRole are those that say what it does, but not in which system.
	namesRole = setOf("admin", "agent", "api", "backend", "cli", "client", "consumer", "controller", "cron", "daemon",
		"frontend", "gateway", "grpc", "http", "job", "jobs", "manager", "migrate", "operator", "producer", "proxy", "rest",
		"scheduler", "server", "service", "serve", "web", "webserver", "worker")
)

func setOf(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, name := range names {
		set[name] = true
	}
	return set
}

// lastElement is that of an import path, but for a major version; empty if there
// is none.
func lastElement(of string) string {
	name := path.Base(of)
	if isMajorVersion(name) {
		name = path.Base(path.Dir(of))
	}
	switch name {
	case ".", "/", "command-line-arguments": // go run main.go
		return ""
	}
	return name
}

// isMajorVersion knows the last element of a module path that has one, as in
// example.com/shop/v2; it says nothing about what the module is.
func isMajorVersion(element string) bool {
	return len(element) > 1 && element[0] == 'v' && strings.Trim(element[1:], "0123456789") == ""
}
