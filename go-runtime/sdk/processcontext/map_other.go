// SPDX-License-Identifier: Apache-2.0

//go:build !linux || !(amd64 || arm64)

package processcontext

import (
	"errors"

	"go.opentelemetry.io/otel/sdk/resource"
)

// Publish can't here.
func Publish(*resource.Resource) error {
	return errors.New("a process has a context on linux/amd64 and linux/arm64 only")
}
