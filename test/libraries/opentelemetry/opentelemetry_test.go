// SPDX-License-Identifier: Apache-2.0

// Package opentelemetry has a program that logs with a bridge to OpenTelemetry.
package opentelemetry

import (
	"testing"

	"libraries/libtest"
)

func TestRecordsOfTheLogsAPI(t *testing.T) {
	libtest.CheckRecords(t, "redaction_logs_api", "go.opentelemetry.io/contrib/bridges/otelslog@v0.21.0")
}
