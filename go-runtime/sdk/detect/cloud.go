// SPDX-License-Identifier: Apache-2.0

package detect

import (
	"strconv"

	"go.opentelemetry.io/otel/attribute"
)

// What clouds say of themselves in variables and in the machine's firmware.
//
// https://opentelemetry.io/docs/specs/semconv/resource/cloud/

const firmware = "/sys/class/dmi/id/"

// cloud begins with the provider and the platform.
func cloud(provider, platform string) (all attributes) {
	all.text("cloud.provider", provider)
	all.text("cloud.platform", platform)
	return all
}

// machine is cloud for a virtual machine; within Kubernetes the platform may be
// the provider's or the user's, which isn't known.
func machine(s system, provider, platform string) attributes {
	if inKubernetes(s) {
		platform = ""
	}
	return cloud(provider, platform)
}

// memory adds megabytes as bytes.
func (a *attributes) memory(megabytes string) {
	if n, err := strconv.ParseInt(megabytes, 10, 40); err == nil && n > 0 {
		*a = append(*a, attribute.Int64("faas.max_memory", n<<20))
	}
}
