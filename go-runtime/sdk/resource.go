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
