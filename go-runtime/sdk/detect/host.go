// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"os"
	"runtime"
	"strings"

	"go.opentelemetry.io/otel/attribute"
)

// host has the machine's id where that is a file, and where the program isn't in
// a container, which has none of its own.
//
// https://opentelemetry.io/docs/specs/semconv/resource/host/
func host(s system) (all []attribute.KeyValue) {
	var found attributes
	found.text("host.arch", arch(runtime.GOARCH))
	if name, err := os.Hostname(); err == nil {
		found.text("host.name", name)
	}
	if containerID(s) == "" {
		found.text("host.id", machineID(s))
	}
	return found
}

func machineID(s system) string {
	for _, path := range []string{"/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostid"} {
		if id := s.line(path); id != "" && id != "uninitialized" {
			return id
		}
	}
	return ""
}

// arch spells GOARCH as the semantic conventions do.
func arch(goarch string) string {
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

// https://opentelemetry.io/docs/specs/semconv/resource/os/
func operatingSystem(s system) (all []attribute.KeyValue) {
	var found attributes
	found.text("os.type", osType(runtime.GOOS))
	release := s.read("/etc/os-release")
	if release == "" {
		release = s.read("/usr/lib/os-release")
	}
	found.text("os.name", field(release, "NAME"))
	found.text("os.version", field(release, "VERSION_ID"))
	return found
}

// field is a value of os-release(5).
func field(release, name string) string {
	for _, line := range strings.Split(release, "\n") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+"="); ok {
			return strings.Trim(value, `"'`)
		}
	}
	return ""
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
