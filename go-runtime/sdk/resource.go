// SPDX-License-Identifier: Apache-2.0

package sdk

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"

	"otel.runtime/otlp"
)

// resource describes this process. OTEL_RESOURCE_ATTRIBUTES and
// OTEL_SERVICE_NAME, which the SDK reads, go before everything that is found out
// here.
func (s settings) resource() *resource.Resource {
	build, _ := debug.ReadBuildInfo()
	from := resource.WithFromEnv()
	if s.fromFile {
		from = resource.WithAttributes(s.attributes...)
	}
	r, err := resource.New(context.Background(),
		resource.WithTelemetrySDK(),
		resource.WithAttributes(serviceAttributes(build, executable())...),
		resource.WithAttributes(processAttributes()...),
		from,
	)
	if r == nil { // with an error there may be a part
		s.tell("no resource: " + err.Error())
		return resource.Empty()
	}
	// The tracer provider reads the environment again and reports its errors.
	return r
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

func processAttributes() []attribute.KeyValue {
	compiler := runtime.Compiler
	if compiler == "gc" {
		compiler = "go"
	}
	attributes := []attribute.KeyValue{
		attribute.Int("process.pid", os.Getpid()),
		attribute.String("process.runtime.name", compiler),
		attribute.String("process.runtime.version", runtime.Version()),
		attribute.String("process.runtime.description", "go version "+runtime.Version()+" "+runtime.GOOS+"/"+runtime.GOARCH),
		attribute.String("os.type", osType(runtime.GOOS)),
		attribute.String("host.arch", hostArch(runtime.GOARCH)),
	}
	if name := executable(); name != "" {
		attributes = append(attributes, attribute.String("process.executable.name", name))
	}
	if host, err := os.Hostname(); err == nil && host != "" {
		attributes = append(attributes, attribute.String("host.name", host))
	}
	return attributes
}

// executable is empty in a library that a C program has loaded: it may have no
// arguments.
func executable() string {
	if len(os.Args) == 0 || os.Args[0] == "" {
		return ""
	}
	return filepath.Base(os.Args[0])
}

// osType spells GOOS as the semantic conventions do.
func osType(goos string) string {
	switch goos {
	case "dragonfly":
		return "dragonflybsd"
	case "zos":
		return "z_os"
	}
	return goos
}

// hostArch spells GOARCH as the semantic conventions do.
func hostArch(goarch string) string {
	switch goarch {
	case "386":
		return "x86"
	case "arm":
		return "arm32"
	case "ppc64le":
		return "ppc64"
	}
	return goarch
}
